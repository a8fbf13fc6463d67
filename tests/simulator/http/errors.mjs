// @ts-check
// Answers that are errors, with bodies in PagerDuty's shape.

/** Thrown by a route; becomes the answer. */
export class ApiError extends Error {
  /** @param {number} status @param {unknown} body @param {Record<string, string>} [headers] */
  constructor(status, body, headers = {}) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/**
 * PagerDuty's own numbers for what went wrong, and the words used when a route gives none.
 * @type {Record<number, [number, string]>}
 */
const kByStatus = {
  400: [2001, 'Invalid Input Provided'],
  401: [2006, 'The credential is missing or not valid'],
  402: [2012, 'Account does not have the abilities to perform the action'],
  403: [2010, 'Access Denied'],
  404: [2100, 'Not Found'],
  413: [2013, 'Request Entity Too Large'],
  429: [2020, 'Rate Limit Exceeded'],
};

/**
 * @param {number} status @param {string[]} [errors]
 * @param {{message?: string, code?: number}} [words]
 */
export function errorBody(status, errors, words = {}) {
  const [code, message] = kByStatus[status] ?? [2000, 'Internal Server Error'];
  return {
    error: {
      message: words.message ?? message,
      code: words.code ?? code,
      ...(errors?.length ? { errors } : {}),
    },
  };
}

/** @param {...string} errors */
export const badRequest = (...errors) => new ApiError(400, errorBody(400, errors));
export const notFound = () => new ApiError(404, errorBody(404));
export const unauthorized = () => new ApiError(401, errorBody(401));
/** @param {...string} errors */
export const forbidden = (...errors) => new ApiError(403, errorBody(403, errors));
/** @param {...string} errors */
export const notInPlan = (...errors) => new ApiError(402, errorBody(402, errors));

// @ts-check
// What answers a request, whoever brought it: its API, or the fault that it met.
import { enqueue, enqueueChange } from '../api/events.mjs';
import { ApiError, errorBody } from './errors.mjs';
import {
  htmlAnswer,
  oversizedAnswer,
  redirectAnswer,
  statusAnswer,
  wrongSchemaAnswer,
} from './faults.mjs';
import { answerRest } from './router.mjs';

/** @typedef {import('../engine.mjs').Engine} Engine */
/** @typedef {import('./faults.mjs').Answer} Answer */

const kJson = 'application/json';

/** @param {import('./faults.mjs').Fault} fault @param {() => Answer} usual @returns {Answer} */
export function faulty(fault, usual) {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault);
    case 'html':
      return htmlAnswer(fault);
    case 'redirect':
      return redirectAnswer(fault);
    case 'oversized':
      return oversizedAnswer(fault, usual());
    case 'wrong-schema':
      return wrongSchemaAnswer(fault, usual());
    default:
      return usual();
  }
}

/**
 * @param {Engine} engine
 * @param {{method: string, path: string, params: URLSearchParams,
 *   headers: import('node:http').IncomingHttpHeaders, text: string | undefined}} request
 * @returns {Answer}
 */
export function answer(engine, request) {
  engine.world.settle();
  try {
    if (request.text === undefined) throw new ApiError(413, errorBody(413));
    return asAnswer(dispatch(engine, { ...request, text: request.text }));
  } catch (error) {
    if (error instanceof ApiError) return asAnswer(error);
    engine.problems.push(error);
    return asAnswer({ status: 500, body: errorBody(500, [String(error)]) });
  }
}

/**
 * @param {Engine} engine @param {Parameters<typeof answerRest>[1]} request
 * @returns {import('../api/oauth.mjs').Reply}
 */
function dispatch(engine, request) {
  switch (`${request.method} ${request.path}`) {
    case 'POST /v2/enqueue':
      return enqueue(engine, request.text);
    case 'POST /v2/change/enqueue':
      return enqueueChange(engine, request.text);
    case 'GET /oauth/authorize':
      return engine.identity.authorize(request.params);
    case 'POST /oauth/token':
      return engine.identity.token(
        new URLSearchParams(request.text),
        request.headers.authorization,
      );
    case 'POST /oauth/revoke':
      return engine.identity.revoke(new URLSearchParams(request.text));
    default:
      return answerRest(engine, request);
  }
}

/** @param {import('../api/oauth.mjs').Reply} reply @returns {Answer} */
function asAnswer({ status, headers = {}, body, html }) {
  const type = html === undefined ? kJson : 'text/html; charset=utf-8';
  return {
    status,
    headers: { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers },
    body: html ?? (body === undefined ? '' : JSON.stringify(body)),
  };
}

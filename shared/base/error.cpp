#include "base/error.h"

namespace pd {

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kEmptyInput: return "empty-input";
    case ErrorCode::kTooLarge: return "too-large";
    case ErrorCode::kTooDeep: return "too-deep";
    case ErrorCode::kTooManyNodes: return "too-many-nodes";
    case ErrorCode::kBadEncoding: return "bad-encoding";
    case ErrorCode::kSyntax: return "syntax";
    case ErrorCode::kDuplicateKey: return "duplicate-key";
    case ErrorCode::kNotAnEntity: return "not-an-entity";
    case ErrorCode::kBadEntityRef: return "bad-entity-ref";
    case ErrorCode::kEntityNotFound: return "entity-not-found";
    case ErrorCode::kBadArgument: return "bad-argument";
    case ErrorCode::kNotAnnotated: return "not-annotated";
    case ErrorCode::kBadAnnotation: return "bad-annotation";
    case ErrorCode::kSecretInMarkup: return "secret-in-markup";
    case ErrorCode::kUnauthorized: return "unauthorized";
    case ErrorCode::kPlanRequired: return "plan-required";
    case ErrorCode::kForbidden: return "forbidden";
    case ErrorCode::kNotFound: return "not-found";
    case ErrorCode::kConflict: return "conflict";
    case ErrorCode::kInvalidRequest: return "invalid-request";
    case ErrorCode::kRateLimited: return "rate-limited";
    case ErrorCode::kServerError: return "server-error";
    case ErrorCode::kBadResponse: return "bad-response";
    case ErrorCode::kNetwork: return "network";
    case ErrorCode::kTimeout: return "timeout";
    case ErrorCode::kCancelled: return "cancelled";
    case ErrorCode::kNoCredentials: return "no-credentials";
    case ErrorCode::kSignInFailed: return "sign-in-failed";
    case ErrorCode::kRedirected: return "redirected";
    case ErrorCode::kBlockedByPolicy: return "blocked-by-policy";
    case ErrorCode::kBlockedByCors: return "blocked-by-cors";
  }
  return "unknown";
}

ErrorCode error_code_of(std::string_view name) {
  for (std::uint8_t code = 0;; ++code) {
    const std::string_view known = error_code_name(static_cast<ErrorCode>(code));
    if (known == name) return static_cast<ErrorCode>(code);
    if (known == "unknown") return ErrorCode::kBadResponse;
  }
}

std::string describe_where(const Where& where, const TextTable* own) {
  std::string text = where.source;
  if (where.line > 0) {
    std::string place = std::to_string(where.line);
    if (where.column > 0) place += ":" + std::to_string(where.column);
    text = text.empty() ? fill(pattern_of(texts::kLine, own), {place}) : text + ":" + place;
  }
  return text.empty() ? text : text + ": ";
}

Error make_error(ErrorCode code, Wording wording, std::optional<Where> where) {
  std::string message = (where ? describe_where(*where) : std::string()) + say(wording);
  return {code, std::move(message), std::nullopt, std::move(where), std::move(wording)};
}

}  // namespace pd

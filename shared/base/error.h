// base: what every other folder stands on. Results and errors, time, text safety, JSON writing.
//
// Example:
//   pd::Result<pd::Time> parsed = pd::parse_rfc3339("2026-05-04T09:00:00Z");
//   if (!parsed) show(parsed.error().message);
//
// Limits: no I/O, no clock, no globals, no exceptions leave it, no third-party types.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/texts.h"

namespace pd {

// Every way in which input, the network or a viewer's permission can fail. One list for the whole
// project: the kebab-case names (error_code_name) are public, as `detail.code` of `pd-error`.
enum class ErrorCode : std::uint8_t {
  // Descriptors and other input text.
  kEmptyInput,      // nothing but white space and comments
  kTooLarge,        // more bytes than the limit for its kind
  kTooDeep,         // nested beyond the limit
  kTooManyNodes,    // node or alias budget spent
  kBadEncoding,     // not UTF-8, or a control character that no text file has
  kSyntax,          // not YAML / not JSON
  kDuplicateKey,    // a mapping names one key twice
  kNotAnEntity,     // parsed, but no Backstage entity (no kind or metadata.name)
  kBadEntityRef,    // `entity-ref` is not [kind:][namespace/]name
  kEntityNotFound,  // no entity of the descriptor matches the ref
  kBadArgument,     // an attribute, option or field value outside its rule
  // Annotations.
  kNotAnnotated,   // the entity carries no usable PagerDuty annotation
  kBadAnnotation,  // it carries one that cannot be used as it is
  // What a page must not hold.
  kSecretInMarkup,  // an attribute, an address or an annotation holds an API key or a client secret
  // The API.
  kUnauthorized,     // 401
  kPlanRequired,     // 402: the account's plan does not include it
  kForbidden,        // 403: the credential lacks a permission or scope
  kNotFound,         // 404, or a look-up that found nothing
  kConflict,         // 409, or an incident key that is already open
  kInvalidRequest,   // 400, 422 and other refusals of what was sent
  kRateLimited,      // 429
  kServerError,      // 5xx
  kBadResponse,      // a body that is not what the operation promises
  kNetwork,          // no answer: offline, DNS, TLS, a connection that broke
  kTimeout,          // no answer in time
  kCancelled,        // given up by us: card removed, page gone
  kNoCredentials,    // nothing to authorise with: sign-in or set-up is needed
  kSignInFailed,     // what the page authorises with did not work
  kRedirected,       // somebody else answered: a sign-in page, a proxy
  kBlockedByPolicy,  // the page's Content-Security-Policy forbids the request
  kBlockedByCors,    // there is an answer, but the page may not read it
};

// The stable public name, e.g. "rate-limited".
std::string_view error_code_name(ErrorCode code);
// Its inverse; kBadResponse for a name that is none.
ErrorCode error_code_of(std::string_view name);

// Where in a text the error is. Lines and columns count from 1 (columns in characters); 0 =
// unknown.
struct Where {
  std::string source;  // file name or URL as the viewer knows it; may be empty
  int line = 0;
  int column = 0;
  std::string path;  // field path such as "metadata.annotations"; may be empty
  bool operator==(const Where&) const = default;
};

// "catalog-info.yaml:8:5: ", "line 8:5: " without a source, "" when nothing is known: how messages
// begin. In the language of `own`, else in English.
std::string describe_where(const Where& where, const TextTable* own = nullptr);

// `message` says what, where and what to do, in an English sentence fit for the card; `wording` is
// the same for other languages, where there is one. Neither ever holds a secret.
struct Error {
  ErrorCode code{};
  std::string message;
  std::optional<std::int64_t> retry_after_ms;
  std::optional<Where> where;
  std::optional<Wording> wording = std::nullopt;
  bool operator==(const Error&) const = default;
};

template <typename T>
using Result = std::expected<T, Error>;

// The message is the wording in English, after the place.
Error make_error(ErrorCode code, Wording wording, std::optional<Where> where = std::nullopt);

inline std::unexpected<Error> fail(ErrorCode code, Wording wording,
                                   std::optional<Where> where = std::nullopt) {
  return std::unexpected<Error>(make_error(code, std::move(wording), std::move(where)));
}
// What no viewer reads needs no other language.
inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected<Error>(Error{code, std::move(message), std::nullopt, std::nullopt});
}
inline std::unexpected<Error> fail(ErrorCode code, std::string message, Where where) {
  return std::unexpected<Error>(Error{code, std::move(message), std::nullopt, std::move(where)});
}

}  // namespace pd

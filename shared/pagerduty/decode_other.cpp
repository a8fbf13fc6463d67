// Abilities, Events v2, OAuth, and error bodies.
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {
namespace {

// Collects every text below `value`: `errors` is a list, one text, or a map of lists.
void collect_texts(const Json& value, std::vector<std::string>& texts) {
  constexpr std::size_t kMost = 20;
  if (texts.size() >= kMost) return;
  if (value.is_string()) {
    std::string text = display_text(value.get_ref<const std::string&>(), 300);
    if (!text.empty()) texts.push_back(std::move(text));
  } else if (value.is_structured()) {
    for (const Json& item : value) collect_texts(item, texts);
  }
}

void read_error_object(const Fields& fields, ApiError& error) {
  error.message = fields.text("message", 300);
  error.code = fields.integer("code");
  if (fields.has("errors")) collect_texts(*fields.json().find("errors"), error.details);
  if (fields.has("required_scopes")) {
    std::vector<std::string> scopes;
    collect_texts(*fields.json().find("required_scopes"), scopes);
    for (const std::string& scope : scopes) error.required_scopes += (error.required_scopes.empty() ? "" : " ") + scope;
  }
}

}  // namespace

Result<Decoded<std::vector<std::string>>> decode_abilities(std::string_view body) {
  const Result<Json> json = parse_with(body, "abilities");
  if (!json) return std::unexpected(json.error());
  Decoded<std::vector<std::string>> decoded;
  decoded.value = Fields(*json, decoded.diagnostics).texts("abilities");
  return decoded;
}

Result<Decoded<EventAccepted>> decode_event_accepted(std::string_view body) {
  const Result<Json> json = parse_with(body, "status");
  if (!json) return std::unexpected(json.error());
  Decoded<EventAccepted> decoded;
  const Fields fields(*json, decoded.diagnostics);
  decoded.value = {fields.exact("status"), fields.text("message", 300), fields.exact("dedup_key")};
  return decoded;
}

Result<Decoded<OAuthToken>> decode_oauth_token(std::string_view body) {
  const Result<Json> json = parse_with(body, "access_token");
  if (!json) return std::unexpected(json.error());
  Decoded<OAuthToken> decoded;
  const Fields fields(*json, decoded.diagnostics);
  decoded.value = {fields.exact("token_type"), fields.exact("scope"), fields.exact("access_token"),
                   fields.exact("refresh_token"), fields.integer("expires_in")};
  return decoded;
}

ApiError decode_api_error(std::int64_t http_status, std::string_view body) {
  ApiError error;
  error.http_status = http_status;
  const Result<Json> json = parse_body(body);
  if (!json || !json->is_object()) return error;
  std::vector<DecodeDiagnostic> ignored;
  const Fields whole(*json, ignored);
  const auto member = json->find("error");
  if (member == json->end()) {
    read_error_object(whole, error);   // Events v2: {status, message, errors}
  } else if (member->is_object()) {
    read_error_object(whole.object("error"), error);
  } else if (member->is_string()) {
    // A proxy's {error: "..."}, or OAuth's {error, error_description}.
    error.message = whole.text("error_description", 300);
    if (error.message.empty()) error.message = whole.text("message", 300);
    if (error.message.empty()) error.message = whole.text("error", 300);
  } else {
    collect_texts(*member, error.details);
  }
  if (error.message.empty() && !error.details.empty()) error.message = error.details.front();
  return error;
}

}  // namespace pd::pagerduty

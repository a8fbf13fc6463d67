// Abilities, Events v2, OAuth, and error bodies.
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {
namespace {

constexpr std::size_t kMaxErrorGraphemes = 300;
constexpr std::size_t kMaxDetails = 20;

// Collects every text below `value`: `errors` is a list, one text, or a map from a field to what is
// wrong with it.
void collect_texts(const Json& value, const std::string& field, std::vector<std::string>& texts) {
  if (texts.size() >= kMaxDetails) return;
  if (value.is_string()) {
    const std::string text = display_text(value.get_ref<const std::string&>(), kMaxErrorGraphemes);
    if (!text.empty()) texts.push_back(field.empty() ? text : field + ": " + text);
  } else if (value.is_array()) {
    for (const Json& item : value) collect_texts(item, field, texts);
  } else if (value.is_object()) {
    // {field, message} is about one thing; a map has a line for each of its members.
    if (const auto message = value.find("message"); message != value.end()) {
      return collect_texts(*message, field, texts);
    }
    for (const auto& [name, item] : value.items()) {
      collect_texts(item, display_text(name, 60), texts);
    }
  }
}

std::string join(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : " ") + text;
  return all;
}

// The object that says what went wrong: the member `error`, or the body itself as Events v2 has it.
void read_error_object(const Fields& fields, ApiError& error) {
  error.message = fields.text("message", kMaxErrorGraphemes);
  error.code = fields.integer("code");
  collect_texts(fields.at("errors").json(), {}, error.details);
  std::vector<std::string> scopes;
  collect_texts(fields.at("required_scopes").json(), {}, scopes);
  error.required_scopes = join(scopes);
}

}  // namespace

Result<Decoded<std::vector<std::string>>> decode_abilities(std::string_view body) {
  const Result<Json> json = parse_with(body, "abilities", RootKind::kList);
  if (!json) return std::unexpected(json.error());
  Decoded<std::vector<std::string>> decoded;
  decoded.value = Fields(*json, decoded.diagnostics).texts("abilities");
  return decoded;
}

Result<Decoded<EventAccepted>> decode_event_accepted(std::string_view body) {
  const Result<Json> json = parse_with(body, "status", RootKind::kText);
  if (!json) return std::unexpected(json.error());
  Decoded<EventAccepted> decoded;
  const Fields fields(*json, decoded.diagnostics);
  decoded.value = {fields.exact("status"), fields.text("message", kMaxErrorGraphemes),
                   fields.exact("dedup_key")};
  return decoded;
}

Result<Decoded<OAuthToken>> decode_oauth_token(std::string_view body) {
  const Result<Json> json = parse_with(body, "access_token", RootKind::kText);
  if (!json) return std::unexpected(json.error());
  Decoded<OAuthToken> decoded;
  const Fields fields(*json, decoded.diagnostics);
  decoded.value = {fields.exact("token_type"), fields.exact("scope"), fields.exact("access_token"),
                   fields.exact("refresh_token"), fields.integer("expires_in")};
  return decoded;
}

ApiError read_api_error(std::int64_t http_status, const Fields& whole) {
  ApiError error;
  error.http_status = http_status;
  const Json& member = whole.at("error").json();
  if (member.is_null()) {
    read_error_object(whole, error);
  } else if (member.is_object()) {
    read_error_object(whole.object("error"), error);
  } else if (member.is_string()) {
    // A proxy's {error: "...", message}, or OAuth's {error, error_description}.
    for (const char* name : {"error_description", "message", "error"}) {
      if (error.message.empty()) error.message = whole.text(name, kMaxErrorGraphemes);
    }
  } else {
    collect_texts(member, {}, error.details);
  }
  // One that speaks in words of its own: {error: {title: "is too long"}}.
  const bool says_nothing = error.message.empty() && error.details.empty() && !error.code;
  if (member.is_object() && says_nothing && error.required_scopes.empty())
    collect_texts(member, {}, error.details);
  if (error.message.empty() && !error.details.empty()) error.message = error.details.front();
  return error;
}

ApiError decode_api_error(std::int64_t http_status, std::string_view body) {
  ApiError error;
  error.http_status = http_status;
  const Result<Json> json = parse_body(body);
  if (!json || !json->is_object()) return error;
  std::vector<DecodeDiagnostic> ignored;
  return read_api_error(http_status, Fields(*json, ignored));
}

}  // namespace pd::pagerduty

#include "abi/journal.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.h"
#include "pagerduty/parse_json.h"

namespace pd::abi {
namespace {

using client::Intent;
using client::IntentKind;
using client::IntentState;
using nlohmann::json;

constexpr std::array<std::pair<std::string_view, IntentKind>, 4> kKinds{{
    {"trigger", IntentKind::kTrigger},
    {"create", IntentKind::kCreate},
    {"acknowledge", IntentKind::kAcknowledge},
    {"resolve", IntentKind::kResolve},
}};

// The texts of an intent, by the name that the journal has for them.
constexpr std::array<std::pair<const char*, std::string Intent::*>, 9> kTexts{{
    {"account", &Intent::account},
    {"service", &Intent::service_id},
    {"incident", &Intent::incident_id},
    {"subject", &Intent::subject},
    {"key", &Intent::key},
    {"title", &Intent::title},
    {"details", &Intent::details},
    {"source", &Intent::source},
    {"page", &Intent::page_url},
}};

}  // namespace

std::string write_intent(const Intent& intent) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [word, kind] : kKinds) {
    if (kind == intent.kind) json.member("kind", word);
  }
  for (const auto& [name, text] : kTexts) {
    if (!(intent.*text).empty()) json.member(name, intent.*text);
  }
  if (is_creation(intent.kind)) json.member("high", intent.high_urgency);
  if (intent.asked_at) json.member("at", to_ms(*intent.asked_at));
  if (intent.state == IntentState::kFailed) json.member("failed", true);
  if (intent.in_doubt) json.member("doubt", true);
  if (intent.error) json.member("error", intent.error->message);
  json.end_object();
  return json.take();
}

std::optional<Intent> read_intent(std::string_view text) {
  const json object = pagerduty::parse_json(text);
  if (!object.is_object()) return std::nullopt;
  const auto text_of = [&](const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get_ref<const std::string&>()
                                                       : std::string();
  };
  const auto says = [&](const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
  };
  Intent intent;
  bool is_known = false;
  const std::string word = text_of("kind");
  for (const auto& [name, kind] : kKinds) {
    if (name != word) continue;
    intent.kind = kind;
    is_known = true;
  }
  for (const auto& [name, member] : kTexts) intent.*member = text_of(name);
  const bool names_it =
      is_creation(intent.kind) ? !intent.service_id.empty() : !intent.incident_id.empty();
  if (!is_known || intent.key.empty() || !names_it) return std::nullopt;
  intent.high_urgency = says("high");
  if (const auto at = object.find("at"); at != object.end() && at->is_number_integer()) {
    intent.asked_at = time_from_ms(at->get<std::int64_t>());
  }
  if (says("failed")) intent.state = IntentState::kFailed;
  intent.in_doubt = says("doubt");
  if (const std::string why = text_of("error"); !why.empty()) {
    intent.error = Error{ErrorCode::kNetwork, why, std::nullopt, std::nullopt};
  }
  return intent;
}

}  // namespace pd::abi

#include "abi/journal.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "abi/members.h"
#include "abi/wording.h"
#include "base/json_writer.h"
#include "pagerduty/parse_json.h"

namespace pd::abi {
namespace {

using client::Intent;
using client::IntentKind;
using client::IntentState;
using nlohmann::json;

// The texts of an intent, by the name that the journal has for them.
constexpr std::array<std::pair<const char*, std::string Intent::*>, 12> kTexts{{
    {"account", &Intent::account},
    {"service", &Intent::service_id},
    {"incident", &Intent::incident_id},
    {"subject", &Intent::subject},
    {"key", &Intent::key},
    {"title", &Intent::title},
    {"details", &Intent::details},
    {"source", &Intent::source},
    {"page", &Intent::page_url},
    {"target", &Intent::target},
    {"person", &Intent::person},
    {"policy", &Intent::policy},
}};

std::optional<Time> instant(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_number_integer()) return std::nullopt;
  return time_from_ms(member->get<std::int64_t>());
}

}  // namespace

std::string write_intent(const Intent& intent) {
  JsonWriter json;
  json.begin_object();
  json.member("kind", pagerduty::word_of(intent.kind, client::kIntentWords));
  for (const auto& [name, member] : kTexts) {
    if (!(intent.*member).empty()) json.member(name, intent.*member);
  }
  if (is_creation(intent.kind)) json.member("high", intent.high_urgency);
  if (intent.number != 0) json.member("number", intent.number);
  if (intent.asked_at) json.member("at", to_ms(*intent.asked_at));
  if (intent.begins_at) json.member("begins", to_ms(*intent.begins_at));
  if (intent.known_at) json.member("known", to_ms(*intent.known_at));
  if (intent.state == IntentState::kFailed) json.member("failed", true);
  if (intent.in_doubt) json.member("doubt", true);
  if (intent.error) write_error(json, "error", *intent.error);
  json.end_object();
  return json.take();
}

std::optional<Intent> read_intent(std::string_view entry) {
  const json object = pagerduty::parse_json(entry);
  if (!object.is_object()) return std::nullopt;
  const auto kind = value_of<IntentKind>(text(object, "kind"), client::kIntentWords);
  if (!kind) return std::nullopt;
  Intent intent;
  intent.kind = *kind;
  for (const auto& [name, member] : kTexts) intent.*member = text(object, name);
  const bool names_it =
      is_of_incident(intent.kind) ? !intent.incident_id.empty() : !intent.service_id.empty();
  if (intent.key.empty() || !names_it) return std::nullopt;
  intent.high_urgency = flag(object, "high");
  intent.number = integer(object, "number");
  intent.asked_at = instant(object, "at");
  intent.begins_at = instant(object, "begins");
  intent.known_at = instant(object, "known");
  if (flag(object, "failed")) intent.state = IntentState::kFailed;
  intent.in_doubt = flag(object, "doubt");
  if (const std::string why = text(object, "error"); !why.empty()) {
    intent.error = Error{ErrorCode::kNetwork, why, std::nullopt, std::nullopt,
                         read_wording(member(object, "wording"))};
  }
  return intent;
}

}  // namespace pd::abi

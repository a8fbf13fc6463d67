// Messages to a settings page, and its effects, as the JSON that messages.ts calls SettingsMessage
// and SettingsEffect. In the part "settings" of the module.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>
#include <variant>

#include "abi/kinds.h"
#include "abi/members.h"
#include "abi/messages.h"
#include "base/part.h"
#include "pagerduty/parse_json.h"
#include "settings/page.h"

namespace pd::abi {
namespace {

using card::FailureReason;
using nlohmann::json;

constexpr std::array<std::string_view, 4> kProblemWords{"", "missing", "odd", "refused"};
settings::Texts texts_of(const json& header) {
  settings::Texts texts;
  for (const json& said : member(header, "texts")) {
    texts.push_back(said.is_string() ? said.get<std::string>() : std::string());
  }
  return texts;
}

std::size_t place(std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? 0 : static_cast<std::size_t>(found - words.begin());
}

struct SettingsCall {
  app::App& app;
  const json& header;
  std::string_view body;

  card::CardId card() const { return word32(number(header, "card", 0)); }
  std::string string(const char* name) const { return text(header, name); }
  int integer(const char* name) const { return small_integer(number(header, name, 0)); }
  void handle(const settings::Event& event) const { app.handle(card(), event); }
};

// [account, secret] of each.
std::vector<std::pair<std::string, settings::Secret>> set_of(const json& header) {
  std::vector<std::pair<std::string, settings::Secret>> set;
  for (const json& one : member(header, "set")) {
    if (!one.is_array() || one.size() != 2 || !one[0].is_string() || !one[1].is_string()) continue;
    set.emplace_back(
        one[0].get<std::string>(),
        static_cast<settings::Secret>(place(settings::kSecretNames, one[1].get<std::string>())));
  }
  return set;
}

void open(const SettingsCall& c) {
  c.app.open_settings(
      c.card(),
      {texts_of(c.header), c.string("redirectUri"), flag(c.header, "managed"),
       flag(c.header, "canRemember"), flag(c.header, "remembers"), set_of(c.header)},
      c.body);
}
void reword(const SettingsCall& c) { c.handle(settings::Worded{texts_of(c.header)}); }
void activate(const SettingsCall& c) { c.handle(settings::Activated{c.string("node")}); }
void input(const SettingsCall& c) {
  c.handle(settings::Input{c.string("node"), c.string("value")});
}
void change_secret(const SettingsCall& c) {
  c.handle(settings::SecretChanged{
      c.string("account"),
      static_cast<settings::Secret>(place(settings::kSecretNames, c.string("secret"))),
      flag(c.header, "set"),
      static_cast<settings::SecretProblem>(place(kProblemWords, c.string("problem")))});
}
void end_save(const SettingsCall& c) {
  c.handle(settings::SaveEnded{flag(c.header, "ok"), c.string("why")});
}
void end_apply(const SettingsCall& c) {
  c.handle(settings::ApplyEnded{flag(c.header, "ok"), c.string("why")});
}
void load(const SettingsCall& c) {
  c.handle(settings::Loaded{std::string(c.body), flag(c.header, "kept")});
}
void answer(const SettingsCall& c) {
  settings::ProbeAnswer answer{c.integer("status"), std::string(c.body), {}};
  const json& ahead = member(c.header, "clockAheadMs");
  if (ahead.is_number()) {
    answer.clock_ahead = Duration{static_cast<std::int64_t>(within(ahead, 0))};
  }
  c.handle(settings::ProbeAnswered{c.integer("test"), c.integer("probe"), std::move(answer)});
}
void fail_probe(const SettingsCall& c) {
  c.handle(settings::ProbeFailed{c.integer("test"),
                                 c.integer("probe"),
                                 {word(kFailureWords, c.string("reason"), FailureReason::kNetwork),
                                  c.string("origin"), c.string("detail")}});
}

constexpr std::array<std::pair<std::string_view, void (*)(const SettingsCall&)>, 10> kMessages{{
    {"settings.open", open},
    {"settings.texts", reword},
    {"settings.activate", activate},
    {"settings.input", input},
    {"settings.secret", change_secret},
    {"settings.saved", end_save},
    {"settings.applied", end_apply},
    {"settings.load", load},
    {"settings.answer", answer},
    {"settings.failure", fail_probe},
}};

struct Writer {
  JsonWriter& json;
  card::CardId card;

  JsonWriter& begin(std::string_view type) const {
    return json.begin_object().member("type", type).member("card", card);
  }
  void secret(std::string_view type, const std::string& account, settings::Secret secret) const {
    begin(type)
        .member("account", account)
        .member("secret", settings::kSecretNames[static_cast<std::size_t>(secret)]);
  }
  void operator()(const settings::Changed&) const { begin("changed"); }
  void operator()(const settings::Announce& e) const { begin("announce").member("text", e.text); }
  void operator()(const settings::Focus& e) const { begin("focus").member("node", e.id); }
  void operator()(const settings::Save& e) const { begin("settings.save").member("text", e.text); }
  void operator()(const settings::Apply& e) const {
    begin("settings.apply").member("text", e.text);
  }
  void operator()(const settings::SetSecret& e) const {
    secret("settings.set-secret", e.account, e.secret);
    json.member("node", e.node);
  }
  void operator()(const settings::ClearSecret& e) const {
    secret("settings.clear-secret", e.account, e.secret);
  }
  void operator()(const settings::Remember& e) const {
    begin("settings.remember").member("on", e.on);
  }
  void operator()(const settings::Forget& e) const {
    begin("settings.forget").member("account", e.account);
  }
  void operator()(const settings::Export& e) const {
    begin("settings.export").member("text", e.text);
  }
  void operator()(const settings::ChooseFile&) const { begin("settings.choose-file"); }
  void operator()(const settings::SendProbe& e) const {
    begin("settings.probe")
        .member("test", e.test)
        .member("probe", e.probe.id)
        .member("region", e.probe.region == card::Region::kEu ? "eu" : "us")
        .member("method", e.probe.method)
        .member("path", e.probe.path)
        .member("body", e.probe.body)
        .member("account", e.account);
  }
  void operator()(const settings::SignIn& e) const {
    begin("settings.sign-in").member("account", e.account);
  }
};

}  // namespace

PD_ENTERS_PART Result<void> deliver_settings(app::App& app, std::string_view header_text,
                                             std::string_view body) {
  const json header = pagerduty::parse_json(header_text);
  const std::string type = text(header, "type");
  const SettingsCall call{app, header, body};
  for (const auto& [name, handler] : kMessages) {
    if (name != type) continue;
    handler(call);
    return {};
  }
  return fail(ErrorCode::kBadArgument, "There is no message of type \"" + type + "\".");
}

PD_ENTERS_PART void write_settings_effects(JsonWriter& json, app::App& app) {
  for (const auto& [card, effect] : app.take_settings_effects()) {
    std::visit(Writer{json, card}, effect);
    json.end_object();
  }
}

}  // namespace pd::abi

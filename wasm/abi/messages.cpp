#include "abi/messages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "abi/journal.h"
#include "abi/kinds.h"
#include "abi/members.h"
#include "abi/wording.h"
#include "base/part.h"
#include "card/enum_words.h"
#include "pagerduty/parse_json.h"
#include "view/theme.h"

namespace pd::abi {
namespace {

using card::CardId;
using nlohmann::json;

CardId card_of(const json& header) { return word32(number(header, "card", 0)); }

// Why there is no descriptor.
constexpr std::array<std::pair<std::string_view, Text>, 6> kEntityFailures{{
    {"no-address", texts::kNoAddress},
    {"not-reached", texts::kAddressNotReached},
    {"status", texts::kAddressAnswered},
    {"web-page", texts::kAddressIsWebPage},
    {"too-large", texts::kAddressTooLarge},
    {"unusable", texts::kEntityDataUnusable},
}};
PD_ENTERS_PART Wording failure_of_entity(std::string_view reason, const std::string& address,
                                         const std::string& status) {
  return {word(kEntityFailures, reason, texts::kAddressNotReached), {address, status}};
}

TimeZone time_zone_of(const json& config) {
  TimeZone zone;
  zone.name = text(config, "timeZone");
  for (const json& rule : member(config, "timeZoneRules")) {
    if (!rule.is_array() || rule.size() != 2 || !rule[0].is_number() || !rule[1].is_number())
      continue;
    zone.rules.push_back(
        {time_of(within(rule[0], 0)), std::chrono::minutes{small_integer(within(rule[1], 0))}});
  }
  return zone;
}

std::optional<Time> date_of(const json& ms) {
  return ms.is_number() ? std::optional(time_of(within(ms, 0))) : std::nullopt;
}

constexpr std::int64_t kLongestRefreshS = 86'400;
constexpr std::int64_t kMostRequestsPerMinute = 960;  // PagerDuty's own limit

card::CardConfig config_of(const json& header) {
  const json& from = member(header, "config");
  card::CardConfig config;
  config.values = {text(from, "serviceId"), text(from, "integrationKey"), text(from, "account")};
  for (const json& name : member(from, "secrets")) {
    if (name.is_string()) config.values.secrets.push_back(name.get<std::string>());
  }
  config.entity_ref = text(from, "entityRef");
  config.expects_entity = flag(from, "expectsEntity");
  config.read_only = flag(from, "readOnly");
  for (const json& name : member(from, "sections")) {
    if (!name.is_string()) continue;
    const auto kind = card::value_of<card::SectionKind>(name.get_ref<const std::string&>());
    if (kind) config.sections.push_back(*kind);
  }
  config.layout = card::value_of<card::Layout>(text(from, "layout")).value_or(card::Layout::kFull);
  config.refresh_s = std::clamp(integer(from, "refreshS", 30), std::int64_t{0}, kLongestRefreshS);
  config.page_url = text(from, "pageUrl");
  if (const std::string lang = text(from, "lang"); !lang.empty()) config.lang = lang;
  config.language = text(from, "language");
  config.time_zone = time_zone_of(from);
  return config;
}

view::Theme theme_of(const json& header) {
  view::Theme theme = flag(header, "dark") ? view::dark_theme() : view::light_theme();
  theme.font_size_css_px = real(header, "fontSizeCssPx", theme.font_size_css_px);
  theme.radius_css_px = real(header, "radiusCssPx", theme.radius_css_px);
  for (const auto& [token, color] : member(header, "colors").items()) {
    if (color.is_number()) view::set_theme_color(theme, token, word32(within(color, 0)));
  }
  return theme;
}

// ---- One function a message. `Call` is a row of the table below. ----
struct Call {
  app::App& app;
  const json& header;
  std::string_view body;
  Time now;

  CardId card() const { return card_of(header); }
  std::string string(const char* name) const { return text(header, name); }
  void handle(card::Event event) const { app.handle(std::move(event), now); }
};

void open_card(const Call& c) { c.handle(card::OpenCard{c.card(), config_of(c.header)}); }
void configure_card(const Call& c) { c.handle(card::ConfigureCard{c.card(), config_of(c.header)}); }
void close_card(const Call& c) { c.handle(card::CloseCard{c.card()}); }
void load_entity(const Call& c) {
  c.handle(card::EntityLoaded{c.card(), std::string(c.body), c.string("source"),
                              flag(c.header, "json"), flag(c.header, "plain")});
}
void fail_entity(const Call& c) {
  const std::string address = c.string("address");
  const std::string status = std::to_string(integer(c.header, "status"));
  // What tells the other reasons is not there, either.
  const std::string reason = c.string("reason");
  c.handle(card::EntityFailed{c.card(), reason == "reader"
                                            ? Wording(texts::kEntityReaderMissing, {address})
                                            : failure_of_entity(reason, address, status)});
}
void show_card(const Call& c) {
  const bool visible = flag(c.header, "visible");
  if (!visible) c.app.hide(c.card());
  c.handle(card::CardVisible{c.card(), visible});
}
void set_viewport(const Call& c) {
  c.app.set_viewport(c.card(), {real(c.header, "widthCssPx"), real(c.header, "maxHeightCssPx"),
                                real(c.header, "dpr", 1), flag(c.header, "reducedMotion")});
}
void set_style(const Call& c) {
  c.app.set_style(c.card(), theme_of(c.header), c.string("fontFamily"), c.string("monoFamily"));
}
void set_pointer(const Call& c) {
  c.app.set_pointer(c.card(), real(c.header, "x", -1), real(c.header, "y", -1),
                    flag(c.header, "down"));
}
void set_focus(const Call& c) { c.app.set_focus(c.card(), c.string("node")); }
void set_scroll(const Call& c) {
  c.app.set_scroll(c.card(), c.string("node"), real(c.header, "topCssPx"));
}
void activate(const Call& c) { c.handle(card::Activated{c.card(), c.string("node")}); }
void input(const Call& c) {
  c.handle(card::FieldChanged{c.card(), c.string("node"), c.string("value")});
}
void refresh(const Call& c) { c.handle(card::RefreshAsked{c.card()}); }
void verdict(const Call& c) {
  c.handle(card::ActionVerdict{c.card(), word32(number(c.header, "ticket", 0)),
                               flag(c.header, "allowed")});
}
void set_part(const Call& c) { c.handle(card::PartChanged{c.card(), flag(c.header, "missing")}); }
void account(const Call& c) {
  c.handle(card::AccountChanged{
      c.string("account"), c.string("region") == "eu" ? card::Region::kEu : card::Region::kUs,
      flag(c.header, "connected"), flag(c.header, "mayWrite", true),
      static_cast<int>(std::clamp(
          integer(c.header, "requestsPerMinute", client::RequestBudget::kDefaultPerMinute),
          std::int64_t{1}, kMostRequestsPerMinute)),
      flag(c.header, "signsIn")});
}
void response(const Call& c) {
  c.handle(card::ResponseArrived{
      word32(number(c.header, "request", 0)), small_integer(number(c.header, "status", 0)),
      std::string(c.body), small_integer(number(c.header, "retryAfterS", -1)),
      small_integer(number(c.header, "rateLimitResetS", -1)),
      date_of(member(c.header, "serverDateMs")), small_integer(number(c.header, "ageS", 0))});
}
void failure(const Call& c) {
  c.handle(card::RequestFailed{
      word32(number(c.header, "request", 0)),
      word(kFailureWords, c.string("reason"), card::FailureReason::kNetwork), c.string("origin")});
}
void page_visible(const Call& c) { c.handle(card::PageVisible{flag(c.header, "visible")}); }
void page_online(const Call& c) { c.handle(card::PageOnline{flag(c.header, "online")}); }
void set_tab(const Call& c) {
  c.handle(card::TabChanged{c.string("account"),
                            value_of<client::TabRole>(c.string("role"), client::kTabRoleWords)
                                .value_or(client::TabRole::kAlone),
                            flag(c.header, "company"), flag(c.header, "keeps")});
}
void hear_wants(const Call& c) {
  card::WantsHeard heard;
  heard.account = c.string("account");
  heard.tab = c.string("tab");
  heard.leads = flag(c.header, "leads");
  heard.refresh = Duration{integer(c.header, "refreshMs")};
  for (const json& item : member(c.header, "wants")) {
    if (!item.is_array() || item.size() != 3 || !item[0].is_string() || !item[1].is_string()) {
      continue;
    }
    const auto kind = value_of<client::Kind>(item[0].get_ref<const std::string&>(), kKindWords);
    if (!kind) continue;
    const double asked_at = within(item[2], 0);
    client::KnownWant known{{*kind, heard.account, item[1].get_ref<const std::string&>()},
                            std::nullopt};
    if (asked_at > 0) known.asked_at = time_of(asked_at);
    heard.wants.push_back(std::move(known));
  }
  c.handle(std::move(heard));
}
void hear_answer(const Call& c) {
  const auto kind = value_of<client::Kind>(c.string("kind"), kKindWords);
  if (!kind) return;
  card::AnswerHeard heard;
  client::SharedAnswer& answer = heard.answer;
  answer.want = {*kind, c.string("account"), c.string("id")};
  answer.body = c.body;
  answer.asked_at = answer.body.empty() ? Time::min() : time_of(number(c.header, "askedAt", 0));
  answer.fetched_at = answer.body.empty() ? Time::min() : time_of(number(c.header, "fetchedAt", 0));
  answer.truncated = flag(c.header, "truncated");
  if (const std::string code = c.string("code"); !code.empty()) {
    answer.error = Error{error_code_of(code), c.string("message"), std::nullopt, std::nullopt,
                         read_wording(member(c.header, "wording"))};
  }
  if (const double at = number(c.header, "retryAt", 0); at > 0) answer.retry_at = time_of(at);
  heard.is_kept = flag(c.header, "kept");
  c.handle(std::move(heard));
}
void find_intent(const Call& c) {
  auto intent = read_intent(c.body);
  if (!intent) return;
  intent->account = c.string("account");  // as this page calls it
  c.handle(card::IntentFound{*std::move(intent)});
}
void load_language(const Call& c) {
  TextTable texts;
  const json table = pagerduty::parse_json(c.body);
  for (const json& said : table.is_array() ? table : json::array()) {
    texts.push_back(said.is_string() ? said.get<std::string>() : std::string());
  }
  c.handle(card::LanguageLoaded{c.string("language"), std::move(texts)});
}
void fonts_changed(const Call& c) { c.app.forget_glyphs(); }
void tick(const Call& c) { c.handle(card::Tick{}); }

constexpr std::array<std::pair<std::string_view, void (*)(const Call&)>, 28> kMessages{{
    {"card.open", open_card},
    {"card.configure", configure_card},
    {"card.close", close_card},
    {"card.entity", load_entity},
    {"card.entity-failed", fail_entity},
    {"card.visible", show_card},
    {"card.viewport", set_viewport},
    {"card.style", set_style},
    {"card.pointer", set_pointer},
    {"card.focus", set_focus},
    {"card.scroll", set_scroll},
    {"card.activate", activate},
    {"card.input", input},
    {"card.refresh", refresh},
    {"card.verdict", verdict},
    {"card.part", set_part},
    {"account", account},
    {"response", response},
    {"failure", failure},
    {"page.visible", page_visible},
    {"page.online", page_online},
    {"account.tab", set_tab},
    {"heard.wants", hear_wants},
    {"heard.answer", hear_answer},
    {"journal.found", find_intent},
    {"language", load_language},
    {"fonts.changed", fonts_changed},
    {"tick", tick},
}};

}  // namespace

Time time_of(double ms) {
  constexpr double kFarthest = 8.64e15;  // of JavaScript's Date
  if (!(std::abs(ms) <= kFarthest)) return Time{};
  return time_from_ms(static_cast<std::int64_t>(ms));
}

Result<void> deliver(app::App& app, std::string_view header_text, std::string_view body,
                     Time& now) {
  const json header = pagerduty::parse_json(header_text);
  if (!header.is_object()) return fail(ErrorCode::kSyntax, "The message is not a JSON object.");
  const std::string type = text(header, "type");
  now = time_of(number(header, "now", 0));
  if (type.starts_with("settings.")) return deliver_settings(app, header_text, body);
  const Call call{app, header, body, now};
  for (const auto& [name, handler] : kMessages) {
    if (name != type) continue;
    handler(call);
    return {};
  }
  return fail(ErrorCode::kBadArgument, "There is no message of type \"" + type + "\".");
}

}  // namespace pd::abi

// Effects out, as the JSON that messages.ts calls Effect.
#include <string>
#include <string_view>
#include <variant>

#include "abi/journal.h"
#include "abi/kinds.h"
#include "abi/messages.h"
#include "abi/wording.h"
#include "base/json_writer.h"
#include "base/part.h"
#include "card/enum_words.h"

namespace pd::abi {
namespace {

// What tabs tell each other is written in a part of its own: see wasm/abi/parts.json.
PD_ENTERS_PART void write_wants(JsonWriter& json, const client::ShareWants& e) {
  json.begin_object()
      .member("type", "share.wants")
      .member("account", e.account)
      .member("leads", e.leads)
      .member("refreshMs", e.refresh.count());
  json.key("wants").begin_array();
  for (const client::KnownWant& known : e.wants) {
    json.begin_array().value(pagerduty::word_of(known.want.kind, kKindWords)).value(known.want.id);
    json.value(known.asked_at ? to_ms(*known.asked_at) : std::int64_t{0}).end_array();
  }
  json.end_array();
}
PD_ENTERS_PART void write_answer(JsonWriter& json, const client::SharedAnswer& answer) {
  json.begin_object().member("type", "share.answer").member("account", answer.want.account);
  json.member("kind", pagerduty::word_of(answer.want.kind, kKindWords))
      .member("id", answer.want.id);
  if (!answer.body.empty()) {
    json.member("askedAt", to_ms(answer.asked_at)).member("fetchedAt", to_ms(answer.fetched_at));
    json.member("truncated", answer.truncated).member("body", answer.body);
  }
  if (answer.error) {
    json.member("code", error_code_name(answer.error->code));
    write_error(json, "message", *answer.error);
  }
  if (answer.retry_at) json.member("retryAt", to_ms(*answer.retry_at));
}

struct Writer {
  JsonWriter& json;

  JsonWriter& begin(std::string_view type) const {
    return json.begin_object().member("type", type);
  }
  JsonWriter& begin(std::string_view type, card::CardId card) const {
    return begin(type).member("card", card);
  }

  void operator()(const card::SendRequest& e) const {
    begin("request")
        .member("request", e.request)
        .member("account", e.account)
        .member("api", e.what.api == pagerduty::Api::kEvents ? "events" : "rest")
        .member("method", e.what.method)
        .member("path", e.what.path)
        .member("body", e.what.body)
        .member("needsFrom", e.what.needs_from)
        .member("timeoutMs", e.timeout_ms);
  }
  void operator()(const card::CancelRequest& e) const {
    begin("cancel").member("request", e.request);
  }
  void operator()(const card::WakeAt& e) const { begin("wake").member("at", to_ms(e.at)); }
  void operator()(const card::CardChanged& e) const { begin("changed", e.card); }
  void operator()(const card::Announce& e) const {
    begin("announce", e.card).member("text", e.text);
  }
  void operator()(const card::CopyText& e) const { begin("copy", e.card).member("text", e.text); }
  void operator()(const card::CardReady& e) const { begin("ready", e.card); }
  void operator()(const card::CardUpdated& e) const {
    begin("updated", e.card).member("section", card::word_of(e.section));
  }
  void operator()(const card::CardFailed& e) const {
    begin("failed", e.card)
        .member("section", e.section)
        .member("code", error_code_name(e.error.code))
        .member("message", e.error.message);
  }
  void operator()(const card::ActionAsked& e) const {
    begin("action", e.card)
        .member("ticket", e.ticket)
        .member("verb", e.verb)
        .member("serviceId", e.service_id)
        .member("incidentId", e.incident_id)
        .key("incidentIds")
        .begin_array();
    for (const std::string& id : e.incident_ids) json.value(id);
    json.end_array();
  }
  void operator()(const card::ActionDone& e) const {
    begin("action-done", e.card)
        .member("verb", e.verb)
        .member("incidentId", e.incident_id)
        .member("ok", e.ok)
        .member("message", e.message);
  }
  void operator()(const card::AuthRequired& e) const {
    begin("auth-required", e.card).member("account", e.account);
  }
  void operator()(const client::KeepIntent& e) const {
    begin("journal.keep")
        .member("account", e.intent.account)
        .member("key", e.intent.key)
        .member("text", write_intent(e.intent));
  }
  void operator()(const client::ShareWants& e) const { write_wants(json, e); }
  void operator()(const client::ShareAnswer& e) const { write_answer(json, e.answer); }
  void operator()(const client::DropIntent& e) const {
    begin("journal.drop").member("account", e.account).member("key", e.key);
  }
  void operator()(const card::EntityUnread& e) const { begin("entity-unread", e.card); }
  void operator()(const card::FocusNode& e) const { begin("focus", e.card).member("node", e.id); }
};

}  // namespace

std::string take_effects(app::App& app, Time now) {
  JsonWriter json;
  json.begin_array();
  for (const card::Effect& effect : app.take_effects(now)) {
    std::visit(Writer{json}, effect);
    json.end_object();
  }
  if (app.has_settings()) write_settings_effects(json, app);
  json.end_array();
  return json.take();
}

}  // namespace pd::abi

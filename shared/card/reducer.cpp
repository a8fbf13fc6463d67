#include "card/reducer.h"

#include <algorithm>

#include "base/text.h"
#include "card/sources.h"
#include "card/texts.h"
#include "card/words.h"

namespace pd::card {
namespace {

using client::IntentKind;
using client::IntentState;

std::string_view verb_name(IntentKind kind) {
  switch (kind) {
    case IntentKind::kAcknowledge: return "acknowledge";
    case IntentKind::kResolve: return "resolve";
    case IntentKind::kTrigger:
    case IntentKind::kCreate: break;
  }
  return "trigger";
}

bool is_under_way(const DialogState& dialog) {
  return dialog.stage == DialogStage::kAsking || dialog.stage == DialogStage::kSending;
}

void close_dialog(CardState& card, const Context& context) {
  if (!card.dialog) return;
  context.effects.emplace_back(FocusNode{card.id, card.dialog->opener});
  card.dialog.reset();
}

// ---- What nodes do. `rest` is the part of the id behind the prefix. ----

void open_create(CardState& card, std::string_view, const Context& context) {
  if (card.dialog || card.config.read_only || look_up(card, context.broker).service_id.empty()) return;
  DialogState dialog;
  dialog.verb = IntentKind::kTrigger;
  dialog.opener = "action:create";
  card.dialog = std::move(dialog);
  context.effects.emplace_back(FocusNode{card.id, "field:title"});
}

void open_act(CardState& card, IntentKind verb, std::string_view incident_id, const Context& context) {
  if (card.dialog || card.config.read_only) return;
  const Sources sources = look_up(card, context.broker);
  if (sources.incidents == nullptr || !sources.incidents->incidents) return;
  const auto& incidents = *sources.incidents->incidents;
  const auto incident = std::ranges::find(incidents, incident_id, &pagerduty::Incident::id);
  if (incident == incidents.end()) return;
  DialogState dialog;
  dialog.verb = verb;
  dialog.stage = DialogStage::kConfirm;
  dialog.opener = (verb == IntentKind::kResolve ? "resolve:" : "ack:") + incident->id;
  dialog.incident_id = incident->id;
  dialog.incident_name = (incident->number > 0 ? "#" + std::to_string(incident->number) + " " : "") + incident->title;
  card.dialog = std::move(dialog);
  context.effects.emplace_back(FocusNode{card.id, "dialog:confirm"});
}
void open_acknowledge(CardState& card, std::string_view id, const Context& context) {
  open_act(card, IntentKind::kAcknowledge, id, context);
}
void open_resolve(CardState& card, std::string_view id, const Context& context) {
  open_act(card, IntentKind::kResolve, id, context);
}

void dismiss(CardState& card, std::string_view, const Context& context) {
  // What is under way goes on: it is followed in the list.
  if (card.dialog && card.dialog->intent != 0 && card.dialog->stage != DialogStage::kFailed) {
    card.pending.push_back({card.dialog->intent, card.dialog->verb, card.dialog->title, card.dialog->incident_id, context.now});
  }
  close_dialog(card, context);
}

void go_on(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->stage != DialogStage::kEdit) return;
  card.dialog->title_missing = trim(card.dialog->title).empty();
  if (card.dialog->title_missing) {
    context.effects.emplace_back(FocusNode{card.id, "field:title"});
    return;
  }
  card.dialog->stage = DialogStage::kConfirm;
  context.effects.emplace_back(FocusNode{card.id, "dialog:confirm"});
}

void go_back(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->verb != IntentKind::kTrigger || is_under_way(*card.dialog)) return;
  card.dialog->stage = DialogStage::kEdit;
  context.effects.emplace_back(FocusNode{card.id, "field:title"});
}

void confirm(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->stage != DialogStage::kConfirm) return;   // a second click finds another stage
  card.dialog->stage = DialogStage::kAsking;
  card.dialog->ticket = ++context.last_ticket;
  context.effects.emplace_back(ActionAsked{card.id, card.dialog->ticket, std::string(verb_name(card.dialog->verb)),
                                           look_up(card, context.broker).service_id, card.dialog->incident_id});
}

void retry_write(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->intent == 0 || is_under_way(*card.dialog)) return;
  card.dialog->stage = DialogStage::kSending;
  context.broker.retry(card.dialog->intent, context.now);
}

void retry_pending(CardState& card, std::string_view rest, const Context& context) {
  for (const PendingWrite& write : card.pending) {
    if (std::to_string(write.intent) == rest) context.broker.retry(write.intent, context.now);
  }
}

void dismiss_pending(CardState& card, std::string_view rest, const Context&) {
  std::erase_if(card.pending, [&](const PendingWrite& write) { return std::to_string(write.intent) == rest; });
}

void choose_urgency(CardState& card, std::string_view rest, const Context&) {
  if (card.dialog && card.dialog->stage == DialogStage::kEdit) card.dialog->high_urgency = rest == "high";
}

void show_tab(CardState& card, std::string_view rest, const Context&) {
  card.tab = rest == "changes" ? SectionKind::kChanges : SectionKind::kIncidents;
}

void refresh_all(CardState& card, std::string_view, const Context& context) { context.broker.refresh(card.id, context.now); }

void copy_yaml(CardState& card, std::string_view, const Context& context) {
  context.effects.emplace_back(CopyText{card.id, annotation_to_add()});
  card.copied = true;
}

struct Activation {
  std::string_view prefix;
  void (*act)(CardState&, std::string_view, const Context&);
};
// Every node that does something. A prefix that ends with ':' is followed by an id.
constexpr Activation kActivations[] = {
    {"action:create", open_create},
    {"action:refresh", refresh_all},
    {"ack:", open_acknowledge},
    {"resolve:", open_resolve},
    {"tab:", show_tab},
    {"choice:urgency:", choose_urgency},
    {"dialog:close", dismiss},
    {"dialog:next", go_on},
    {"dialog:back", go_back},
    {"dialog:confirm", confirm},
    {"dialog:retry", retry_write},
    {"retry:", refresh_all},
    {"retry-write:", retry_pending},
    {"dismiss-write:", dismiss_pending},
    {"copy:yaml", copy_yaml},
};

// ---- Writes ----

client::Intent make_create(const CardState& card, const Sources& sources, const Context& context) {
  const DialogState& dialog = *card.dialog;
  const entity::Target& target = *card.resolution.target;
  client::Intent intent;
  intent.account = target.account;
  intent.service_id = sources.service_id;
  intent.key = context.broker.make_key();
  // A key of another service would page the wrong people: the id is then the way.
  const bool by_events = !target.integration_key.empty() && !sources.key_mismatch;
  if (by_events) {
    intent.kind = IntentKind::kTrigger;
    pagerduty::TriggerEvent event;
    event.routing_key = target.integration_key;
    event.dedup_key = intent.key;
    event.summary = dialog.title;
    event.details = dialog.details;
    event.source = card.entity ? card.entity->entity_ref : sources.service_id;
    event.client = "pagerduty-card";
    event.client_url = card.config.page_url;
    event.severity = dialog.high_urgency ? pagerduty::Severity::kCritical : pagerduty::Severity::kWarning;
    intent.request = pagerduty::make_trigger_event(event);
  } else {
    intent.kind = IntentKind::kCreate;
    pagerduty::NewIncident incident;
    incident.service_id = sources.service_id;
    incident.title = dialog.title;
    incident.details = dialog.details;
    incident.incident_key = intent.key;
    incident.urgency = dialog.high_urgency ? pagerduty::Urgency::kHigh : pagerduty::Urgency::kLow;
    intent.request = pagerduty::make_create_incident(incident);
  }
  return intent;
}

client::Intent make_act(const CardState& card, const Sources& sources) {
  const DialogState& dialog = *card.dialog;
  client::Intent intent;
  intent.kind = dialog.verb;
  intent.account = card.resolution.target->account;
  intent.service_id = sources.service_id;
  intent.incident_id = dialog.incident_id;
  const auto status = dialog.verb == IntentKind::kResolve ? pagerduty::IncidentStatus::kResolved : pagerduty::IncidentStatus::kAcknowledged;
  intent.request = pagerduty::make_set_incident_status(dialog.incident_id, status);
  return intent;
}

std::string sentence_of_success(const client::Intent& intent, const std::string& name) {
  if (intent.kind == IntentKind::kAcknowledge) return fill(texts::kSaidAcknowledged, {name});
  if (intent.kind == IntentKind::kResolve) return fill(texts::kSaidResolved, {name});
  return fill(texts::kSaidCreated, {name});
}

void finish(const CardState& card, const client::Intent& intent, bool ok, const std::string& sentence, const Context& context) {
  context.effects.emplace_back(Announce{card.id, sentence});
  context.effects.emplace_back(ActionDone{card.id, std::string(verb_name(intent.kind)), intent.incident_id, ok, sentence});
}

void follow_in_dialog(CardState& card, const client::Intent& intent, const Context& context) {
  DialogState& dialog = *card.dialog;
  switch (intent.state) {
    case IntentState::kPending: return;
    case IntentState::kAccepted:
      context.effects.emplace_back(Announce{card.id, std::string(texts::kSaidAccepted)});
      card.pending.push_back({intent.id, dialog.verb, dialog.title, dialog.incident_id, context.now});
      card.tab = SectionKind::kIncidents;
      return close_dialog(card, context);
    case IntentState::kSeen:
      finish(card, intent, true, sentence_of_success(intent, dialog.incident_name.empty() ? dialog.title : dialog.incident_name), context);
      return close_dialog(card, context);
    case IntentState::kFailed:
      dialog.stage = DialogStage::kFailed;
      dialog.error = intent.error ? intent.error->message : std::string();
      finish(card, intent, false, fill(texts::kSaidFailed, {dialog.error}), context);
      context.effects.emplace_back(FocusNode{card.id, "dialog:retry"});
      return;
    case IntentState::kUnconfirmed:
      dialog.stage = DialogStage::kUnconfirmed;
      dialog.error = intent.error ? intent.error->message : std::string();
      context.effects.emplace_back(Announce{card.id, std::string(texts::kUnconfirmedBody)});
      return;
  }
}

}  // namespace

void configure(CardState& card, CardConfig config) {
  card.config = std::move(config);
  card.resolution = entity::resolve_target(card.entity ? &*card.entity : nullptr, card.config.values);
  const std::vector<SectionKind> sections = sections_of(card.config);
  // The selected tab is one that is there.
  if (std::ranges::find(sections, card.tab) == sections.end()) {
    card.tab = card.tab == SectionKind::kChanges ? SectionKind::kIncidents : SectionKind::kChanges;
  }
}

void load_entity(CardState& card, const std::string& text, const std::string& source, const Context& context) {
  Error error;
  const auto documents = entity::read_documents(text, {.source = source});
  if (documents) {
    const auto chosen = entity::select_entity(*documents, card.config.entity_ref);
    if (chosen) {
      card.entity = **chosen;
      card.entity_error.reset();
      configure(card, std::move(card.config));
      return;
    }
    error = chosen.error();
  } else {
    error = documents.error();
  }
  context.effects.emplace_back(CardFailed{card.id, "", error});
  card.entity_error = std::move(error);
}

void fail_entity(CardState& card, const std::string& source, const std::string& message, const Context& context) {
  card.entity_error = Error{ErrorCode::kNetwork, message, std::nullopt, Where{source, 0, 0, {}}};
  context.effects.emplace_back(CardFailed{card.id, "", *card.entity_error});
}

void activate(CardState& card, const std::string& node, const Context& context) {
  for (const Activation& activation : kActivations) {
    const bool takes_id = activation.prefix.back() == ':';
    if (takes_id ? !node.starts_with(activation.prefix) : node != activation.prefix) continue;
    activation.act(card, std::string_view(node).substr(activation.prefix.size()), context);
    return;
  }
}

void change_field(CardState& card, const std::string& node, const std::string& value) {
  if (!card.dialog || card.dialog->stage != DialogStage::kEdit) return;
  if (node == "field:title") {
    card.dialog->title = value;
    card.dialog->title_missing = card.dialog->title_missing && trim(value).empty();
  } else if (node == "field:details") {
    card.dialog->details = value;
  }
}

void take_verdict(CardState& card, std::uint32_t ticket, bool allowed, const Context& context) {
  if (!card.dialog || card.dialog->stage != DialogStage::kAsking || card.dialog->ticket != ticket) return;
  if (!allowed) {
    card.dialog->stage = DialogStage::kFailed;
    card.dialog->error = texts::kCancelledByPage;
    return;
  }
  const Sources sources = look_up(card, context.broker);
  card.dialog->stage = DialogStage::kSending;
  card.dialog->intent = context.broker.submit(
      card.dialog->verb == IntentKind::kTrigger ? make_create(card, sources, context) : make_act(card, sources), context.now);
}

void follow_intent(CardState& card, const client::Intent& intent, const Context& context) {
  if (card.dialog && card.dialog->intent == intent.id) return follow_in_dialog(card, intent, context);
  const auto pending = std::ranges::find(card.pending, intent.id, &PendingWrite::intent);
  if (pending == card.pending.end()) return;
  if (intent.state == IntentState::kSeen) {
    finish(card, intent, true, sentence_of_success(intent, pending->title), context);
    card.known_incidents.push_back(intent.incident_id);   // announced as ours, not as news
    card.pending.erase(pending);
  } else if (intent.state == IntentState::kFailed || intent.state == IntentState::kUnconfirmed) {
    const std::string why = intent.error ? intent.error->message : std::string();
    finish(card, intent, false, fill(texts::kSaidFailed, {why}), context);
  }
}

void follow_incidents(CardState& card, const client::Answer& answer, const Context& context) {
  if (!answer.incidents || answer.loading) return;
  std::vector<std::string> ids;
  std::vector<std::string> fresh;
  for (const pagerduty::Incident& incident : *answer.incidents) {
    ids.push_back(incident.id);
    const bool known = std::ranges::find(card.known_incidents, incident.id) != card.known_incidents.end();
    const bool ours = std::ranges::any_of(card.pending, [&](const PendingWrite& w) {
      const client::Intent* intent = context.broker.intent(w.intent);
      return intent != nullptr && intent->key == incident.incident_key;
    });
    if (!known && !ours) fresh.push_back(incident.title);
  }
  if (card.incidents_seen && !fresh.empty()) {
    context.effects.emplace_back(Announce{card.id, fresh.size() == 1 ? fill(texts::kSaidNew, {fresh.front()})
                                                                     : fill(texts::kSaidManyNew, {std::to_string(fresh.size())})});
  }
  card.known_incidents = std::move(ids);
  card.incidents_seen = true;
}

std::string annotation_to_add() {
  return "metadata:\n"
         "  annotations:\n"
         "    # The service's id, from its address in PagerDuty\n"
         "    pagerduty.com/service-id: \"PXXXXXX\"\n"
         "    # Or: the key of an Events API v2 integration of the service\n"
         "    pagerduty.com/integration-key: \"32 letters and digits\"\n";
}

}  // namespace pd::card

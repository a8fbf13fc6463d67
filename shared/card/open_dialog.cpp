#include "card/open_dialog.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "card/verbs.h"

namespace pd::card {
namespace {

using client::IntentKind;
using client::Kind;
using pagerduty::Incident;

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

void open_dialog(CardState& card, DialogState dialog, const Sources& sources,
                 const Context& context) {
  dialog.service_id = sources.service_id;
  dialog.service_name = service_name(card, sources);
  const char* first = "dialog:confirm";
  if (dialog.stage == DialogStage::kEdit) {
    first = "field:title";
  } else if (dialog.verb != IntentKind::kAcknowledge) {
    switch (verb_of(dialog.verb).need) {
      case Need::kNothing: break;
      case Need::kText: first = "field:details"; break;
      default: first = "field:choice"; break;
    }
  }
  context.effects.emplace_back(FocusNode{card.id, first});
  card.dialog = std::move(dialog);
}

bool may_act(const CardState& card, const Context& context) {
  return !card.dialog && !card.config.read_only && !act_obstacle(context.account, context.broker);
}

// Among the open ones, and those that were resolved lately.
const Incident* find_incident(const CardState& card, const Sources& sources, const Context& context,
                              std::string_view id) {
  const auto* resolved =
      context.broker.answer({Kind::kResolved, card.resolution.target->account, sources.service_id})
          .detail_as<std::vector<Incident>>();
  const auto* open = sources.incidents == nullptr ? nullptr : sources.incidents->incidents.get();
  for (const auto* list : {open, resolved}) {
    if (list == nullptr) continue;
    const auto found = std::ranges::find(*list, id, &Incident::id);
    if (found != list->end()) return &*found;
  }
  return nullptr;
}

// What is chosen until the viewer chooses.
std::string first_choice(const DialogState& dialog) {
  switch (verb_of(dialog.verb).need) {
    case Need::kDuration:
      return dialog.until ? kUntilEnd : std::to_string(durations_of(dialog.verb).front());
    case Need::kLevel: return "2";
    default: return {};
  }
}

}  // namespace

std::string_view prefix_of(IntentKind verb) {
  switch (verb) {
    case IntentKind::kAcknowledge: return "ack:";
    case IntentKind::kResolve: return "resolve:";
    case IntentKind::kReopen: return "reopen:";
    case IntentKind::kReassign: return "reassign:";
    case IntentKind::kEscalate: return "escalate:";
    case IntentKind::kSetPriority: return "priority:";
    case IntentKind::kSnooze: return "snooze:";
    case IntentKind::kAddNote: return "note:";
    default: return "responder:";
  }
}

void open_create(CardState& card, std::string_view, const Context& context) {
  if (card.dialog || card.config.read_only) return;
  const Sources sources = look_up(card, context.broker);
  if (create_obstacle(sources, context.account, context.broker)) return;
  DialogState dialog;
  dialog.verb = IntentKind::kTrigger;
  dialog.opener = "action:create";
  open_dialog(card, std::move(dialog), sources, context);
}

void open_for_incidents(CardState& card, IntentKind verb, std::string_view rest,
                        const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  DialogState dialog;
  dialog.verb = verb;
  dialog.stage = DialogStage::kConfirm;
  dialog.opener = std::string(prefix_of(verb)) + std::string(rest);
  dialog.choice = first_choice(dialog);
  std::vector<std::string> ids{std::string(rest)};
  if (rest == "selected") ids = card.browsing.selected;
  std::erase_if(ids, [&](const std::string& id) {
    return find_incident(card, sources, context, id) == nullptr ||
           is_being_written(context.broker, id);
  });
  if (ids.empty()) return;
  if (ids.size() == 1) {
    const Incident& incident = *find_incident(card, sources, context, ids.front());
    dialog.incident_id = incident.id;
    dialog.incident_name = incident_name(incident);
    if (incident.priority) dialog.target = incident.priority->id;
  } else {
    dialog.incident_name = context.language.count(texts::kManyIncidents, ids.size());
    dialog.incident_ids = std::move(ids);
  }
  open_dialog(card, std::move(dialog), sources, context);
}

void open_take_shift(CardState& card, std::string_view level, const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  const pagerduty::User* me = current_user(context.broker, card.resolution.target->account);
  if (me == nullptr || sources.on_calls == nullptr || !sources.on_calls->on_calls) return;
  for (const pagerduty::OnCall& shift : *sources.on_calls->on_calls) {
    const bool fits = shift.level == number_of(level) && !shift.schedule.id.empty() && shift.end &&
                      shift.user.id != me->id;
    if (!fits) continue;
    DialogState dialog;
    dialog.verb = IntentKind::kOverride;
    dialog.stage = DialogStage::kConfirm;
    dialog.opener = "take:" + std::string(level);
    dialog.target = shift.schedule.id;
    dialog.target_name =
        shift.schedule.summary.empty() ? service_name(card, sources) : shift.schedule.summary;
    dialog.incident_name = shift.user.name;  // instead of whom
    dialog.until = shift.end;
    dialog.choice = first_choice(dialog);
    return open_dialog(card, std::move(dialog), sources, context);
  }
}

void open_start_maintenance(CardState& card, std::string_view, const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  if (sources.service_id.empty()) return;
  DialogState dialog;
  dialog.verb = IntentKind::kStartMaintenance;
  dialog.stage = DialogStage::kConfirm;
  dialog.opener = "maintenance:start";
  dialog.choice = first_choice(dialog);
  open_dialog(card, std::move(dialog), sources, context);
}

void open_end_maintenance(CardState& card, std::string_view window, const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  if (sources.service_id.empty()) return;
  DialogState dialog;
  dialog.verb = IntentKind::kEndMaintenance;
  dialog.stage = DialogStage::kConfirm;
  dialog.opener = "maintenance:end:" + std::string(window);
  dialog.target = window;
  open_dialog(card, std::move(dialog), sources, context);
}

// ---- Taking back ----

std::optional<UndoOffer> undo_of(const DialogState& dialog) {
  UndoOffer offer;
  offer.intent = dialog.intent;
  offer.incident_id = dialog.incident_id;
  offer.incident_name = dialog.incident_name;
  if (dialog.verb == IntentKind::kResolve) {
    offer.back = IntentKind::kReopen;
    return offer;
  }
  if (dialog.verb == IntentKind::kSetPriority && !dialog.target.empty()) {
    offer.back = IntentKind::kSetPriority;
    offer.choice = dialog.target;
    return offer;
  }
  return std::nullopt;
}

void open_undo(CardState& card, std::string_view, const Context& context) {
  if (!card.undo || !may_act(card, context)) return;
  DialogState dialog;
  dialog.verb = card.undo->back;
  dialog.stage = DialogStage::kConfirm;
  dialog.opener = "action:refresh";
  dialog.incident_id = card.undo->incident_id;
  dialog.incident_name = card.undo->incident_name;
  dialog.choice = card.undo->choice;
  card.undo.reset();
  open_dialog(card, std::move(dialog), look_up(card, context.broker), context);
}

// ---- From a dialog to writes ----

namespace {

client::Intent make_intent(const CardState& card, const std::string& incident_id,
                           const Sources& sources, const Context& context) {
  const DialogState& dialog = *card.dialog;
  client::Intent intent;
  intent.by = card.id;
  intent.kind = dialog.verb;
  intent.account = card.resolution.target->account;
  intent.service_id = dialog.service_id;
  intent.incident_id = incident_id;
  intent.key = context.broker.make_key();
  intent.subject = dialog.incident_name;
  if (!dialog.incident_ids.empty()) {
    const Incident* incident = find_incident(card, sources, context, incident_id);
    if (incident != nullptr) intent.subject = incident_name(*incident);
  }
  return intent;
}

// By Events when the key is known to be the service's: another one would page the wrong people.
client::Intent make_create(const CardState& card, const Sources& sources, const Context& context) {
  const DialogState& dialog = *card.dialog;
  client::Intent intent = make_intent(card, {}, sources, context);
  intent.subject = display_text(dialog.title);
  intent.title = dialog.title;
  intent.details = dialog.details;
  intent.high_urgency = dialog.high_urgency;
  if (!sources.key_verified) {
    intent.kind = IntentKind::kCreate;
    intent.target = dialog.choice;  // its priority
    return intent;
  }
  intent.integration_key = card.resolution.target->integration_key;
  intent.source = card.entity ? card.entity->entity_ref : dialog.service_id;
  intent.page_url = card.config.page_url;
  return intent;
}

// What the verb needs, as the viewer gave it.
void add_needs(client::Intent& intent, const CardState& card, const Context& context) {
  const DialogState& dialog = *card.dialog;
  const pagerduty::User* me = current_user(context.broker, intent.account);
  switch (intent.kind) {
    case IntentKind::kReassign: intent.person = dialog.choice; break;
    case IntentKind::kEscalate:
    case IntentKind::kSnooze: intent.number = number_of(dialog.choice); break;
    case IntentKind::kSetPriority: intent.target = dialog.choice; break;
    case IntentKind::kAddNote: intent.details = dialog.details; break;
    case IntentKind::kReopen: intent.target = "triggered"; break;
    case IntentKind::kAddResponder:
      intent.person = dialog.choice;
      intent.details = dialog.details;
      if (me != nullptr) intent.target = me->id;
      break;
    case IntentKind::kOverride: {
      intent.target = dialog.target;
      intent.subject = dialog.target_name;
      if (me != nullptr) intent.person = me->id;
      const Time now = context.broker.server_time(intent.account, context.now);
      const bool to_end = dialog.choice == kUntilEnd && dialog.until;
      intent.number =
          to_end ? std::chrono::duration_cast<std::chrono::seconds>(*dialog.until - now).count()
                 : number_of(dialog.choice);
      break;
    }
    case IntentKind::kStartMaintenance:
      intent.number = number_of(dialog.choice);
      intent.subject = dialog.service_name;
      intent.title = display_text(dialog.details);
      if (intent.title.empty()) {
        const bool has_entity = card.entity.has_value();
        intent.title = context.language.fill(
            texts::kMaintenanceReason, {has_entity ? card.entity->entity_ref : "pagerduty-card"});
      }
      break;
    case IntentKind::kEndMaintenance:
      intent.target = dialog.target;
      intent.subject = dialog.service_name;
      break;
    default: break;
  }
}

}  // namespace

std::vector<client::Intent> make_intents(const CardState& card, const Sources& sources,
                                         const Context& context) {
  const DialogState& dialog = *card.dialog;
  if (dialog.verb == IntentKind::kTrigger) return {make_create(card, sources, context)};
  std::vector<std::string> ids = dialog.incident_ids;
  if (ids.empty()) ids.push_back(dialog.incident_id);
  std::vector<client::Intent> intents;
  for (const std::string& id : ids) {
    client::Intent intent = make_intent(card, id, sources, context);
    add_needs(intent, card, context);
    intents.push_back(std::move(intent));
  }
  return intents;
}

}  // namespace pd::card

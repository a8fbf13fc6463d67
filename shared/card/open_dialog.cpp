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

// What is chosen until the viewer chooses.
std::string first_choice(const DialogState& dialog) {
  switch (verb_of(dialog.verb).need) {
    case Need::kDuration:
      return dialog.until ? kUntilEnd : std::to_string(durations_of(dialog.verb).front());
    case Need::kLevel: return "2";
    default: return {};
  }
}

std::string_view first_field(const DialogState& dialog) {
  if (dialog.stage == DialogStage::kEdit) return "field:title";
  switch (verb_of(dialog.verb).need) {
    case Need::kNothing: return "dialog:confirm";
    case Need::kText: return "field:details";
    default: return "field:choice";
  }
}

void open_dialog(CardState& card, DialogState dialog, const Sources& sources,
                 const Context& context) {
  dialog.service_id = sources.service_id;
  dialog.service_name = service_name(card, sources);
  if (dialog.choice.empty()) dialog.choice = first_choice(dialog);
  context.effects.emplace_back(FocusNode{card.id, std::string(first_field(dialog))});
  card.dialog = std::move(dialog);
}

// A dialog that asks for a yes, and what its verb needs. `rest`: of the node that opens it, behind
// the verb's part.
DialogState begin_dialog(const Verb& verb, std::string_view rest = {}) {
  DialogState dialog;
  dialog.verb = verb.kind;
  dialog.stage = DialogStage::kConfirm;
  dialog.opener = std::string(verb.node) + std::string(rest);
  return dialog;
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

}  // namespace

void open_create(CardState& card, std::string_view, const Context& context) {
  if (card.dialog || card.config.read_only) return;
  const Sources sources = look_up(card, context.broker);
  if (create_obstacle(sources, context.account, context.broker)) return;
  DialogState dialog;
  dialog.verb = IntentKind::kTrigger;
  dialog.opener = "action:create";
  open_dialog(card, std::move(dialog), sources, context);
}

void open_for_incidents(CardState& card, const Verb& verb, const std::string& rest,
                        const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  std::vector<const Incident*> incidents;
  for (const std::string& id :
       rest == kSelected ? card.browsing.selected : std::vector<std::string>{rest}) {
    const Incident* incident = find_incident(card, sources, context, id);
    if (incident != nullptr && !is_being_written(context.broker, id)) incidents.push_back(incident);
  }
  if (incidents.empty()) return;
  DialogState dialog = begin_dialog(verb, rest);
  for (const Incident* incident : incidents) dialog.incident_ids.push_back(incident->id);
  const Incident& first = *incidents.front();
  const bool is_one = incidents.size() == 1;
  dialog.incident_name = is_one ? incident_name(first)
                                : context.language.count(texts::kManyIncidents, incidents.size());
  if (is_one && first.priority) dialog.target = first.priority->id;
  open_dialog(card, std::move(dialog), sources, context);
}

void open_take_shift(CardState& card, std::string_view level, const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  const pagerduty::OnCall* shift = shift_to_take(
      sources, current_user(context.broker, card.resolution.target->account), number_of(level));
  if (shift == nullptr) return;
  DialogState dialog = begin_dialog(verb_of(IntentKind::kOverride), level);
  dialog.target = shift->schedule.id;
  dialog.target_name =
      shift->schedule.summary.empty() ? service_name(card, sources) : shift->schedule.summary;
  dialog.incident_name = shift->user.name;  // instead of whom
  dialog.until = shift->end;
  open_dialog(card, std::move(dialog), sources, context);
}

void open_start_maintenance(CardState& card, std::string_view, const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  if (sources.service_id.empty()) return;
  open_dialog(card, begin_dialog(verb_of(IntentKind::kStartMaintenance)), sources, context);
}

void open_end_maintenance(CardState& card, std::string_view window, const Context& context) {
  if (!may_act(card, context)) return;
  const Sources sources = look_up(card, context.broker);
  if (sources.service_id.empty()) return;
  DialogState dialog = begin_dialog(verb_of(IntentKind::kEndMaintenance), window);
  dialog.target = window;
  open_dialog(card, std::move(dialog), sources, context);
}

// ---- Taking back ----

std::optional<UndoOffer> undo_of(const DialogState& dialog) {
  UndoOffer offer;
  offer.intent = dialog.intent;
  offer.incident_ids = dialog.incident_ids;
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
  DialogState dialog = begin_dialog(verb_of(card.undo->back));
  dialog.opener = "action:refresh";  // the offer itself is gone by then
  dialog.incident_ids = card.undo->incident_ids;
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
  const Incident* incident = find_incident(card, sources, context, incident_id);
  intent.subject = incident == nullptr ? dialog.incident_name : incident_name(*incident);
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
  intent.target = pagerduty::word_of(dialog.severity, pagerduty::kSeverityWords);
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
      if (dialog.choice.starts_with(kPolicyChoice)) {
        intent.policy = dialog.choice.substr(kPolicyChoice.size());
      } else {
        intent.person = dialog.choice;
      }
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
  std::vector<client::Intent> intents;
  const auto add = [&](const std::string& incident_id) {
    intents.push_back(make_intent(card, incident_id, sources, context));
    add_needs(intents.back(), card, context);
  };
  if (dialog.incident_ids.empty()) add({});
  for (const std::string& id : dialog.incident_ids) add(id);
  return intents;
}

}  // namespace pd::card

#include "card/verbs.h"

#include <algorithm>

#include "base/text.h"

namespace pd::card {
namespace {

using client::IntentKind;

constexpr std::int64_t kHour = 3600;

constexpr Verb kVerbs[] = {
    {IntentKind::kAcknowledge, "ack:", texts::kAcknowledgeTitle, texts::kAcknowledgeBody,
     texts::kAcknowledge, texts::kSaidAcknowledged, Need::kNothing, false},
    {IntentKind::kResolve, "resolve:", texts::kResolveTitle, texts::kResolveBody, texts::kResolve,
     texts::kSaidResolved, Need::kNothing, false},
    {IntentKind::kReopen, "reopen:", texts::kReopenTitle, texts::kReopenBody, texts::kReopen,
     texts::kSaidReopened, Need::kNothing, true},
    {IntentKind::kReassign, "reassign:", texts::kReassignTitle, texts::kReassignBody,
     texts::kReassign, texts::kSaidReassigned, Need::kPerson, true},
    {IntentKind::kEscalate, "escalate:", texts::kEscalateTitle, texts::kEscalateBody,
     texts::kEscalate, texts::kSaidEscalated, Need::kLevel, true},
    {IntentKind::kSetPriority, "priority:", texts::kPriorityTitle, texts::kPriorityBody,
     texts::kSetPriority, texts::kSaidPriority, Need::kPriority, false},
    {IntentKind::kSnooze, "snooze:", texts::kSnoozeTitle, texts::kSnoozeBody, texts::kSnooze,
     texts::kSaidSnoozed, Need::kDuration, false},
    {IntentKind::kAddNote, "note:", texts::kNoteTitle, texts::kNoteBody, texts::kAddNote,
     texts::kSaidNoted, Need::kText, false},
    {IntentKind::kAddResponder, "responder:", texts::kResponderTitle, texts::kResponderBody,
     texts::kAddResponder, texts::kSaidResponder, Need::kResponder, true},
    {IntentKind::kOverride, "take:", texts::kOverrideTitle, texts::kOverrideBody, texts::kTakeShift,
     texts::kSaidOverride, Need::kDuration, false},
    {IntentKind::kStartMaintenance, "maintenance:start", texts::kStartMaintenanceTitle,
     texts::kStartMaintenanceBody, texts::kStartMaintenance, texts::kSaidMaintenance,
     Need::kDuration, false},
    {IntentKind::kEndMaintenance, "maintenance:end:", texts::kEndMaintenanceTitle,
     texts::kEndMaintenanceBody, texts::kEndMaintenance, texts::kSaidMaintenanceEnded,
     Need::kNothing, false},
};

}  // namespace

const Verb& verb_of(IntentKind kind) {
  const auto found = std::ranges::find(kVerbs, kind, &Verb::kind);
  return found == std::end(kVerbs) ? kVerbs[0] : *found;
}

const Verb* incident_verb_of(std::string_view node) {
  const auto found = std::ranges::find_if(kVerbs, [node](const Verb& verb) {
    return client::is_of_incident(verb.kind) && node.starts_with(verb.node);
  });
  return found == std::end(kVerbs) ? nullptr : found;
}

std::vector<std::int64_t> durations_of(IntentKind kind) {
  switch (kind) {
    case IntentKind::kStartMaintenance: return {kHour / 2, kHour, 2 * kHour, 4 * kHour, 8 * kHour};
    case IntentKind::kOverride: return {kHour, 4 * kHour, 8 * kHour};
    default: return {kHour, 4 * kHour, 8 * kHour, 24 * kHour};
  }
}

bool lacks_something(const DialogState& dialog) {
  switch (verb_of(dialog.verb).need) {
    case Need::kNothing: return false;
    case Need::kText: return display_text(dialog.details).empty();
    case Need::kResponder: return dialog.choice.empty() || display_text(dialog.details).empty();
    default: return dialog.choice.empty();
  }
}

}  // namespace pd::card

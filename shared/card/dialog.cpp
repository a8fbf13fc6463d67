// The dialog of a card: what is asked before something is written, and how that goes.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "card/verbs.h"
#include "card/view_model_maker.h"
#include "card/words.h"

namespace pd::card {
namespace {

using client::IntentKind;

bool is_creation(const DialogState& state) { return state.verb == IntentKind::kTrigger; }

struct Wording {
  Text title, body, confirm;
};
Wording wording_of(const DialogState& state) {
  if (!is_creation(state)) {
    const Verb& verb = verb_of(state.verb);
    return {verb.title, verb.body, verb.confirm};
  }
  if (state.high_urgency) {
    return {texts::kConfirmTitle, texts::kConfirmBody, texts::kConfirmCreate};
  }
  return {texts::kConfirmLowTitle, texts::kConfirmLowBody, texts::kConfirmCreateLow};
}

ActionStyle style_of(const DialogState& state) {
  const bool pages = is_creation(state) || verb_of(state.verb).pages;
  return pages ? ActionStyle::kDanger : ActionStyle::kPrimary;
}

}  // namespace

PD_ENTERS_PART Dialog ViewModelMaker::dialog() const {
  if (!card_.dialog) return keys();
  const DialogState& state = *card_.dialog;
  Dialog dialog;
  dialog.id = "dialog:write";
  if (state.stage == DialogStage::kEdit) {
    fill_edit(dialog, state);
  } else {
    fill_confirm(dialog, state);
  }
  return dialog;
}

// What docs/keyboard.md says in full.
Dialog ViewModelMaker::keys() const {
  constexpr std::pair<const char*, Text> kKeys[] = {
      {"Tab", texts::kKeysTab},
      {"\xE2\x86\x91 \xE2\x86\x93", texts::kKeysUpDown},
      {"\xE2\x86\x90 \xE2\x86\x92", texts::kKeysLeftRight},
      {"Enter", texts::kKeysEnter},
      {"Esc", texts::kKeysEscape},
      {"?", texts::kKeysHelp}};
  Dialog dialog;
  dialog.id = "dialog:keys";
  dialog.title = text_of(texts::kKeys);
  for (const auto& [key, does] : kKeys) {
    const std::string id = "key:" + std::string(key);
    dialog.facts.push_back({id, key, {id + ":does", text_of(does), {}}, {}});
  }
  dialog.actions = list_of(make_action("dialog:close", texts::kClose, ActionStyle::kSecondary));
  dialog.initial_focus = "dialog:close";
  return dialog;
}

void ViewModelMaker::fill_edit(Dialog& dialog, const DialogState& state) const {
  dialog.title = text_of(texts::kCreateTitle);
  dialog.body = fill(texts::kCreateBody, {state.service_name});
  dialog.initial_focus = "field:title";
  Field title;
  title.id = "field:title";
  title.label = text_of(texts::kFieldTitle);
  title.value = state.title;
  title.placeholder = text_of(texts::kFieldTitlePlaceholder);
  title.help = std::to_string(utf16_length(state.title)) + " / " + std::to_string(kMaxTitleLength);
  title.max_length = kMaxTitleLength;
  title.required = true;
  if (state.title_missing) title.error = text_of(texts::kFieldTitleMissing);
  Field details;
  details.id = "field:details";
  details.kind = FieldKind::kMultiline;
  details.label = text_of(texts::kFieldDetails);
  details.value = state.details;
  details.placeholder = text_of(texts::kFieldDetailsPlaceholder);
  details.max_length = kMaxDetailsLength;
  dialog.fields.push_back(std::move(title));
  dialog.fields.push_back(std::move(details));
  dialog.fields.push_back(sources_.key_verified ? severity_field(state) : urgency_field(state));
  const auto* priorities =
      detail(client::Kind::kPriorities, {}).detail_as<std::vector<pagerduty::Priority>>();
  if (!sources_.key_verified && priorities != nullptr && !priorities->empty()) {
    Field priority = priority_field(state, texts::kNoPriority, *priorities);
    priority.required = false;
    dialog.fields.push_back(std::move(priority));
  }
  dialog.actions = list_of(make_action("dialog:close", texts::kCancel, ActionStyle::kSecondary),
                           make_action("dialog:next", texts::kContinue, ActionStyle::kPrimary));
}

Field ViewModelMaker::urgency_field(const DialogState& state) const {
  Field field;
  field.id = "field:urgency";
  field.kind = FieldKind::kChoice;
  field.label = text_of(texts::kFieldUrgency);
  field.choices = {{"choice:urgency:high", text_of(texts::kUrgencyHigh), state.high_urgency},
                   {"choice:urgency:low", text_of(texts::kUrgencyLow), !state.high_urgency}};
  return field;
}

// An event has a severity; what urgency that is, the service's settings say.
Field ViewModelMaker::severity_field(const DialogState& state) const {
  constexpr Text kLabels[] = {texts::kSeverityCritical, texts::kSeverityError,
                              texts::kSeverityWarning, texts::kSeverityInfo};
  Field field;
  field.id = "field:severity";
  field.kind = FieldKind::kChoice;
  field.label = text_of(texts::kFieldSeverity);
  for (std::size_t i = 0; i < std::size(kLabels); ++i) {
    field.choices.push_back({"choice:severity:" + std::string(pagerduty::kSeverityWords[i]),
                             text_of(kLabels[i]), static_cast<std::size_t>(state.severity) == i});
  }
  return field;
}

void ViewModelMaker::fill_confirm(Dialog& dialog, const DialogState& state) const {
  const Wording wording = wording_of(state);
  const bool creates = is_creation(state);
  dialog.title = fill(wording.title, {state.incident_name});
  dialog.body =
      creates ? confirm_words(state)
              : fill(wording.body,
                     {state.verb == IntentKind::kOverride ? state.target_name : state.service_name,
                      state.incident_name});
  if (state.stage != DialogStage::kConfirm) return add_progress(dialog, state);
  dialog.initial_focus = "dialog:confirm";
  dialog.actions =
      list_of(creates ? make_action("dialog:back", texts::kBack, ActionStyle::kSecondary)
                      : make_action("dialog:close", texts::kCancel, ActionStyle::kSecondary),
              make_action("dialog:confirm", wording.confirm, style_of(state)));
  if (!creates) add_need_fields(dialog, state);
}

// Asked, sent, failed or unconfirmed.
void ViewModelMaker::add_progress(Dialog& dialog, const DialogState& state) const {
  // What was sent cannot be taken back.
  const bool is_sent = state.stage != DialogStage::kAsking;
  dialog.actions.push_back(make_action("dialog:close", is_sent ? texts::kClose : texts::kCancel,
                                       ActionStyle::kSecondary));
  const auto notice = [&](Tone tone, Text title, std::string body) {
    dialog.notice = Notice{"dialog:notice", tone, text_of(title), std::move(body), {}, {}};
  };
  const std::string why = state.error      ? text_of(*state.error)
                          : state.obstacle ? text_of(*state.obstacle)
                                           : std::string();
  if (state.stage == DialogStage::kFailed) {
    notice(Tone::kCritical, texts::kFailed, why);
  } else if (state.stage == DialogStage::kUnconfirmed) {
    notice(Tone::kWarning, texts::kUnconfirmed,
           fill(texts::kSentences, {why, text_of(texts::kUnconfirmedBody)}));
  } else {
    Action confirm = make_action("dialog:confirm", wording_of(state).confirm, style_of(state));
    confirm.busy = true;
    confirm.enabled = false;
    dialog.actions.push_back(std::move(confirm));
    dialog.initial_focus = "dialog:close";
    const client::Intent* intent = broker_.intent(state.intent);
    if (intent == nullptr || !intent->error || !intent->check_at) return;
    return notice(Tone::kWarning, texts::kRateLimited,
                  fill(texts::kWillBeSentAgain,
                       {text_of(*intent->error), length(*intent->check_at - whole_minute(now_))}));
  }
  if (state.intent != 0) {
    dialog.actions.push_back(make_action("dialog:retry", texts::kRetry, ActionStyle::kPrimary));
  }
  dialog.initial_focus = dialog.actions.back().id;
}

// Names the service and who will be paged: what the viewer has to know before.
std::string ViewModelMaker::confirm_words(const DialogState& state) const {
  std::vector<std::string> first;
  if (sources_.on_calls != nullptr && sources_.on_calls->on_calls) {
    for (const Person& person : people_of("level:1", 1, *sources_.on_calls)) {
      first.push_back(person.name.text);
    }
  }
  const std::string who = first.empty() ? text_of(texts::kWhoeverIsOnCall) : names(first);
  std::string words = fill(wording_of(state).body, {state.service_name, who});
  if (!state.high_urgency && sources_.key_verified)
    words = fill(texts::kSentences, {words, text_of(texts::kConfirmLowByKey)});
  const bool is_in_maintenance = sources_.service != nullptr &&
                                 sources_.service->status == pagerduty::ServiceStatus::kMaintenance;
  if (is_in_maintenance) {
    words += "\n" + fill(texts::kLabelled,
                         {text_of(texts::kMaintenance), text_of(texts::kMaintenanceBody)});
  }
  return words + "\n" + fill(texts::kConfirmQuoted, {display_text(state.title, kMaxTitleLength)});
}

}  // namespace pd::card

// What a dialog asks besides a yes: a person or an escalation policy, a level, a priority, a length of time, words.
#include <algorithm>

#include "base/sort.h"
#include "card/verbs.h"
#include "card/view_model_maker.h"
#include "card/words.h"

namespace pd::card {
namespace {

using client::Answer;
using client::IntentKind;
using client::Kind;

constexpr std::string_view kOption = "choice:option:";
// So many are read faster side by side than in a list that opens.
constexpr std::size_t kMostRadios = 5;

Choice option(std::string_view value, std::string label) {
  return {std::string(kOption) + std::string(value), std::move(label), false};
}

}  // namespace

void ViewModelMaker::add_need_fields(Dialog& dialog, const DialogState& state) const {
  switch (verb_of(state.verb).need) {
    case Need::kNothing: return;
    case Need::kPerson: add_person_field(dialog, state); break;
    case Need::kResponder:
      add_responder_field(dialog, state);
      dialog.fields.push_back(text_field(state, texts::kFieldMessage, {}, true));
      break;
    case Need::kLevel:
      dialog.fields.push_back(
          choice_field(state, texts::kFieldLevel, std::nullopt, level_options()));
      break;
    case Need::kPriority: add_priority_field(dialog, state); break;
    case Need::kText:
      dialog.fields.push_back(text_field(state, texts::kFieldNote, {}, true));
      break;
    case Need::kDuration:
      dialog.fields.push_back(
          choice_field(state, texts::kFieldDuration, std::nullopt, duration_options(state)));
      if (state.verb == IntentKind::kStartMaintenance) {
        dialog.fields.push_back(
            text_field(state, texts::kFieldReason, texts::kFieldReasonPlaceholder, false));
      }
      break;
  }
  if (!dialog.fields.empty()) dialog.initial_focus = dialog.fields.front().id;
}

Field ViewModelMaker::text_field(const DialogState& state, Text label,
                                 std::optional<Text> placeholder, bool is_required) const {
  Field field;
  field.id = "field:details";
  field.kind = FieldKind::kMultiline;
  field.label = text_of(label);
  field.value = state.details;
  if (placeholder) field.placeholder = text_of(*placeholder);
  field.max_length = kMaxDetailsLength;
  field.required = is_required;
  const bool lacks_choice = state.choice.empty() && verb_of(state.verb).need != Need::kText;
  if (is_required && state.field_missing && !lacks_choice)
    field.error = text_of(texts::kTextMissing);
  return field;
}

// Few options, of which one is chosen from the start, are radios. Others are a list that opens; `blank`
// stands in it for no choice.
Field ViewModelMaker::choice_field(const DialogState& state, Text label, std::optional<Text> blank,
                                   std::vector<Choice> options) const {
  Field field;
  field.id = "field:choice";
  field.label = text_of(label);
  field.required = true;
  if (blank) options.insert(options.begin(), option("", text_of(*blank)));
  field.kind = blank || options.size() > kMostRadios ? FieldKind::kSelect : FieldKind::kChoice;
  const std::string chosen = option(state.choice, {}).id;
  for (Choice& choice : options) choice.selected = choice.id == chosen;
  if (field.kind == FieldKind::kSelect) field.value = chosen;
  field.choices = std::move(options);
  if (state.field_missing && state.choice.empty()) field.error = text_of(texts::kChoiceMissing);
  return field;
}

// Says how far the options are; empty when they are there.
std::string ViewModelMaker::options_help(const Answer& answer) const {
  if (answer.has_data()) return {};
  return answer.error ? fill(texts::kOptionsError, {text_of(*answer.error)})
                      : text_of(texts::kOptionsLoading);
}

// Who is on call comes first: they are who can help now.
std::vector<Choice> ViewModelMaker::person_options() const {
  std::vector<Choice> options;
  const auto add = [&](const std::string& id, const std::string& name) {
    Choice person = option(id, name.empty() ? id : name);
    const bool is_new = std::ranges::find(options, person.id, &Choice::id) == options.end();
    if (!id.empty() && is_new) options.push_back(std::move(person));
  };
  if (sources_.on_calls != nullptr && sources_.on_calls->on_calls) {
    for (const auto& on_call : *sources_.on_calls->on_calls) {
      add(on_call.user.id, on_call.user.name);
    }
  }
  const auto* users =
      detail(Kind::kUsers, team_of(sources_)).detail_as<std::vector<pagerduty::User>>();
  if (users == nullptr) return options;
  std::vector<const pagerduty::User*> sorted = pointers_to(*users);
  stable_sort(sorted,
              [](const pagerduty::User& a, const pagerduty::User& b) { return a.name < b.name; });
  for (const pagerduty::User* user : sorted) add(user->id, user->name);
  return options;
}

void ViewModelMaker::add_person_field(Dialog& dialog, const DialogState& state) const {
  Field field = choice_field(state, texts::kFieldPerson, texts::kChooseOne, person_options());
  field.help = options_help(detail(Kind::kUsers, team_of(sources_)));
  dialog.fields.push_back(std::move(field));
}

// A person, or whoever is on call for an escalation policy: any of the account's, since help comes
// from other teams, too.
void ViewModelMaker::add_responder_field(Dialog& dialog, const DialogState& state) const {
  std::vector<Choice> options = person_options();
  const Answer& answer = detail(Kind::kPolicies, {});
  if (const auto* policies = answer.detail_as<std::vector<pagerduty::EscalationPolicy>>()) {
    for (const pagerduty::EscalationPolicy& policy : *policies) {
      if (policy.id.empty()) continue;
      const std::string& name = policy.name.empty() ? policy.id : policy.name;
      options.push_back(option(std::string(kPolicyChoice) + policy.id,
                               fill(texts::kLabelled, {text_of(texts::kPolicyLabel), name})));
    }
  }
  Field field = choice_field(state, texts::kFieldResponder, texts::kChooseOne, std::move(options));
  field.help = options_help(detail(Kind::kUsers, team_of(sources_)));
  if (field.help.empty()) field.help = options_help(answer);
  dialog.fields.push_back(std::move(field));
}

Field ViewModelMaker::priority_field(const DialogState& state, Text blank,
                                     const std::vector<pagerduty::Priority>& priorities) const {
  std::vector<Choice> options;
  options.reserve(priorities.size() + 1);
  for (const pagerduty::Priority& priority : priorities) {
    options.push_back(
        option(priority.id, priority.description.empty()
                                ? priority.name
                                : fill(texts::kLabelled, {priority.name, priority.description})));
  }
  return choice_field(state, texts::kFieldPriority, blank, std::move(options));
}

void ViewModelMaker::add_priority_field(Dialog& dialog, const DialogState& state) const {
  const Answer& answer = detail(Kind::kPriorities, {});
  const auto* priorities = answer.detail_as<std::vector<pagerduty::Priority>>();
  Field field =
      priority_field(state, texts::kChooseOne,
                     priorities == nullptr ? std::vector<pagerduty::Priority>() : *priorities);
  field.help = options_help(answer);
  dialog.fields.push_back(std::move(field));
}

// Each level above the first, with who is there.
std::vector<Choice> ViewModelMaker::level_options() const {
  std::vector<Choice> options;
  const auto& policy = sources_.service->escalation_policy_detail;
  const std::size_t levels = policy ? policy->rules.size() : 0;
  for (std::size_t number = 1; number <= levels; ++number) {
    const std::string digits = std::to_string(number);
    std::vector<std::string> people;
    if (sources_.on_calls != nullptr && sources_.on_calls->on_calls) {
      for (const Person& person :
           people_of("level:" + digits, static_cast<std::int64_t>(number), *sources_.on_calls)) {
        people.push_back(person.name.text);
      }
    }
    options.push_back(option(digits, people.empty()
                                         ? fill(texts::kLevel, {digits})
                                         : fill(texts::kLevelChoice, {digits, names(people)})));
  }
  return options;
}

std::vector<Choice> ViewModelMaker::duration_options(const DialogState& state) const {
  std::vector<Choice> options;
  if (state.until) {
    options.push_back(
        option(kUntilEnd, fill(texts::kUntilShiftEnds, {moment(*state.until, server_now_)})));
  }
  for (const std::int64_t seconds : durations_of(state.verb)) {
    options.push_back(option(std::to_string(seconds), length(std::chrono::seconds{seconds})));
  }
  return options;
}

}  // namespace pd::card

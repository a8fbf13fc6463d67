// Who is on call, level by level, and who is next.
#include <algorithm>

#include "base/part.h"
#include "base/text.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;

constexpr std::int64_t kMostLevels = 20;
constexpr Duration kSameInstant = std::chrono::minutes{1};

// Addresses that need no encoding in "mailto:"; others stay text.
bool is_email(std::string_view text) {
  const auto at = text.find('@');
  constexpr std::string_view kOthers = "@.-_+'";
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() < 255 &&
         std::ranges::all_of(
             text,
             [&](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      kOthers.find(c) != std::string_view::npos;
             });
}

// Empty when `text` is no telephone number.
std::string phone_link(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
  }
  return digits.size() >= 5 && digits.size() <= 20 ? "tel:" + digits : std::string();
}

}  // namespace

// Initials: of the first and the last word. A name in a script that writes words together keeps one
// character.
std::string initials_of(std::string_view name) {
  const std::string_view trimmed = trim(name);
  if (trimmed.empty()) return "?";
  std::string initials(trimmed.substr(0, next_grapheme(trimmed, 0)));
  const std::size_t blank = trimmed.rfind(' ');
  if (blank != std::string_view::npos && static_cast<unsigned char>(trimmed.front()) < 0xE0) {
    const std::string_view word = trimmed.substr(blank + 1);
    initials += word.substr(0, next_grapheme(word, 0));
  }
  for (char& c : initials) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
  }
  return initials;
}

int hue_of(std::string_view id) {
  unsigned sum = 0;
  for (const char c : id) sum = sum * 31 + static_cast<unsigned char>(c);
  return static_cast<int>(sum % 8);
}

Section ViewModelMaker::on_call() const {
  Section section = make_section(SectionKind::kOnCall, "section:oncall", texts::kOnCall);
  const Answer* answer = sources_.on_calls;
  const bool has_no_policy = sources_.service != nullptr && answer == nullptr;
  if (has_no_policy) {
    set_empty(section, Tone::kWarning, texts::kNobody, text_of(texts::kNobodyBody));
    return section;
  }
  // Without the service there is no policy to ask about: its error is the section's.
  if (answer == nullptr) answer = sources_.service_answer();
  if (!begin_section(section, answer, texts::kOnCallError, "oncall")) return section;
  section.on_call = levels(*answer);
  if (!layout_is_small() || card_.config.layout == Layout::kOnCall) add_rota(section);
  if (section.on_call.empty()) {
    set_empty(section, Tone::kWarning, texts::kNobody, text_of(texts::kNobodyBody));
  }
  return section;
}

// One entry for each level of the policy, also those where nobody is: a gap is called one only when
// the whole list is known. Nothing at all when nobody is on call.
std::vector<OnCallLevel> ViewModelMaker::levels(const Answer& answer) const {
  if (sources_.service == nullptr) return {};
  const auto& policy = sources_.service->escalation_policy_detail;
  const std::int64_t rules = policy ? static_cast<std::int64_t>(policy->rules.size()) : 0;
  std::int64_t highest = 0;
  for (const pagerduty::OnCall& on_call : *answer.on_calls) {
    if (is_on_call(on_call, *answer.fetched_at)) highest = std::max(highest, on_call.level);
  }
  if (highest == 0) return {};
  highest = std::min(std::max(highest, rules), kMostLevels);
  std::vector<OnCallLevel> levels;
  for (std::int64_t number = 1; number <= highest; ++number) {
    const std::string digits = std::to_string(number);
    OnCallLevel level;
    level.id = "level:" + digits;
    level.label = fill(texts::kLevel, {digits});
    level.primary = number == 1;
    const bool escalates = number <= rules && number < highest;
    const std::int64_t delay =
        escalates ? policy->rules[static_cast<std::size_t>(number - 1)].delay_minutes : 0;
    if (delay > 0) {
      level.detail = fill(texts::kEscalatesAfter, {length(std::chrono::minutes{delay})});
    }
    level.people = people_of(level.id, number, answer);
    if (level.people.empty() && answer.truncated) continue;
    if (level.people.empty()) level.gap = fill(texts::kGap, {digits});
    level.next = next_at(number, answer);
    if (card_.browsing.rota) level.actions = shift_actions(number);
    levels.push_back(std::move(level));
  }
  return levels;
}

// Who takes over when the shift ends that ends first.
std::string ViewModelMaker::next_at(std::int64_t number, const Answer& answer) const {
  if (sources_.next_on_calls == nullptr || !sources_.next_on_calls->on_calls) return {};
  std::optional<Time> ends;
  for (const pagerduty::OnCall& on_call : *answer.on_calls) {
    if (on_call.level != number || !is_on_call(on_call, *answer.fetched_at)) continue;
    if (on_call.end && (!ends || *on_call.end < *ends)) ends = on_call.end;
  }
  const pagerduty::OnCall* next = nullptr;
  for (const pagerduty::OnCall& on_call : *sources_.next_on_calls->on_calls) {
    const bool is_later = on_call.level == number && on_call.start &&
                          *on_call.start > server_now_ &&
                          (!ends || *on_call.start >= *ends - kSameInstant);
    if (is_later && (next == nullptr || on_call.start < next->start)) next = &on_call;
  }
  if (next == nullptr) return {};
  const std::string& name = next->user.name.empty() ? next->user.id : next->user.name;
  return fill(texts::kNextOnCall, {name, moment(*next->start, server_now_)});
}

// A shift of a schedule can be taken by who looks at it, when that is somebody else's.
PD_ENTERS_PART std::vector<Action> ViewModelMaker::shift_actions(std::int64_t number) const {
  std::vector<Action> actions;
  const pagerduty::User* me = current_user(broker_, account_.name);
  const pagerduty::OnCall* shift = shift_to_take(sources_, me, number);
  if (card_.config.read_only || shift == nullptr) return actions;
  Action take = verb_action(verb_of(client::IntentKind::kOverride), std::to_string(number),
                            shift->schedule.summary);
  take.icon = Icon::kCalendar;
  actions.push_back(std::move(take));
  return actions;
}

// The time on their clock, when it is another than the viewer's.
std::string ViewModelMaker::local_time_of(const pagerduty::User& user) const {
  const std::string theirs = language_.clock_in(server_now_, user.time_zone);
  if (theirs.empty() || theirs == clock(server_now_)) return {};
  return fill(texts::kLocalTime, {theirs});
}

// People of a level, each once, with the shift that ends last; as of the answer: who is on call
// after a shift that has ended since is not known before the next one.
std::vector<Person> ViewModelMaker::people_of(const std::string& level, std::int64_t number,
                                              const Answer& answer) const {
  std::vector<const pagerduty::OnCall*> chosen;
  for (const pagerduty::OnCall& on_call : *answer.on_calls) {
    if (on_call.level != number || !is_on_call(on_call, *answer.fetched_at)) continue;
    const auto same = std::ranges::find_if(chosen, [&](const pagerduty::OnCall* other) {
      return other->user.id == on_call.user.id && other->user.name == on_call.user.name;
    });
    if (same == chosen.end()) {
      chosen.push_back(&on_call);
    } else if ((*same)->end && (!on_call.end || *on_call.end > *(*same)->end)) {
      *same = &on_call;
    }
  }
  std::vector<Person> people;
  people.reserve(chosen.size());
  for (const pagerduty::OnCall* on_call : chosen) people.push_back(person(level, *on_call));
  return people;
}

Person ViewModelMaker::person(const std::string& level, const pagerduty::OnCall& on_call) const {
  const pagerduty::User& user = on_call.user;
  const std::string name = user.name.empty() ? user.id : user.name;
  Person person;
  person.id = level + ":" + user.id;
  person.name = page_link(person.id + ":name", name, user.html_url);
  person.initials = initials_of(name);
  person.hue = hue_of(user.id);
  person.until = on_call.end ? fill(texts::kUntil, {moment(*on_call.end, server_now_)})
                             : text_of(texts::kAlways);
  person.local_time = local_time_of(user);
  if (is_email(user.email)) {
    person.contacts.push_back(
        {person.id + ":mail", fill(texts::kEmail, {name}), "mailto:" + user.email});
  }
  if (const std::string href = phone_link(user.phone); !href.empty()) {
    person.contacts.push_back({person.id + ":phone", fill(texts::kCall, {name}), href});
  }
  return person;
}

}  // namespace pd::card

// The sections of a card: incidents, changes, who is on call.
#include <algorithm>

#include "base/text.h"
#include "card/view_model_maker.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

using client::Answer;
using client::IntentState;
using pagerduty::IncidentStatus;

constexpr std::int64_t kMostLevels = 20;
// From this age on, a section says by itself how old it is.
constexpr Duration kOld = std::chrono::minutes{10};

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

std::string join_meta(std::string meta, const std::string& more) {
  if (!meta.empty() && !more.empty()) meta += " \xC2\xB7 ";
  return meta + more;
}

std::vector<std::string> people_in(const std::vector<pagerduty::Assignment>& assignments) {
  std::vector<std::string> people;
  for (const auto& [user, at] : assignments) {
    const bool is_new = std::ranges::find(people, user.summary) == people.end();
    if (!user.summary.empty() && is_new) people.push_back(user.summary);
  }
  return people;
}

bool is_on_call(const pagerduty::OnCall& on_call, Time at) {
  return (!on_call.start || *on_call.start <= at) && (!on_call.end || *on_call.end > at);
}

}  // namespace

Section ViewModelMaker::make_section(SectionKind kind, std::string id, Text title) const {
  Section section;
  section.kind = kind;
  section.id = std::move(id);
  section.title = text_of(title);
  return section;
}

void ViewModelMaker::set_empty(Section& section, Tone tone, Text title, std::string body) const {
  if (section.notice) return;  // a stale nothing says that first
  section.state = SectionState::kEmpty;
  section.notice = Notice{section.id + ":empty", tone, text_of(title), std::move(body), {}, {}};
}

// With nothing known and nobody to ask, the notice above says it all.
void ViewModelMaker::make_sections() {
  if (!card_.resolution.target) return;
  const Answer* service = sources_.service_answer();
  const Answer* rows = sources_.incidents;
  const bool is_lost = service != nullptr && service->error.has_value() &&
                       (rows == nullptr || rows->error.has_value());
  if (!is_something_known() && (is_lost || !may_ask())) return;
  for (const SectionKind kind : sections_of(card_.config)) {
    switch (kind) {
      case SectionKind::kIncidents: model_.sections.push_back(incidents()); break;
      case SectionKind::kChanges: model_.sections.push_back(changes()); break;
      case SectionKind::kOnCall: model_.sections.push_back(on_call()); break;
      case SectionKind::kStatus:
      case SectionKind::kInsights:
      case SectionKind::kStandards:
      case SectionKind::kServices: break;
    }
  }
  make_tabs();
}

void ViewModelMaker::make_tabs() {
  if (card_.config.layout != Layout::kFull) return;
  const auto is_tab = [](const Section& section) {
    return section.kind == SectionKind::kIncidents || section.kind == SectionKind::kChanges;
  };
  if (std::ranges::count_if(model_.sections, is_tab) < 2) return;
  for (const Section& section : model_.sections) {
    if (!is_tab(section)) continue;
    const bool is_changes = section.kind == SectionKind::kChanges;
    model_.tabs.push_back({is_changes ? "tab:changes" : "tab:incidents", section.title,
                           section.count, section.id, section.kind == card_.tab});
  }
}

// What a section's answer says besides its rows. True: there are rows to make.
bool ViewModelMaker::begin_section(Section& section, const Answer* answer, Text error_title,
                                   const std::string& retry) const {
  if (answer == nullptr || (!answer->has_data() && !answer->error)) {
    if (may_ask()) return false;  // loading
    section.state = SectionState::kError;
    section.notice = Notice{section.id + ":error",
                            Tone::kNeutral,
                            text_of(error_title),
                            text_of(texts::kNotAsked),
                            {},
                            {}};
    return false;
  }
  if (!answer->has_data()) {
    section.state = SectionState::kError;
    section.notice = Notice{
        section.id + ":error", Tone::kWarning, text_of(error_title), text_of(*answer->error), {},
        {retry_action(retry)}};
    return false;
  }
  section.state = SectionState::kReady;
  const std::string read = age(*answer->fetched_at, now_);
  if (now_ - *answer->fetched_at >= kOld) section.age = fill(texts::kSectionAge, {read});
  // What keeps the whole card from asking is said above.
  const bool is_own_error =
      answer->error && may_ask() && answer->error->code != ErrorCode::kRateLimited;
  if (is_own_error) {
    section.notice =
        Notice{section.id + ":stale",
               Tone::kWarning,
               text_of(error_title),
               fill(texts::kSentences, {text_of(*answer->error), fill(texts::kStale, {read})}),
               {},
               {retry_action(retry)}};
  }
  return true;
}

// ---- Incidents ----

Section ViewModelMaker::incidents() const {
  Section section = make_section(SectionKind::kIncidents, "section:incidents", texts::kIncidents);
  for (const client::Intent* intent : open_intents()) {
    const bool is_here = client::is_creation(intent->kind) &&
                         intent->service_id == sources_.service_id &&
                         intent->state != IntentState::kFailed;
    if (is_here) section.incidents.push_back(write_row(*intent));
  }
  if (!begin_section(section, sources_.incidents, texts::kIncidentsError, "incidents")) {
    return section;
  }
  std::vector<const pagerduty::Incident*> sorted;
  for (const pagerduty::Incident& incident : *sources_.incidents->incidents) {
    sorted.push_back(&incident);
  }
  std::ranges::stable_sort(sorted, [](const auto* a, const auto* b) {
    if (a->status != b->status) return a->status < b->status;  // triggered before acknowledged
    return a->created_at > b->created_at;
  });
  for (const pagerduty::Incident* incident : sorted) {
    section.incidents.push_back(incident_row(*incident));
  }
  section.count = std::to_string(sorted.size()) + (sources_.incidents->truncated ? "+" : "");
  if (section.incidents.empty()) {
    const bool has_last = sources_.service != nullptr && sources_.service->last_incident_at;
    set_empty(section, Tone::kOk, texts::kNoIncidents,
              has_last ? fill(texts::kLastIncident,
                              {age(*sources_.service->last_incident_at, server_now_)})
                       : text_of(texts::kQuiet));
  }
  return section;
}

// A creation that PagerDuty does not show yet.
IncidentRow ViewModelMaker::write_row(const client::Intent& intent) const {
  IncidentRow row;
  row.id = "write:" + std::to_string(intent.id);
  row.title = {row.id + ":title", intent.subject, {}};
  row.pending = true;
  switch (intent.state) {
    case IntentState::kAccepted:
      row.status = {text_of(texts::kAccepted), Tone::kInfo, true, {}};
      row.meta = text_of(texts::kAcceptedBody);
      break;
    case IntentState::kUnconfirmed:
      row.status = {text_of(texts::kUnconfirmed), Tone::kWarning, true, {}};
      row.meta = text_of(texts::kUnconfirmedMeta);
      break;
    case IntentState::kPending:
    case IntentState::kSeen:
    case IntentState::kFailed:
      row.status = {text_of(texts::kSending), Tone::kNeutral, true, {}};
      row.meta = text_of(texts::kSendingBody);
      break;
  }
  return row;
}

IncidentRow ViewModelMaker::incident_row(const pagerduty::Incident& incident) const {
  const bool is_triggered = incident.status == IncidentStatus::kTriggered;
  IncidentRow row;
  row.id = "incident:" + incident.id;
  if (incident.number > 0) row.number = "#" + std::to_string(incident.number);
  row.title = page_link(row.id + ":title", incident.title.empty() ? incident.id : incident.title,
                        incident.html_url);
  row.tone = is_triggered ? Tone::kCritical : Tone::kWarning;
  row.status = {
      text_of(is_triggered ? texts::kTriggered : texts::kAcknowledged), row.tone, false, {}};
  if (incident.urgency != pagerduty::Urgency::kUnknown) {
    const bool is_high = incident.urgency == pagerduty::Urgency::kHigh;
    row.urgency = Badge{text_of(is_high ? texts::kHighUrgency : texts::kLowUrgency),
                        is_high ? Tone::kCritical : Tone::kNeutral,
                        true,
                        {}};
  }
  if (incident.priority) {
    row.priority = Badge{incident.priority->name, Tone::kNeutral, false, incident.priority->color};
  }
  row.meta = incident_meta(incident);
  add_incident_actions(row, incident);
  return row;
}

std::string ViewModelMaker::incident_meta(const pagerduty::Incident& incident) const {
  const std::vector<std::string> acknowledgers = people_in(incident.acknowledgements);
  const std::vector<std::string> assignees = people_in(incident.assignments);
  const std::string who = !acknowledgers.empty()
                              ? fill(texts::kAcknowledgedBy, {names(acknowledgers)})
                          : !assignees.empty() ? fill(texts::kAssignedTo, {names(assignees)})
                                               : text_of(texts::kNotAssigned);
  return join_meta(incident.created_at ? age(*incident.created_at, server_now_) : std::string(),
                   who);
}

void ViewModelMaker::add_incident_actions(IncidentRow& row,
                                          const pagerduty::Incident& incident) const {
  if (card_.config.read_only) return;
  const bool is_busy = is_being_written(broker_, incident.id);
  const std::optional<Text> obstacle = act_obstacle(account_, broker_);
  const auto add = [&](const std::string& prefix, Text label) {
    Action action = make_action(prefix + incident.id, label, ActionStyle::kSecondary);
    action.name = fill(texts::kActionOn, {action.label, incident_name(incident)});
    action.enabled = !obstacle && !is_busy;
    if (obstacle) action.reason = text_of(*obstacle);
    action.busy = is_busy;
    row.actions.push_back(std::move(action));
  };
  if (incident.status == IncidentStatus::kTriggered) add("ack:", texts::kAcknowledge);
  add("resolve:", texts::kResolve);
}

// ---- Changes ----

Section ViewModelMaker::changes() const {
  Section section = make_section(SectionKind::kChanges, "section:changes", texts::kChanges);
  if (!begin_section(section, sources_.changes, texts::kChangesError, "changes")) return section;
  for (const pagerduty::ChangeEvent& change : *sources_.changes->changes) {
    section.changes.push_back(change_row(change));
  }
  section.count = std::to_string(section.changes.size());
  if (section.changes.empty()) {
    set_empty(section, Tone::kNeutral, texts::kNoChanges, text_of(texts::kNoChangesBody));
  }
  return section;
}

ChangeRow ViewModelMaker::change_row(const pagerduty::ChangeEvent& change) const {
  ChangeRow row;
  row.id = "change:" + change.id;
  row.summary = page_link(row.id + ":summary", change.summary.empty() ? change.id : change.summary,
                          change.html_url);
  row.meta = join_meta(change.at ? age(*change.at, server_now_) : std::string(), change.source);
  for (const auto& [href, text] : change.links) {
    if (!pagerduty::is_safe_web_link(href)) continue;
    const std::string label = text.empty() ? display_text(href, 80) : text;
    // Whoever holds an integration key writes these: an address of another host is shown, not linked.
    const bool shows_address = !text.empty() && !pagerduty::is_pagerduty_page(href);
    row.links.push_back(page_link(row.id + ":link:" + std::to_string(row.links.size()),
                                  shows_address ? label + ": " + display_text(href, 80) : label,
                                  href));
  }
  return row;
}

// ---- On call ----

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
  if (section.on_call.empty()) {
    set_empty(section, Tone::kWarning, texts::kNobody, text_of(texts::kNobodyBody));
  }
  return section;
}

// One entry for each level of the policy, also those where nobody is: a gap is called one only when
// the whole list is known. Nothing at all when nobody is on call.
std::vector<OnCallLevel> ViewModelMaker::levels(const Answer& answer) const {
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
    if (delay > 0)
      level.detail = fill(texts::kEscalatesAfter, {length(std::chrono::minutes{delay})});
    level.people = people_of(level.id, number, answer);
    if (level.people.empty() && answer.truncated) continue;
    if (level.people.empty()) level.gap = fill(texts::kGap, {digits});
    levels.push_back(std::move(level));
  }
  return levels;
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

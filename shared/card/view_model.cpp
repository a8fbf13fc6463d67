#include "card/view_model.h"

#include <algorithm>

#include "base/text.h"
#include "card/reducer.h"
#include "card/texts.h"
#include "card/view_model_maker.h"
#include "card/words.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

using client::Answer;
using client::IntentKind;
using pagerduty::IncidentStatus;
using pagerduty::ServiceStatus;

constexpr int kMaxTitle = 1024;
constexpr int kMaxDetails = 8192;

std::string text_of(std::string_view text) { return std::string(text); }

Link page_link(std::string id, std::string text, const std::string& url) {
  return {std::move(id), std::move(text), pagerduty::is_pagerduty_page(url) ? url : std::string()};
}

Tone tone_of(ServiceStatus status) {
  switch (status) {
    case ServiceStatus::kActive: return Tone::kOk;
    case ServiceStatus::kWarning: return Tone::kWarning;
    case ServiceStatus::kCritical: return Tone::kCritical;
    case ServiceStatus::kMaintenance: return Tone::kMaintenance;
    case ServiceStatus::kDisabled: return Tone::kDisabled;
    case ServiceStatus::kUnknown: break;
  }
  return Tone::kNeutral;
}

// The open incidents are asked for more often than the service: they say first that it is warning or critical.
ServiceStatus status_of(const pagerduty::Service& service, const Answer* incidents) {
  const bool fixed = service.status == ServiceStatus::kMaintenance || service.status == ServiceStatus::kDisabled;
  if (fixed || incidents == nullptr || !incidents->incidents) return service.status;
  const auto has = [&](IncidentStatus status) {
    return std::ranges::any_of(*incidents->incidents, [&](const pagerduty::Incident& i) { return i.status == status; });
  };
  if (has(IncidentStatus::kTriggered)) return ServiceStatus::kCritical;
  return has(IncidentStatus::kAcknowledged) ? ServiceStatus::kWarning : ServiceStatus::kActive;
}

// Initials: of the first and the last word.
std::string initials_of(std::string_view name) {
  std::string initials;
  std::size_t last = std::string_view::npos;
  const std::string_view trimmed = trim(name);
  if (trimmed.empty()) return "?";
  initials = trimmed.substr(0, next_grapheme(trimmed, 0));
  last = trimmed.rfind(' ');
  // A name without blanks, or in a script that writes words together, keeps one character.
  if (last != std::string_view::npos && static_cast<unsigned char>(trimmed.front()) < 0xE0) {
    const std::string_view word = trimmed.substr(last + 1);
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

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() < 255 &&
         std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@' || c == '.' || c == '-' ||
                  c == '_' || c == '+' || c == '\'';
         });
}
std::string phone_link(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
  }
  return digits.size() >= 5 && digits.size() <= 20 ? "tel:" + digits : std::string();
}

// Makes one card's view model; the parts below share what they read.
class Maker {
 public:
  Maker(const CardState& card, const client::Broker& broker, const AccountState& account, Time now)
      : card_(card), broker_(broker), account_(account), now_(now), sources_(look_up(card, broker)) {}

  ViewModel make() {
    model_.layout = card_.config.layout;
    model_.lang = card_.config.lang;
    make_header();
    model_.name = fill(texts::kCardName, {model_.header.title.text});
    make_notices();
    if (card_.resolution.target && can_show_sections()) make_sections();
    if (card_.dialog) make_dialog();
    const Answer* first = sources_.service_answer();
    model_.busy = waits_for_entity() || (first != nullptr && first->loading && !first->has_data());
    return std::move(model_);
  }

 private:
  const CardState& card_;
  const client::Broker& broker_;
  const AccountState& account_;
  Time now_;
  Sources sources_;
  ViewModel model_;

  bool waits_for_entity() const {
    return card_.config.expects_entity && !card_.entity && !card_.entity_error && !card_.resolution.target;
  }
  bool is_refused() const {
    const Answer* answer = sources_.service_answer();
    return answer != nullptr && answer->error &&
           (answer->error->code == ErrorCode::kUnauthorized || answer->error->code == ErrorCode::kNoCredentials);
  }
  // With nothing known and nobody to ask there is one notice, not three.
  bool can_show_sections() const {
    const Answer* answer = sources_.service_answer();
    const bool lost = answer != nullptr && answer->error && !answer->has_data() && sources_.service == nullptr;
    const bool has_rows = sources_.incidents != nullptr && sources_.incidents->has_data();
    return !(lost && (is_refused() || !has_rows));
  }

  // ---- Header ----

  std::string service_name() const {
    if (sources_.service != nullptr && !sources_.service->name.empty()) return sources_.service->name;
    if (card_.entity) return card_.entity->title.empty() ? display_text(card_.entity->name, 120) : card_.entity->title;
    return card_.resolution.target && !card_.resolution.target->service_id.empty() ? card_.resolution.target->service_id
                                                                                    : text_of(texts::kUnknownService);
  }

  void make_header() {
    Header& header = model_.header;
    header.title = page_link("header:title", service_name(), sources_.service != nullptr ? sources_.service->html_url : "");
    if (card_.entity) header.subtitle = display_text(card_.entity->entity_ref, 200);
    if (sources_.service != nullptr && !sources_.service->teams.empty()) {
      std::vector<std::string> teams;
      for (const auto& team : sources_.service->teams) teams.push_back(team.summary);
      header.subtitle += (header.subtitle.empty() ? "" : " \xC2\xB7 ") + names(teams);
    }
    if (sources_.service != nullptr) {
      const ServiceStatus status = status_of(*sources_.service, sources_.incidents);
      header.status = Badge{text_of(texts::kStatusWords[static_cast<std::size_t>(status)]), tone_of(status), false, {}};
    }
    const Answer* freshest = sources_.incidents != nullptr ? sources_.incidents : sources_.service_answer();
    if (freshest != nullptr && freshest->fetched_at) {
      header.updated = fill(texts::kUpdated, {age(*freshest->fetched_at, now_)});
      header.stale = freshest->error.has_value() || !broker_.is_online();
    }
    if (!card_.resolution.target) return;
    if (!card_.config.read_only && !is_refused()) header.actions.push_back(create_action());
    Action refresh{"action:refresh", text_of(texts::kRefresh), {}, ActionStyle::kQuiet, Icon::kRefresh, true, true, {}, false};
    if (card_.config.layout != Layout::kTrigger) header.actions.push_back(std::move(refresh));
  }

  Action create_action() const {
    Action action{"action:create", text_of(texts::kCreate), {}, ActionStyle::kPrimary, Icon::kAdd, false, true, {}, false};
    action.reason = write_obstacle();
    action.enabled = action.reason.empty();
    return action;
  }

  // Why nothing can be written; empty = it can.
  std::string write_obstacle() const {
    if (!account_.may_write) return text_of(texts::kMayNotWrite);
    if (sources_.service_id.empty()) return text_of(texts::kServiceUnknown);
    const bool disabled = sources_.service != nullptr && sources_.service->status == ServiceStatus::kDisabled;
    return disabled ? text_of(texts::kServiceDisabled) : std::string();
  }

  // ---- Notices ----

  void add_notice(std::string id, Tone tone, std::string title, std::string body, std::vector<Action> actions = {}) {
    model_.notices.push_back({std::move(id), tone, std::move(title), std::move(body), {}, std::move(actions)});
  }

  static Action retry_action(const std::string& what) {
    return {"retry:" + what, text_of(texts::kRetry), {}, ActionStyle::kSecondary, Icon::kRefresh, false, true, {}, false};
  }

  void make_notices() {
    if (card_.entity_error) add_notice("notice:entity", Tone::kWarning, text_of(texts::kEntityError), card_.entity_error->message);
    add_annotation_notices();
    if (card_.resolution.target) add_connection_notice();
    if (sources_.key_mismatch) {
      add_notice("notice:key", Tone::kWarning, text_of(texts::kKeyMismatch), fill(texts::kKeyMismatchBody, {sources_.service->name}));
    }
    if (sources_.found_by_key) {
      add_notice("notice:found-by-key", Tone::kWarning, text_of(texts::kFoundByKey),
                 fill(texts::kFoundByKeyBody, {card_.resolution.target->service_id, sources_.service->name}));
    }
    add_pending_notices();
  }

  void add_annotation_notices() {
    for (const entity::Diagnostic& diagnostic : card_.resolution.diagnostics) {
      if (diagnostic.severity == entity::Severity::kInfo) continue;
      const Tone tone = diagnostic.severity == entity::Severity::kError ? Tone::kCritical : Tone::kWarning;
      // What does not keep the card from working is not shouted about.
      if (card_.resolution.target && tone == Tone::kWarning && diagnostic.code != entity::DiagnosticCode::kNearMiss) continue;
      add_notice("notice:annotation:" + std::to_string(model_.notices.size()), card_.resolution.target ? Tone::kWarning : tone,
                 text_of(texts::kAnnotationProblem), diagnostic.message);
    }
    const bool nothing_loaded = !card_.entity && card_.config.expects_entity;
    if (card_.resolution.target || nothing_loaded) return;
    Notice notice{"notice:not-annotated", Tone::kInfo, text_of(texts::kNotAnnotated), {}, annotation_to_add(), {}};
    notice.body = fill(texts::kNotAnnotatedBody, {card_.entity ? std::string_view(card_.entity->entity_ref) : texts::kThisEntity});
    notice.actions.push_back({"copy:yaml", text_of(card_.copied ? texts::kCopied : texts::kCopy), {}, ActionStyle::kSecondary,
                              card_.copied ? Icon::kCheck : Icon::kCopy, false, true, {}, false});
    model_.notices.push_back(std::move(notice));
  }

  void add_connection_notice() {
    const Answer* answer = sources_.service_answer();
    const bool known = answer != nullptr && answer->has_data();
    if (!broker_.is_online()) {
      return add_notice("notice:offline", Tone::kNeutral, text_of(texts::kOffline),
                        known ? fill(texts::kOfflineBody, {age(*answer->fetched_at, now_)}) : text_of(texts::kOfflineEmptyBody));
    }
    if (const auto until = broker_.paused_until(account_.name, now_)) {
      return add_notice("notice:rate-limited", Tone::kWarning, text_of(texts::kRateLimited),
                        fill(texts::kRateLimitedBody, {length(*until - whole_minute(now_))}));
    }
    if (answer == nullptr || !answer->error) return;
    if (answer->error->code == ErrorCode::kNoCredentials) {
      return add_notice("notice:not-connected", Tone::kInfo, text_of(texts::kNotConnected), text_of(texts::kNotConnectedBody));
    }
    if (answer->error->code == ErrorCode::kUnauthorized) {
      return add_notice("notice:unauthorized", Tone::kCritical, text_of(texts::kUnauthorized),
                        fill(texts::kUnauthorizedBody, {account_.region == Region::kEu ? "EU" : "US"}), {retry_action("service")});
    }
    add_notice("notice:service", Tone::kCritical, text_of(texts::kServiceError), answer->error->message, {retry_action("service")});
  }

  // Writes whose dialog is closed and that went wrong.
  void add_pending_notices() {
    for (const PendingWrite& write : card_.pending) {
      const client::Intent* intent = broker_.intent(write.intent);
      if (intent == nullptr) continue;
      const bool failed = intent->state == client::IntentState::kFailed;
      if (!failed && intent->state != client::IntentState::kUnconfirmed) continue;
      const std::string id = std::to_string(write.intent);
      std::string body = write.title.empty() ? std::string() : fill(texts::kConfirmQuoted, {write.title}) + " ";
      body += failed && intent->error ? intent->error->message : text_of(texts::kUnconfirmedBody);
      add_notice("notice:write:" + id, failed ? Tone::kCritical : Tone::kWarning,
                 text_of(failed ? texts::kFailed : texts::kUnconfirmedTitle), std::move(body),
                 {{"retry-write:" + id, text_of(texts::kRetry), {}, ActionStyle::kSecondary, Icon::kRefresh, false, true, {}, false},
                  {"dismiss-write:" + id, "Dismiss", {}, ActionStyle::kQuiet, Icon::kNone, false, true, {}, false}});
    }
  }

  // ---- Sections ----

  void make_sections() {
    for (const SectionKind kind : sections_of(card_.config)) {
      switch (kind) {
        case SectionKind::kIncidents: model_.sections.push_back(incidents()); break;
        case SectionKind::kChanges: model_.sections.push_back(changes()); break;
        case SectionKind::kOnCall: model_.sections.push_back(on_call()); break;
        case SectionKind::kStatus:
        case SectionKind::kInsights:
        case SectionKind::kStandards: break;
      }
    }
    make_tabs();
  }

  void make_tabs() {
    if (card_.config.layout != Layout::kFull) return;
    const auto find = [&](SectionKind kind) { return std::ranges::find(model_.sections, kind, &Section::kind); };
    const auto incidents = find(SectionKind::kIncidents);
    const auto changes = find(SectionKind::kChanges);
    if (incidents == model_.sections.end() || changes == model_.sections.end()) return;
    model_.tabs.push_back({"tab:incidents", incidents->title, incidents->count, incidents->id, card_.tab == SectionKind::kIncidents});
    model_.tabs.push_back({"tab:changes", changes->title, changes->count, changes->id, card_.tab == SectionKind::kChanges});
    if (changes < incidents) std::swap(model_.tabs[0], model_.tabs[1]);
  }

  // What a section's answer says besides its rows. True: there are rows to make.
  bool begin_section(Section& section, const Answer* answer, std::string_view error_title, const std::string& retry) const {
    if (answer == nullptr || (!answer->has_data() && !answer->error)) {
      section.state = SectionState::kLoading;
      return false;
    }
    if (answer->has_data()) {
      section.state = SectionState::kReady;
      if (answer->error && answer->error->code != ErrorCode::kRateLimited && broker_.is_online()) {
        section.notice = Notice{section.id + ":stale", Tone::kWarning, text_of(error_title),
                                answer->error->message + " " + fill(texts::kStale, {age(*answer->fetched_at, now_)}), {}, {retry_action(retry)}};
      }
      return true;
    }
    section.state = SectionState::kError;
    section.notice = Notice{section.id + ":error", Tone::kWarning, text_of(error_title), answer->error->message, {}, {retry_action(retry)}};
    return false;
  }

  Section incidents() const {
    Section section;
    section.id = "section:incidents";
    section.kind = SectionKind::kIncidents;
    section.title = texts::kIncidents;
    for (const PendingWrite& write : card_.pending) {
      if (write.verb == IntentKind::kTrigger) add_pending_row(section, write);
    }
    if (!begin_section(section, sources_.incidents, texts::kIncidentsError, "incidents")) return section;
    std::vector<const pagerduty::Incident*> sorted;
    for (const pagerduty::Incident& incident : *sources_.incidents->incidents) sorted.push_back(&incident);
    std::ranges::stable_sort(sorted, [](const auto* a, const auto* b) {
      if (a->status != b->status) return a->status < b->status;   // triggered before acknowledged
      return a->created_at > b->created_at;
    });
    for (const pagerduty::Incident* incident : sorted) section.incidents.push_back(incident_row(*incident));
    section.count = std::to_string(section.incidents.size()) + (sources_.incidents->truncated ? "+" : "");
    if (section.incidents.empty() && !section.notice) {
      section.state = SectionState::kEmpty;
      section.notice = Notice{"section:incidents:empty", Tone::kOk, text_of(texts::kNoIncidents), quiet_words(), {}, {}};
    }
    return section;
  }

  std::string quiet_words() const {
    if (sources_.service == nullptr || !sources_.service->last_incident_at) return text_of(texts::kQuiet);
    return fill(texts::kLastIncident, {age(*sources_.service->last_incident_at, now_)});
  }

  void add_pending_row(Section& section, const PendingWrite& write) const {
    const client::Intent* intent = broker_.intent(write.intent);
    if (intent == nullptr || intent->state == client::IntentState::kSeen || intent->state == client::IntentState::kFailed) return;
    const bool unconfirmed = intent->state == client::IntentState::kUnconfirmed;
    IncidentRow row;
    row.id = "pending:" + std::to_string(write.intent);
    row.title = {row.id + ":title", display_text(write.title, kMaxTitle), {}};
    row.status = {text_of(unconfirmed ? texts::kUnconfirmed : texts::kSending), unconfirmed ? Tone::kWarning : Tone::kNeutral, true, {}};
    row.meta = unconfirmed ? text_of(texts::kUnconfirmed) : text_of(texts::kWaitingToShow);
    row.tone = Tone::kNeutral;
    row.pending = true;
    section.incidents.push_back(std::move(row));
  }

  IncidentRow incident_row(const pagerduty::Incident& incident) const {
    const bool triggered = incident.status == IncidentStatus::kTriggered;
    IncidentRow row;
    row.id = "incident:" + incident.id;
    if (incident.number > 0) row.number = "#" + std::to_string(incident.number);
    row.title = page_link(row.id + ":title", incident.title.empty() ? incident.id : incident.title, incident.html_url);
    row.tone = triggered ? Tone::kCritical : Tone::kWarning;
    row.status = {text_of(triggered ? texts::kTriggered : texts::kAcknowledged), row.tone, false, {}};
    if (incident.urgency != pagerduty::Urgency::kUnknown) {
      const bool high = incident.urgency == pagerduty::Urgency::kHigh;
      row.urgency = Badge{text_of(high ? texts::kHighUrgency : texts::kLowUrgency), high ? Tone::kCritical : Tone::kNeutral, true, {}};
    }
    if (incident.priority) row.priority = Badge{incident.priority->name, Tone::kNeutral, false, incident.priority->color};
    row.meta = incident_meta(incident);
    add_incident_actions(row, incident, triggered);
    return row;
  }

  std::string incident_meta(const pagerduty::Incident& incident) const {
    std::string meta;
    if (incident.created_at) meta = age(*incident.created_at, now_);
    const auto people = [](const std::vector<pagerduty::Assignment>& assignments) {
      std::vector<std::string> names;
      for (const auto& assignment : assignments) {
        if (!assignment.user.summary.empty() && std::ranges::find(names, assignment.user.summary) == names.end()) names.push_back(assignment.user.summary);
      }
      return names;
    };
    const std::vector<std::string> acknowledgers = people(incident.acknowledgements);
    const std::vector<std::string> assignees = people(incident.assignments);
    const std::string who = !acknowledgers.empty() ? fill(texts::kAcknowledgedBy, {names(acknowledgers)})
                            : !assignees.empty()   ? fill(texts::kAssignedTo, {names(assignees)})
                                                   : text_of(texts::kNotAssigned);
    return meta + (meta.empty() ? "" : " \xC2\xB7 ") + who;
  }

  void add_incident_actions(IncidentRow& row, const pagerduty::Incident& incident, bool triggered) const {
    if (card_.config.read_only) return;
    const bool busy = std::ranges::any_of(card_.pending, [&](const PendingWrite& w) { return w.incident_id == incident.id; });
    const std::string reason = account_.may_write ? std::string() : text_of(texts::kMayNotWrite);
    const std::string name = row.number + (row.number.empty() ? "" : " ") + row.title.text;
    const auto add = [&](const std::string& prefix, std::string_view label) {
      row.actions.push_back({prefix + incident.id, text_of(label), text_of(label) + " " + name, ActionStyle::kSecondary, Icon::kNone, false,
                             reason.empty() && !busy, reason, busy});
    };
    if (triggered) add("ack:", texts::kAcknowledge);
    add("resolve:", texts::kResolve);
  }

  Section changes() const {
    Section section;
    section.id = "section:changes";
    section.kind = SectionKind::kChanges;
    section.title = texts::kChanges;
    if (!begin_section(section, sources_.changes, texts::kChangesError, "changes")) return section;
    for (const pagerduty::ChangeEvent& change : *sources_.changes->changes) {
      ChangeRow row;
      row.id = "change:" + change.id;
      row.summary = page_link(row.id + ":summary", change.summary.empty() ? change.id : change.summary, change.html_url);
      if (change.at) row.meta = age(*change.at, now_);
      if (!change.source.empty()) row.meta += (row.meta.empty() ? "" : " \xC2\xB7 ") + change.source;
      int index = 0;
      for (const pagerduty::ChangeLink& link : change.links) {
        if (!pagerduty::is_safe_web_link(link.href)) continue;
        row.links.push_back({row.id + ":link:" + std::to_string(index++), link.text.empty() ? display_text(link.href, 80) : link.text, link.href});
      }
      section.changes.push_back(std::move(row));
    }
    section.count = std::to_string(section.changes.size());
    if (section.changes.empty() && !section.notice) {
      section.state = SectionState::kEmpty;
      section.notice = Notice{"section:changes:empty", Tone::kNeutral, text_of(texts::kNoChanges), text_of(texts::kNoChangesBody), {}, {}};
    }
    return section;
  }

  // ---- On call ----

  Section on_call() const {
    Section section;
    section.id = "section:oncall";
    section.kind = SectionKind::kOnCall;
    section.title = texts::kOnCall;
    const Answer* answer = sources_.on_calls;
    if (sources_.service != nullptr && answer == nullptr) {   // no escalation policy
      section.state = SectionState::kEmpty;
      section.notice = Notice{"section:oncall:empty", Tone::kWarning, text_of(texts::kNobody), text_of(texts::kNobodyBody), {}, {}};
      return section;
    }
    if (answer == nullptr && sources_.service_answer() != nullptr && sources_.service_answer()->error) answer = sources_.service_answer();
    if (!begin_section(section, answer, texts::kOnCallError, "oncall")) return section;
    if (answer->on_calls) add_levels(section, *answer->on_calls);
    if (section.on_call.empty() && !section.notice) {
      section.state = SectionState::kEmpty;
      section.notice = Notice{"section:oncall:empty", Tone::kWarning, text_of(texts::kNobody), text_of(texts::kNobodyBody), {}, {}};
    }
    return section;
  }

  // One entry for each level of the policy, also those where nobody is; levels beyond it when there are on-calls.
  void add_levels(Section& section, const std::vector<pagerduty::OnCall>& on_calls) const {
    const pagerduty::EscalationPolicy* policy =
        sources_.service != nullptr && sources_.service->escalation_policy_detail ? &*sources_.service->escalation_policy_detail : nullptr;
    std::int64_t highest = policy != nullptr ? static_cast<std::int64_t>(policy->rules.size()) : 0;
    for (const pagerduty::OnCall& on_call : on_calls) highest = std::max(highest, std::min<std::int64_t>(on_call.level, 20));
    if (on_calls.empty()) return;
    for (std::int64_t number = 1; number <= highest; ++number) {
      OnCallLevel level;
      const std::string digits = std::to_string(number);
      level.id = "level:" + digits;
      level.label = fill(texts::kLevel, {digits});
      level.primary = number == 1;
      if (policy != nullptr && number <= static_cast<std::int64_t>(policy->rules.size()) && number < highest) {
        const auto delay = policy->rules[static_cast<std::size_t>(number - 1)].delay_minutes;
        if (delay > 0) level.detail = fill(texts::kEscalatesAfter, {std::to_string(delay)});
      }
      add_people(level, on_calls, number);
      if (level.people.empty()) level.gap = fill(texts::kGap, {digits});
      section.on_call.push_back(std::move(level));
    }
  }

  // People of a level, each once: with the shift that ends last.
  void add_people(OnCallLevel& level, const std::vector<pagerduty::OnCall>& on_calls, std::int64_t number) const {
    std::vector<const pagerduty::OnCall*> chosen;
    for (const pagerduty::OnCall& on_call : on_calls) {
      if (on_call.level != number) continue;
      if ((on_call.start && *on_call.start > now_) || (on_call.end && *on_call.end <= now_)) continue;
      const auto same = std::ranges::find_if(chosen, [&](const pagerduty::OnCall* o) { return o->user.id == on_call.user.id; });
      if (same == chosen.end()) {
        chosen.push_back(&on_call);
      } else if ((*same)->end && (!on_call.end || *on_call.end > *(*same)->end)) {
        *same = &on_call;
      }
    }
    for (const pagerduty::OnCall* on_call : chosen) level.people.push_back(person(level.id, *on_call));
  }

  Person person(const std::string& level, const pagerduty::OnCall& on_call) const {
    const pagerduty::User& user = on_call.user;
    Person person;
    person.id = level + ":" + user.id;
    const std::string name = user.name.empty() ? user.id : user.name;
    person.name = page_link(person.id + ":name", name, user.html_url);
    person.initials = initials_of(name);
    person.hue = hue_of(user.id);
    person.until = on_call.end ? fill(texts::kUntil, {moment(*on_call.end, now_, card_.config.time_zone)}) : text_of(texts::kAlways);
    if (is_email(user.email)) person.contacts.push_back({person.id + ":mail", fill(texts::kEmail, {name}), "mailto:" + user.email});
    if (const std::string href = phone_link(user.phone); !href.empty()) {
      person.contacts.push_back({person.id + ":phone", fill(texts::kCall, {name}), href});
    }
    return person;
  }

  // ---- Dialog ----

  static Action button(std::string id, std::string_view label, ActionStyle style) {
    return {std::move(id), text_of(label), {}, style, Icon::kNone, false, true, {}, false};
  }

  void make_dialog() {
    const DialogState& state = *card_.dialog;
    Dialog dialog;
    dialog.id = "dialog:write";
    if (state.verb == IntentKind::kTrigger && state.stage == DialogStage::kEdit) {
      fill_edit(dialog, state);
    } else {
      fill_confirm(dialog, state);
    }
    model_.dialog = std::move(dialog);
  }

  void fill_edit(Dialog& dialog, const DialogState& state) const {
    dialog.title = texts::kCreateTitle;
    dialog.body = fill(texts::kCreateBody, {service_name()});
    dialog.initial_focus = "field:title";
    Field title;
    title.id = "field:title";
    title.label = texts::kFieldTitle;
    title.value = state.title;
    title.placeholder = texts::kFieldTitlePlaceholder;
    title.help = std::to_string(grapheme_count(state.title)) + " / " + std::to_string(kMaxTitle);
    title.max_length = kMaxTitle;
    title.required = true;
    if (state.title_missing) title.error = texts::kFieldTitleMissing;
    Field details;
    details.id = "field:details";
    details.kind = FieldKind::kMultiline;
    details.label = texts::kFieldDetails;
    details.value = state.details;
    details.placeholder = texts::kFieldDetailsPlaceholder;
    details.max_length = kMaxDetails;
    Field urgency;
    urgency.id = "field:urgency";
    urgency.kind = FieldKind::kChoice;
    urgency.label = texts::kFieldUrgency;
    urgency.choices = {{"choice:urgency:high", text_of(texts::kUrgencyHigh), state.high_urgency},
                       {"choice:urgency:low", text_of(texts::kUrgencyLow), !state.high_urgency}};
    dialog.fields = {std::move(title), std::move(details), std::move(urgency)};
    dialog.actions = {button("dialog:close", texts::kCancel, ActionStyle::kSecondary), button("dialog:next", texts::kContinue, ActionStyle::kPrimary)};
  }

  void fill_confirm(Dialog& dialog, const DialogState& state) const {
    const bool creates = state.verb == IntentKind::kTrigger;
    const bool resolves = state.verb == IntentKind::kResolve;
    dialog.title = creates ? text_of(texts::kConfirmTitle) : fill(resolves ? texts::kResolveTitle : texts::kAcknowledgeTitle, {state.incident_name});
    dialog.body = creates ? confirm_words(state) : fill(resolves ? texts::kResolveBody : texts::kAcknowledgeBody, {service_name()});
    dialog.initial_focus = "dialog:confirm";
    if (state.stage == DialogStage::kFailed || state.stage == DialogStage::kUnconfirmed) return add_failure(dialog, state);
    const bool busy = state.stage != DialogStage::kConfirm;
    if (creates && !busy) dialog.actions.push_back(button("dialog:back", texts::kBack, ActionStyle::kSecondary));
    if (!creates || busy) dialog.actions.push_back(button("dialog:close", texts::kCancel, ActionStyle::kSecondary));
    const std::string_view label = creates ? texts::kConfirmCreate : resolves ? texts::kResolve : texts::kAcknowledge;
    dialog.actions.push_back(button("dialog:confirm", label, creates ? ActionStyle::kDanger : ActionStyle::kPrimary));
    dialog.actions.back().busy = busy;
    dialog.actions.back().enabled = !busy;
  }

  static void add_failure(Dialog& dialog, const DialogState& state) {
    const bool failed = state.stage == DialogStage::kFailed;
    dialog.notice = Notice{"dialog:notice", failed ? Tone::kCritical : Tone::kWarning, text_of(failed ? texts::kFailed : texts::kUnconfirmedTitle),
                           failed ? state.error : state.error + " " + text_of(texts::kUnconfirmedBody), {}, {}};
    dialog.actions.push_back(button("dialog:close", texts::kCancel, ActionStyle::kSecondary));
    if (state.intent != 0) dialog.actions.push_back(button("dialog:retry", texts::kRetry, ActionStyle::kPrimary));
    dialog.initial_focus = dialog.actions.back().id;
  }

  // Names the service and who will be paged: what the viewer has to know before.
  std::string confirm_words(const DialogState& state) const {
    std::vector<std::string> first;
    if (sources_.on_calls != nullptr && sources_.on_calls->on_calls) {
      OnCallLevel level;
      add_people(level, *sources_.on_calls->on_calls, 1);
      for (const Person& person : level.people) first.push_back(person.name.text);
    }
    const std::string words = first.empty() ? fill(texts::kConfirmBodyUnknown, {service_name()}) : fill(texts::kConfirmBody, {service_name(), names(first)});
    return words + "\n" + fill(texts::kConfirmQuoted, {display_text(state.title, kMaxTitle)});
  }
};

}  // namespace

ViewModel make_view_model(const CardState& card, const client::Broker& broker, const AccountState& account, Time now) {
  return Maker(card, broker, account, now).make();
}

}  // namespace pd::card

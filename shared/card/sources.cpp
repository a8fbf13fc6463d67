#include "card/sources.h"

#include <algorithm>

#include "base/text.h"
#include "pagerduty/encode.h"

namespace pd::card {
namespace {

using client::AccountHealth;
using client::Kind;

// PagerDuty answers that there is no such service, 400 for what cannot be an id.
bool is_unknown(const client::Answer* answer) {
  if (answer == nullptr || !answer->error || answer->service) return false;
  return answer->error->code == ErrorCode::kNotFound ||
         answer->error->code == ErrorCode::kInvalidRequest;
}

void check_key(Sources& sources, const std::string& key) {
  if (key.empty()) return;
  const auto& integrations = sources.service->integrations;
  const auto has = [&](auto test) { return std::ranges::any_of(integrations, test); };
  sources.key_verified =
      has([&](const pagerduty::Integration& i) { return pagerduty::matches_key(i, key); });
  // An answer that holds back all keys says nothing about this one.
  const bool tells_keys = integrations.empty() || has([](const pagerduty::Integration& i) {
                            return !i.integration_key.empty();
                          });
  sources.key_mismatch = !sources.key_verified && tells_keys;
}

}  // namespace

std::vector<SectionKind> sections_of(const CardConfig& config) {
  if (!config.sections.empty()) return config.sections;
  switch (config.layout) {
    case Layout::kOnCall: return {SectionKind::kStatus, SectionKind::kOnCall};
    case Layout::kTrigger: return {};
    case Layout::kCompact:
      return {SectionKind::kStatus, SectionKind::kOnCall, SectionKind::kIncidents};
    case Layout::kFull: break;
  }
  return {SectionKind::kIncidents, SectionKind::kChanges,   SectionKind::kOnCall,
          SectionKind::kInsights,  SectionKind::kStandards, SectionKind::kStatus};
}

bool is_open(const CardState& card, SectionKind kind) {
  const auto& named = card.config.sections;
  const bool is_named = std::ranges::find(named, kind) != named.end();
  // What the page names is open until the viewer closes it.
  return is_named != card.browsing.is_unfolded(kind);
}

const pagerduty::User* current_user(const client::Broker& broker, const std::string& account) {
  return broker.answer({Kind::kCurrentUser, account, {}}).detail_as<pagerduty::User>();
}

bool is_on_call(const pagerduty::OnCall& on_call, Time at) {
  return (!on_call.start || *on_call.start <= at) && (!on_call.end || *on_call.end > at);
}

const pagerduty::OnCall* shift_to_take(const Sources& sources, const pagerduty::User* me,
                                       std::int64_t level) {
  if (me == nullptr || sources.on_calls == nullptr || !sources.on_calls->on_calls) return nullptr;
  const auto fits = [&](const pagerduty::OnCall& shift) {
    return shift.level == level && !shift.schedule.id.empty() && shift.end &&
           shift.user.id != me->id && is_on_call(shift, *sources.on_calls->fetched_at);
  };
  const auto& shifts = *sources.on_calls->on_calls;
  const auto found = std::ranges::find_if(shifts, fits);
  return found == shifts.end() ? nullptr : &*found;
}

const pagerduty::MaintenanceWindow* first_window(const client::Answer& windows, Time now) {
  const auto* all = windows.detail_as<std::vector<pagerduty::MaintenanceWindow>>();
  if (all == nullptr) return nullptr;
  const pagerduty::MaintenanceWindow* first = nullptr;
  for (const pagerduty::MaintenanceWindow& window : *all) {
    const bool is_open = window.start && window.end && *window.end > now;
    if (is_open && (first == nullptr || window.start < first->start)) first = &window;
  }
  return first;
}

std::string team_of(const Sources& sources) {
  const bool has_team = sources.service != nullptr && !sources.service->teams.empty();
  return has_team ? sources.service->teams.front().id : std::string();
}

Sources look_up(const CardState& card, const client::Broker& broker) {
  if (!card.resolution.target) return {};
  Sources sources = look_up(*card.resolution.target, broker);
  // What only other cards ask for would come and go with them.
  const auto drop_unless_wanted = [&](const client::Answer*& answer, client::Kind kind) {
    const client::Want want{kind, card.resolution.target->account, sources.service_id};
    if (card.told && !card.told->contains(want)) answer = nullptr;
  };
  drop_unless_wanted(sources.incidents, client::Kind::kIncidents);
  drop_unless_wanted(sources.changes, client::Kind::kChanges);
  return sources;
}

Sources look_up(const entity::Target& target, const client::Broker& broker) {
  Sources sources;
  const auto& [id, key, account] = target;
  if (!id.empty()) sources.by_id = &broker.answer({Kind::kService, account, id});
  const bool id_is_unknown = is_unknown(sources.by_id);
  if (!key.empty() && (id.empty() || id_is_unknown)) {
    sources.by_key = &broker.answer({Kind::kServiceByKey, account, key});
  }
  if (sources.by_id != nullptr && sources.by_id->service) {
    sources.service = sources.by_id->service.get();
  } else if (sources.by_key != nullptr && sources.by_key->service) {
    sources.service = sources.by_key->service.get();
    sources.found_by_key = !id.empty();
  }
  if (sources.service != nullptr) {
    sources.service_id = sources.service->id;
    check_key(sources, key);
  } else if (!id_is_unknown) {
    sources.service_id = id;
  }
  if (!sources.service_id.empty()) {
    sources.incidents = &broker.answer({Kind::kIncidents, account, sources.service_id});
    sources.changes = &broker.answer({Kind::kChanges, account, sources.service_id});
    sources.metrics = &broker.answer({Kind::kMetrics, account, sources.service_id});
  }
  if (sources.service != nullptr && !sources.service->escalation_policy.id.empty()) {
    sources.on_calls =
        &broker.answer({Kind::kOnCalls, account, sources.service->escalation_policy.id});
    sources.next_on_calls =
        &broker.answer({Kind::kNextOnCalls, account, sources.service->escalation_policy.id});
  }
  return sources;
}

std::string service_name(const CardState& card, const Sources& sources) {
  if (sources.service != nullptr && !sources.service->name.empty()) return sources.service->name;
  if (card.opened) return card.members.usable[*card.opened].name;
  if (card.entity) return card.entity->title.empty() ? card.entity->name : card.entity->title;
  const bool has_id = card.resolution.target && !card.resolution.target->service_id.empty();
  return has_id ? display_text(card.resolution.target->service_id)
                : std::string(kUnknownServiceName);
}

std::string incident_name(const pagerduty::Incident& incident) {
  const std::string& title = incident.title.empty() ? incident.id : incident.title;
  return incident.number > 0 ? "#" + std::to_string(incident.number) + " " + title : title;
}

namespace {

// The wants of one card, as it is looked at now.
class WantMaker {
 public:
  WantMaker(const CardState& card, const client::Broker& broker)
      : card_(card),
        broker_(broker),
        sources_(look_up(card, broker)),
        sections_(sections_of(card.config)) {}

  std::vector<client::Want> make() {
    const auto& [id, key, account] = *card_.resolution.target;
    if (sources_.by_id != nullptr) add(Kind::kService, id);
    if (sources_.by_key != nullptr) add(Kind::kServiceByKey, key);
    const bool all = card_.facts_asked;
    // Changes are seen beside what broke after them.
    if (all || shows(SectionKind::kIncidents) || shows(SectionKind::kStatus) ||
        shows(SectionKind::kChanges)) {
      add_of_service(Kind::kIncidents);
    }
    if (all || shows(SectionKind::kChanges)) add_of_service(Kind::kChanges);
    if (all || is_opened(SectionKind::kInsights)) {
      add_of_service(Kind::kMetrics);
      add_of_service(Kind::kMetricsUrgent);
    }
    if (all || is_opened(SectionKind::kStandards)) add_of_service(Kind::kStandards);
    add_people();
    add_opened_sections();
    add_browsed();
    add_for_dialog();
    return std::move(wants_);
  }

 private:
  const CardState& card_;
  const client::Broker& broker_;
  Sources sources_;
  std::vector<SectionKind> sections_;
  std::vector<client::Want> wants_;

  void add(Kind kind, const std::string& id) {
    wants_.push_back({kind, card_.resolution.target->account, id});
  }
  void add_of_service(Kind kind) {
    if (!sources_.service_id.empty()) add(kind, sources_.service_id);
  }
  bool shows(SectionKind kind) const {
    return std::ranges::find(sections_, kind) != sections_.end();
  }
  bool is_opened(SectionKind kind) const { return shows(kind) && is_open(card_, kind); }
  bool is_full() const { return card_.config.layout == Layout::kFull; }

  void add_people() {
    if (sources_.on_calls == nullptr) return;
    const std::string& policy = sources_.service->escalation_policy.id;
    // The confirm step of a creation names who is paged.
    if (card_.facts_asked || shows(SectionKind::kOnCall) || !card_.config.read_only) {
      add(Kind::kOnCalls, policy);
    }
    if (shows(SectionKind::kOnCall)) add(Kind::kNextOnCalls, policy);
    if (!card_.browsing.rota || !shows(SectionKind::kOnCall)) return;
    add(Kind::kShifts, policy);
    for (const std::string& schedule : schedules_of(sources_)) add(Kind::kSchedule, schedule);
  }
  void add_opened_sections() {
    if (is_opened(SectionKind::kInsights)) {
      add_of_service(Kind::kMetricsBefore);
      add_of_service(Kind::kMetricsDaily);
    }
    const bool is_in_maintenance =
        sources_.service != nullptr &&
        sources_.service->status == pagerduty::ServiceStatus::kMaintenance;
    const bool is_about = is_opened(SectionKind::kStatus) && is_full();
    if (is_about || is_in_maintenance) add_of_service(Kind::kWindows);
    if (!is_about || sources_.service_id.empty()) return;
    add_of_service(Kind::kDependencies);
    for (const std::string& id : neighbours_of(broker_, card_, sources_)) add(Kind::kService, id);
  }
  void add_browsed() {
    if (!shows(SectionKind::kIncidents)) return;
    if (const std::string& id = card_.browsing.expanded; !id.empty()) {
      add(Kind::kLogEntries, id);
      add(Kind::kNotes, id);
      add(Kind::kAlerts, id);
      if (!card_.config.read_only) add(Kind::kCurrentUser, {});
    }
    if (card_.browsing.resolved) add_of_service(Kind::kResolved);
    if (card_.browsing.is_narrowed() || card_.browsing.rota) add(Kind::kCurrentUser, {});
  }
  void add_for_dialog() {
    if (!card_.dialog) return;
    switch (card_.dialog->verb) {
      case client::IntentKind::kAddResponder:
        add(Kind::kCurrentUser, {});
        add(Kind::kPolicies, {});
        [[fallthrough]];
      case client::IntentKind::kReassign: add(Kind::kUsers, team_of(sources_)); break;
      case client::IntentKind::kOverride: add(Kind::kCurrentUser, {}); break;
      // Events know no priorities.
      case client::IntentKind::kTrigger:
        if (!sources_.key_verified) add(Kind::kPriorities, {});
        break;
      case client::IntentKind::kSetPriority: add(Kind::kPriorities, {}); break;
      default: break;
    }
  }
};

}  // namespace

namespace {

// Of each service what its row tells.
std::vector<client::Want> wallboard_wants(const CardState& card, const client::Broker& broker) {
  std::vector<client::Want> wants;
  if (card.config.layout == Layout::kTrigger) return wants;
  const bool has_incidents = card.config.layout != Layout::kOnCall;
  for (const Member& member : card.members.usable) {
    const auto& [id, key, account] = member.target;
    const Sources sources = look_up(member.target, broker);
    if (sources.by_id != nullptr) wants.push_back({Kind::kService, account, id});
    if (sources.by_key != nullptr) wants.push_back({Kind::kServiceByKey, account, key});
    if (has_incidents && !sources.service_id.empty()) {
      wants.push_back({Kind::kIncidents, account, sources.service_id});
    }
    if (sources.on_calls != nullptr) {
      // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): on-calls are a service's
      wants.push_back({Kind::kOnCalls, account, sources.service->escalation_policy.id});
    }
  }
  return wants;
}

}  // namespace

std::vector<client::Want> make_wants(const CardState& card, const client::Broker& broker) {
  if (card.is_wallboard()) return wallboard_wants(card, broker);
  if (!card.resolution.target) return {};
  return WantMaker(card, broker).make();
}

std::vector<std::string> schedules_of(const Sources& sources) {
  std::vector<std::string> ids;
  if (sources.service == nullptr || !sources.service->escalation_policy_detail) return ids;
  for (const auto& rule : sources.service->escalation_policy_detail->rules) {
    for (const pagerduty::Reference& target : rule.targets) {
      const bool is_new = std::ranges::find(ids, target.id) == ids.end();
      if (target.type.starts_with("schedule") && is_new && ids.size() < kMostSchedules) {
        ids.push_back(target.id);
      }
    }
  }
  return ids;
}

std::vector<std::string> neighbours_of(const client::Broker& broker, const CardState& card,
                                       const Sources& sources) {
  std::vector<std::string> ids;
  const auto* all =
      broker.answer({Kind::kDependencies, card.resolution.target->account, sources.service_id})
          .detail_as<std::vector<pagerduty::Dependency>>();
  if (all == nullptr) return ids;
  for (const auto& [supporting, dependent] : *all) {
    const pagerduty::Reference& other =
        supporting.id == sources.service_id ? dependent : supporting;
    const bool is_new = std::ranges::find(ids, other.id) == ids.end();
    if (is_technical(other) && is_new && ids.size() < kMostNeighbours) ids.push_back(other.id);
  }
  return ids;
}

bool is_technical(const pagerduty::Reference& service) {
  return !service.type.starts_with("business");
}

std::optional<Text> act_obstacle(const AccountState& account, const client::Broker& broker) {
  if (!broker.is_online()) return texts::kNoConnection;
  switch (broker.health(account.name)) {
    case AccountHealth::kNotConnected: return texts::kNotConnected;
    case AccountHealth::kRefused: return texts::kUnauthorized;
    case AccountHealth::kGood: break;
  }
  if (!account.may_write) return texts::kMayNotWrite;
  return std::nullopt;
}

bool is_being_written(const client::Broker& broker, std::string_view incident_id) {
  return std::ranges::any_of(broker.intents(), [&](const client::Intent& intent) {
    return intent.incident_id == incident_id && (intent.state == client::IntentState::kPending ||
                                                 intent.state == client::IntentState::kAccepted);
  });
}

std::optional<Text> create_obstacle(const Sources& sources, const AccountState& account,
                                    const client::Broker& broker) {
  if (!broker.is_online()) return texts::kNoConnection;
  if (sources.service == nullptr) return texts::kServiceUnknown;
  if (sources.service->status == pagerduty::ServiceStatus::kDisabled) {
    return texts::kServiceDisabled;
  }
  if (sources.key_verified) return std::nullopt;
  return act_obstacle(account, broker);
}

}  // namespace pd::card

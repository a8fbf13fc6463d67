// Where a card's data comes from: which service it is about, what it wants to know, and the answers
// so far.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/texts.h"
#include "card/state.h"
#include "client/broker.h"

namespace pd::card {

struct Sources {
  // The answers about the service and its parts; null when not wanted.
  const client::Answer* by_id = nullptr;
  const client::Answer* by_key = nullptr;
  const client::Answer* incidents = nullptr;
  const client::Answer* on_calls = nullptr;
  const client::Answer* changes = nullptr;
  const client::Answer* metrics = nullptr;
  const client::Answer* next_on_calls = nullptr;
  const pagerduty::Service* service = nullptr;  // the one in use, once known
  std::string service_id;     // in use; known before the service is when the entity names it
  bool found_by_key = false;  // although there is a service id
  bool key_verified = false;  // the key is one of the service's integrations
  bool key_mismatch = false;  // it is known not to be
  // The answer that says how far the service itself is; null when nothing is looked up.
  const client::Answer* service_answer() const {
    const bool by_key_alone =
        by_id == nullptr || found_by_key || (service == nullptr && by_key != nullptr);
    return by_key_alone ? by_key : by_id;
  }
};

// The service id wins: it is exact. The key finds the service when there is no id, or when
// PagerDuty does not know the id; it is checked against the service's integrations.
Sources look_up(const CardState& card, const client::Broker& broker);
Sources look_up(const entity::Target& target, const client::Broker& broker);

// The service's name, or the best that is known of it.
inline constexpr std::string_view kUnknownServiceName = "PagerDuty";
std::string service_name(const CardState& card, const Sources& sources);
// "#12 Disk full".
std::string incident_name(const pagerduty::Incident& incident);

// The schedules of the service's escalation policy, and the services that it depends on or that
// depend on it, by id: as many as are looked at closer.
inline constexpr std::size_t kMostSchedules = 6;
inline constexpr std::size_t kMostNeighbours = 12;
std::vector<std::string> schedules_of(const Sources& sources);
std::vector<std::string> neighbours_of(const client::Broker& broker, const CardState& card,
                                       const Sources& sources);
// Not a business service, of which the API tells no name.
bool is_technical(const pagerduty::Reference& service);

std::vector<client::Want> make_wants(const CardState& card, const client::Broker& broker);

// Whether a section that can be folded is open: by the viewer, or because the page names it.
bool is_open(const CardState& card, SectionKind kind);
// Whose credential it is; null while that is not known, or when it is no person's.
const pagerduty::User* current_user(const client::Broker& broker, const std::string& account);
// Whether a shift is under way at `at`.
bool is_on_call(const pagerduty::OnCall& on_call, Time at);
// The shift of a schedule, at this level, that `me` can take over now; null when there is none.
const pagerduty::OnCall* shift_to_take(const Sources& sources, const pagerduty::User* me,
                                       std::int64_t level);
// The maintenance window under way, or else the next one; null when none is known.
const pagerduty::MaintenanceWindow* first_window(const client::Answer& windows, Time now);
// The team whose members are offered: the service's first.
std::string team_of(const Sources& sources);

// The sections that the card shows, in order.
std::vector<SectionKind> sections_of(const CardConfig& config);

// Why an incident cannot be created, or acknowledged and resolved, now: for the viewer; absent = it
// can. A key that is the service's triggers without any other credential.
std::optional<Text> create_obstacle(const Sources& sources, const AccountState& account,
                                    const client::Broker& broker);
std::optional<Text> act_obstacle(const AccountState& account, const client::Broker& broker);
// A write about the incident is on its way.
bool is_being_written(const client::Broker& broker, std::string_view incident_id);

}  // namespace pd::card

#include "client/details.h"

#include <algorithm>

#include "pagerduty/decode.h"

namespace pd::client {
namespace {

using pagerduty::Request;
using std::chrono::days;

constexpr Duration kTrend = days{30};
// A week is what people mean by "lately".
constexpr Duration kLately = days{7};

std::span<const std::string> one(const std::string& id) { return {&id, 1}; }

template <auto decode>
Result<Detail> read(std::string_view body) {
  auto decoded = decode(body);
  if (!decoded) return std::unexpected(decoded.error());
  if constexpr (requires { decoded->value.items; }) {
    return Detail::of(std::move(decoded->value.items));
  } else {
    return Detail::of(std::move(decoded->value));
  }
}

Request analytics(const std::string& id, Time since, Time until, bool only_high, bool by_day) {
  return pagerduty::make_get_service_analytics(one(id), {since, until, only_high, by_day});
}

constexpr DetailKind kDetails[] = {
    {Kind::kResolved,
     [](const std::string& id, Time now) {
       return pagerduty::make_list_resolved_incidents(id, now - kLately, kMostResolved);
     },
     read<pagerduty::decode_incidents>},
    {Kind::kLogEntries,
     [](const std::string& id, Time) { return pagerduty::make_list_log_entries(id); },
     read<pagerduty::decode_log_entries>},
    {Kind::kNotes, [](const std::string& id, Time) { return pagerduty::make_list_notes(id); },
     read<pagerduty::decode_notes>},
    {Kind::kAlerts, [](const std::string& id, Time) { return pagerduty::make_list_alerts(id, {}); },
     read<pagerduty::decode_alerts>},
    {Kind::kWindows,
     [](const std::string& id, Time) { return pagerduty::make_list_maintenance_windows(id); },
     read<pagerduty::decode_maintenance_windows>},
    {Kind::kDependencies,
     [](const std::string& id, Time) { return pagerduty::make_list_dependencies(id); },
     read<pagerduty::decode_dependencies>},
    {Kind::kStandards,
     [](const std::string& id, Time) { return pagerduty::make_get_standards_score(id); },
     read<pagerduty::decode_standards_score>},
    {Kind::kMetricsBefore,
     [](const std::string& id, Time now) {
       return analytics(id, now - 2 * kTrend, now - kTrend, false, false);
     },
     read<pagerduty::decode_service_analytics>},
    {Kind::kMetricsUrgent,
     [](const std::string& id, Time now) { return analytics(id, now - kTrend, now, true, false); },
     read<pagerduty::decode_service_analytics>},
    {Kind::kMetricsDaily,
     [](const std::string& id, Time now) { return analytics(id, now - kTrend, now, false, true); },
     read<pagerduty::decode_service_analytics>},
    {Kind::kShifts,
     [](const std::string& id, Time now) {
       return pagerduty::make_list_shifts(one(id), now, now + kRotaSpan, {});
     },
     read<pagerduty::decode_on_calls>},
    {Kind::kSchedule,
     [](const std::string& id, Time now) {
       return pagerduty::make_get_schedule(id, now, now + kRotaSpan);
     },
     read<pagerduty::decode_schedule>},
    {Kind::kPriorities, [](const std::string&, Time) { return pagerduty::make_list_priorities(); },
     read<pagerduty::decode_priorities>},
    {Kind::kUsers,
     [](const std::string& id, Time) {
       return pagerduty::make_list_users(id.empty() ? std::span<const std::string>() : one(id), {});
     },
     read<pagerduty::decode_users>},
    {Kind::kPolicies,
     [](const std::string&, Time) { return pagerduty::make_list_escalation_policies({}); },
     read<pagerduty::decode_escalation_policies>},
    {Kind::kCurrentUser,
     [](const std::string&, Time) { return pagerduty::make_get_current_user(); },
     read<pagerduty::decode_user>},
};

}  // namespace

const DetailKind* find_detail(Kind kind) {
  const auto found = std::ranges::find(kDetails, kind, &DetailKind::kind);
  return found == std::end(kDetails) ? nullptr : found;
}

}  // namespace pd::client

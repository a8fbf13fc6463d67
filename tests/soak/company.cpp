#include "company.h"

#include <chrono>
#include <cstdint>

#include "base/json_writer.h"

namespace pd::soak {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kMostIncidents = 6;
constexpr int kPolicies = 10;
constexpr const char* kTitles[] = {
    "Latency above 2 s",
    "Der Warenkorb leert sich von selbst",
    "検索インデックスの更新が遅れています",
    "Заказы не оформляются",
    "Payment gateway answers 502 🔥",
    "عطل في تسجيل الدخول",
};
constexpr const char* kPeople[] = {"Ada Abel", "Łucja Wiśniowska", "桐生 健太", "Boris Abel",
                                   "Noor al-Sabbagh"};

std::uint32_t mix(std::uint32_t value) {
  value ^= value >> 16;
  value *= 0x7FEB352DU;
  value ^= value >> 15;
  value *= 0x846CA68BU;
  return value ^ (value >> 16);
}

std::uint32_t chance(int a, std::int64_t hour) {
  return mix(static_cast<std::uint32_t>(a) * 7919U + mix(static_cast<std::uint32_t>(hour)));
}

template <std::size_t N>
const char* pick(const char* const (&list)[N], std::uint32_t by) {
  return list[by % N];
}

void reference(JsonWriter& json, const std::string& id, const std::string& type,
               const std::string& summary) {
  json.begin_object().member("id", id).member("type", type).member("summary", summary);
  json.member("html_url", "https://acme.pagerduty.com/" + id).end_object();
}

void incident(JsonWriter& json, int service, std::int64_t period, int number) {
  const std::uint32_t by = chance(service * 100 + number, period);
  const Time created = time_from_ms(period * 3'600'000) + minutes(number * 7);
  const std::string id =
      "PI" + std::to_string(service) + "N" + std::to_string(period) + "N" + std::to_string(number);
  json.begin_object().member("id", id).member("type", "incident");
  json.member("incident_number", static_cast<std::int64_t>(by % 100'000));
  json.member("title", std::string(pick(kTitles, by)) + " #" + std::to_string(by % 977));
  json.member("status", by % 3 == 0 ? "acknowledged" : "triggered");
  json.member("urgency", by % 2 == 0 ? "high" : "low");
  json.member("created_at", format_rfc3339(created));
  json.member("html_url", "https://acme.pagerduty.com/incidents/" + id);
  json.key("service");
  reference(json, service_id_of(service), "service_reference",
            "Service " + std::to_string(service));
  json.key("assignments").begin_array().begin_object().key("assignee");
  reference(json, "PUSER" + std::to_string(by % 5), "user_reference", pick(kPeople, by));
  json.end_object().end_array().end_object();
}

}  // namespace

std::string service_id_of(int index) { return "PSVC" + std::to_string(index); }

std::string Company::answer_to(const std::string& path, Time now) const {
  if (path.starts_with("/incidents?")) return incidents(path, now);
  if (path.starts_with("/oncalls")) return on_calls(now);
  if (path.find("change_events") != std::string::npos) return changes(now);
  if (path.starts_with("/services?")) return services();
  if (path.starts_with("/services/PSVC")) {
    return R"({"service":)" + service(std::atoi(path.c_str() + 14)) + "}";
  }
  // Details of an incident, analytics, standards: an empty answer of any of them.
  return R"({"log_entries":[],"notes":[],"alerts":[],"data":[],"standards":[],"more":false})";
}

std::string Company::incidents(const std::string& path, Time now) const {
  const std::int64_t hour = to_ms(now) / 3'600'000;
  JsonWriter json;
  json.begin_object().key("incidents").begin_array();
  for (int i = 0; i < services_; ++i) {
    if (path.find('=' + service_id_of(i) + '&') == std::string::npos) continue;
    // An incident is open for up to two hours.
    for (const std::int64_t period : {hour, hour - 1}) {
      const auto count = static_cast<int>(chance(i, period) % kMostIncidents);
      for (int number = 0; number < count; ++number) {
        if (time_from_ms(period * 3'600'000) + minutes(number * 7) <= now) {
          incident(json, i, period, number);
        }
      }
    }
  }
  json.end_array().member("limit", 100).member("offset", 0).member("more", false).end_object();
  return json.take();
}

std::string Company::service(int index) const {
  JsonWriter json;
  json.begin_object().member("id", service_id_of(index)).member("type", "service");
  json.member("name", "Service " + std::to_string(index)).member("status", "warning");
  json.member("html_url", "https://acme.pagerduty.com/service-directory/" + service_id_of(index));
  json.key("escalation_policy");
  reference(json, "PPOL" + std::to_string(index % kPolicies), "escalation_policy_reference",
            "Policy " + std::to_string(index % kPolicies));
  json.end_object();
  return json.take();
}

std::string Company::services() const {
  std::string all;
  for (int i = 0; i < services_; ++i) all += (i == 0 ? "" : ",") + service(i);
  return R"({"services":[)" + all + R"(],"limit":100,"offset":0,"more":false})";
}

std::string Company::on_calls(Time now) const {
  // Shifts of eight hours.
  const std::int64_t shift = to_ms(now) / 28'800'000;
  JsonWriter json;
  json.begin_object().key("oncalls").begin_array();
  for (int policy = 0; policy < kPolicies; ++policy) {
    for (int level = 1; level <= 2; ++level) {
      const std::uint32_t who = chance(policy * 10 + level, shift);
      json.begin_object().member("escalation_level", level);
      json.member("start", format_rfc3339(time_from_ms(shift * 28'800'000)));
      json.member("end", format_rfc3339(time_from_ms((shift + 1) * 28'800'000)));
      json.key("escalation_policy");
      reference(json, "PPOL" + std::to_string(policy), "escalation_policy_reference",
                "Policy " + std::to_string(policy));
      json.key("user");
      reference(json, "PUSER" + std::to_string(who % 5), "user_reference", pick(kPeople, who));
      json.end_object();
    }
  }
  json.end_array().member("more", false).end_object();
  return json.take();
}

std::string Company::changes(Time now) const {
  const std::int64_t hour = to_ms(now) / 3'600'000;
  JsonWriter json;
  json.begin_object().key("change_events").begin_array();
  for (int i = 0; i < services_; i += 3) {
    const std::uint32_t by = chance(i, hour);
    const std::string id = "PC" + std::to_string(i) + "N" + std::to_string(hour);
    json.begin_object().member("id", id).member("type", "change_event");
    json.member("summary",
                "Deploy " + std::to_string(by % 1000) + " of service " + std::to_string(i));
    json.member("source", "pipeline");
    json.member("timestamp", format_rfc3339(time_from_ms(hour * 3'600'000)));
    json.key("services").begin_array();
    reference(json, service_id_of(i), "service_reference", "Service " + std::to_string(i));
    json.end_array().end_object();
  }
  json.end_array().member("limit", 100).member("offset", 0).member("more", false).end_object();
  return json.take();
}

}  // namespace pd::soak

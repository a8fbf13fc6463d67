// Each decoder, by the typed model of a whole answer. tests/cases/pagerduty has the bodies; what
// every member becomes is compared there and in fixtures_test.cpp.
#include "pagerduty/decode.h"

#include <gtest/gtest.h>

#include "case_files.h"

namespace pd::pagerduty {
namespace {

Time at(const char* text) { return *parse_rfc3339(text); }

// The value of an answer that decodes without a word.
template <typename T>
T value_of(const Result<Decoded<T>>& decoded) {
  EXPECT_TRUE(decoded.has_value()) << decoded.error().message;
  if (!decoded) return {};
  for (const DecodeDiagnostic& d : decoded->diagnostics)
    ADD_FAILURE() << d.path << ": " << d.message;
  return decoded->value;
}

TEST(Decode, ReadsAService) {
  const Service service = value_of(decode_service(body_of("get-service/whole")));
  EXPECT_EQ(service.name, "Checkout");
  EXPECT_EQ(service.status, ServiceStatus::kCritical);
  EXPECT_EQ(service.last_incident_at, at("2026-05-04T09:12:30Z"));
  EXPECT_EQ(service.escalation_policy.id, "PPOLICY");
  ASSERT_TRUE(service.escalation_policy_detail.has_value());
  ASSERT_EQ(service.escalation_policy_detail->rules.size(), 2U);
  EXPECT_EQ(service.escalation_policy_detail->rules[0].delay_minutes, 15);
  EXPECT_EQ(service.escalation_policy_detail->rules[0].targets.at(0).type, "schedule_reference");
  ASSERT_EQ(service.integrations.size(), 1U);
  EXPECT_EQ(service.integrations[0].integration_key, "0123456789abcdef0123456789abcdef");
  ASSERT_TRUE(service.support_hours.has_value());
  EXPECT_EQ(service.support_hours->days_of_week, (std::vector{1, 2, 3, 4, 5}));
  EXPECT_EQ(service.teams.at(0).summary, "Storefront");
}

TEST(Decode, ReadsAPolicyThatIsOnlyReferredTo) {
  const auto services = value_of(decode_services(body_of("get-services/whole")));
  ASSERT_EQ(services.items.size(), 2U);
  EXPECT_TRUE(services.items[0].escalation_policy_detail.has_value());
  EXPECT_FALSE(services.items[1].escalation_policy_detail.has_value());
  EXPECT_EQ(services.items[1].escalation_policy.summary, "Storefront first responders");
}

TEST(Decode, ReadsAPage) {
  const auto incidents = value_of(decode_incidents(body_of("get-incidents/whole")));
  EXPECT_EQ(incidents.offset, 0);
  EXPECT_EQ(incidents.limit, 25);
  EXPECT_TRUE(incidents.more);
  EXPECT_EQ(incidents.total, 61);
  ASSERT_EQ(incidents.items.size(), 2U);
  const Incident& first = incidents.items[0];
  EXPECT_EQ(first.number, 4711);
  EXPECT_EQ(first.status, IncidentStatus::kAcknowledged);
  EXPECT_EQ(first.urgency, Urgency::kHigh);
  EXPECT_EQ(first.resolved_at, at("2026-05-04T09:00:00Z"));
  EXPECT_EQ(first.priority->color, "a8171c");
  EXPECT_EQ(first.assignments.at(1).user.summary, "Tom\xC3\xA1s Lindqvist");
  EXPECT_EQ(first.acknowledgements.at(0).at, at("2026-05-04T09:15:02Z"));
  EXPECT_EQ(first.responders.at(0).id, "PTOMAS1");
  EXPECT_EQ(first.description, "Payment provider answers 502.\nSince 09:12 UTC.");
  EXPECT_EQ(incidents.items[1].description, "Booking lags behind by an hour");
  EXPECT_FALSE(incidents.items[1].priority.has_value());
}

TEST(Decode, ReadsEscalationPolicies) {
  const auto policies =
      value_of(decode_escalation_policies(body_of("get-escalation-policies/whole")));
  ASSERT_FALSE(policies.items.empty());
  EXPECT_EQ(policies.items[0].id, "PPOLICY");
  EXPECT_FALSE(policies.items[0].name.empty());
}

TEST(Decode, ReadsWhoWasAskedToHelpAndWhen) {
  const auto targets = value_of(decode_responder_targets(R"({"incident": {"id": "Q1",
    "responder_requests": [
      {"requested_at": "2026-05-04T09:20:00Z", "responder_request_targets": [
        {"responder_request_target": {"id": "PPOLICY", "type": "escalation_policy"}},
        {"id": "PBARE01", "type": "user"}]},
      {"requested_at": null, "responder_request_targets": null}],
    "incidents_responders": [
      {"user": {"id": "PTOMAS1"}, "requested_at": "2026-05-04T09:21:00Z"}]}})"));
  ASSERT_EQ(targets.size(), 3U);
  EXPECT_EQ(targets[0].target.id, "PPOLICY");
  EXPECT_EQ(targets[0].at, at("2026-05-04T09:20:00Z"));
  EXPECT_EQ(targets[1].target.id, "PBARE01") << "a target that is not wrapped";
  EXPECT_EQ(targets[2].target.id, "PTOMAS1");
  EXPECT_EQ(targets[2].at, at("2026-05-04T09:21:00Z"));
  EXPECT_TRUE(value_of(decode_responder_targets(R"({"incident": {"id": "Q1"}})")).empty());
  EXPECT_FALSE(decode_responder_targets(R"({"error": {"message": "Not Found"}})").has_value());
}

TEST(Decode, ReadsAPageWithoutPaging) {
  const auto incidents = value_of(decode_incidents(body_of("put-incidents/whole")));
  EXPECT_FALSE(incidents.more);
  EXPECT_EQ(incidents.total, std::nullopt);
  EXPECT_EQ(incidents.items.size(), 2U);
}

TEST(Decode, ReadsOnCalls) {
  const auto on_calls = value_of(decode_on_calls(body_of("get-oncalls/whole")));
  ASSERT_EQ(on_calls.items.size(), 2U);
  EXPECT_EQ(on_calls.items[0].user.phone, "+2348005550123");
  EXPECT_EQ(on_calls.items[0].schedule.id, "PROTA01");
  EXPECT_EQ(on_calls.items[0].end, at("2026-05-05T06:00:00Z"));
  EXPECT_TRUE(on_calls.items[1].schedule.id.empty());
  EXPECT_FALSE(on_calls.items[1].start || on_calls.items[1].end);
  EXPECT_EQ(on_calls.items[1].level, 2);
}

TEST(Decode, ReadsASchedule) {
  const Schedule schedule = value_of(decode_schedule(body_of("get-schedule/whole")));
  ASSERT_EQ(schedule.final_entries.size(), 2U);
  EXPECT_EQ(schedule.final_entries[0].user.name, "Mira Okafor");
  EXPECT_EQ(schedule.final_entries[0].start, at("2026-05-04T06:00:00Z"));
  EXPECT_EQ(schedule.overrides.size(), 1U);
  EXPECT_EQ(value_of(decode_schedule_users(body_of("get-schedule-users/whole"))).at(1).email,
            "tomas.lindqvist@example.com");
}

TEST(Decode, ReadsWhatHangsOnAnIncident) {
  EXPECT_EQ(value_of(decode_incident(body_of("get-incident/whole"))).id, "Q1BASKET");
  const auto alerts = value_of(decode_alerts(body_of("get-alerts/whole")));
  EXPECT_EQ(alerts.items.at(0).severity, "critical");
  EXPECT_EQ(alerts.items.at(1).status, IncidentStatus::kResolved);
  const auto entries = value_of(decode_log_entries(body_of("get-log-entries/whole")));
  EXPECT_EQ(entries.items.at(0).note, "Rolling back.\nETA 10 min.");
  EXPECT_EQ(entries.items.at(1).channel_type, "api");
  EXPECT_EQ(value_of(decode_notes(body_of("get-notes/whole"))).at(1).user.id, "PTOMAS1");
  EXPECT_EQ(value_of(decode_note(body_of("post-notes/whole"))).at, at("2026-05-04T07:30:00Z"));
}

TEST(Decode, ReadsWhatHangsOnAService) {
  const auto changes = value_of(decode_change_events(body_of("get-service-change-events/whole")));
  ASSERT_EQ(changes.items.size(), 2U);
  EXPECT_EQ(changes.items[0].links.at(1).text, "Run 9");
  EXPECT_EQ(changes.items[0].services.at(0).id, "PCHKOUT");
  EXPECT_FALSE(changes.items[0].services.at(0).deleted);
  EXPECT_EQ(value_of(decode_integration(body_of("get-integration/whole"))).summary, "Portal");
  EXPECT_EQ(value_of(decode_maintenance_windows(body_of("get-maintenance-windows/whole")))
                .items.at(1)
                .services.size(),
            2U);
  EXPECT_EQ(value_of(decode_maintenance_window(body_of("post-maintenance-windows/whole"))).end,
            at("2026-05-04T22:00:00Z"));
  const auto metrics = value_of(decode_service_analytics(body_of("post-service-analytics/whole")));
  EXPECT_DOUBLE_EQ(*metrics.at(0).mean_seconds_to_first_ack, 84.5);
  EXPECT_FALSE(metrics.at(1).mean_seconds_to_first_ack.has_value());
  const auto dependencies =
      value_of(decode_dependencies(body_of("get-service-dependencies/whole")));
  EXPECT_EQ(dependencies.at(1).supporting.id, "PSTOCK1");
}

TEST(Decode, ReadsOneScoreAndMany) {
  const StandardsScore one = value_of(decode_standards_score(body_of("get-standards-score/whole")));
  EXPECT_EQ(one.service_id, "PCHKOUT");
  EXPECT_EQ(one.passing, 1);
  EXPECT_TRUE(one.standards.at(0).passing);
  EXPECT_FALSE(one.standards.at(1).passing);
  EXPECT_EQ(value_of(decode_standards_scores(body_of("get-standards-scores/whole"))).size(), 2U);
}

TEST(Decode, ReadsPeoplePoliciesAndPriorities) {
  const User user = value_of(decode_user(body_of("get-current-user/whole")));
  EXPECT_EQ(user.job_title, "Site reliability engineer");
  EXPECT_FALSE(user.deleted);
  EXPECT_EQ(value_of(decode_escalation_policy(body_of("get-escalation-policy/whole"))).loops, 2);
  EXPECT_EQ(value_of(decode_priorities(body_of("get-priorities/whole"))).items.at(1).color,
            "eb6016");
  EXPECT_EQ(value_of(decode_abilities(body_of("get-abilities/whole"))).size(), 3U);
}

TEST(Decode, ReadsEventsAndTokens) {
  EXPECT_EQ(value_of(decode_event_accepted(body_of("post-enqueue/whole"))).dedup_key, "pdc-2");
  const OAuthToken token = value_of(decode_oauth_token(body_of("post-oauth-token/whole")));
  EXPECT_EQ(token.access_token, "an-access-token-of-nobody");
  EXPECT_EQ(token.expires_in_s, 864'000);
}

TEST(Decode, TellsADeletedUserFromABareReference) {
  const struct {
    const char* name;
    const char* members;
    bool deleted;
  } rows[] = {
      {"deleted",
       R"("deleted_at":"2026-01-01T00:00:00Z","html_url":"https://x.pagerduty.com/users/P1")",
       true},
      {"nowhere to be found", R"("self":null,"html_url":null)", true},
      {"bare", R"("type":"user_reference")", false},
      {"without a page", R"("self":"https://api.pagerduty.com/users/P1","html_url":null)", false},
      {"not deleted", R"("deleted_at":null,"self":"https://api.pagerduty.com/users/P1")", false},
  };
  for (const auto& row : rows) {
    const auto user = decode_user(R"({"user":{"id":"P1",)" + std::string(row.members) + "}}");
    ASSERT_TRUE(user.has_value()) << row.name;
    EXPECT_EQ(user->value.deleted, row.deleted) << row.name;
  }
}

TEST(Decode, TakesTheFirstPhoneNumber) {
  const struct {
    const char* name;
    const char* methods;
    const char* phone;
    int noted;
  } rows[] = {
      {"with a country", R"([{"type":"phone_contact_method","country_code":46,"address":"70555"}])",
       "+4670555", 0},
      {"as a reference", R"([{"type":"phone_contact_method_reference","id":"P1"}])", "", 0},
      {"without a country", R"([{"type":"phone_contact_method","address":"70555"}])", "70555", 0},
      {"the country as text",
       R"([{"type":"phone_contact_method","country_code":"46","address":"70555"}])", "+4670555", 1},
      {"the first of two",
       R"([{"type":"phone_contact_method","address":"1"},{"type":"phone_contact_method","address":"2"}])",
       "1", 0},
      {"none without a number",
       R"([{"type":"phone_contact_method","country_code":46},{"type":"phone_contact_method","address":"2"}])",
       "2", 0},
      {"no text message", R"([{"type":"sms_contact_method","address":"1"}])", "", 0},
  };
  for (const auto& row : rows) {
    const auto user =
        decode_user(R"({"user":{"id":"P1","contact_methods":)" + std::string(row.methods) + "}}");
    ASSERT_TRUE(user.has_value()) << row.name;
    EXPECT_EQ(user->value.phone, row.phone) << row.name;
    EXPECT_EQ(static_cast<int>(user->diagnostics.size()), row.noted) << row.name;
  }
}

}  // namespace
}  // namespace pd::pagerduty

#include "pagerduty/encode.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "pagerduty/decode.h"
#include "places.h"

namespace pd::pagerduty {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What a body says, by the decoder's own account of it.
std::string said(std::string_view operation, const std::string& body) {
  const auto text = decode_to_json(operation, body);
  if (!text) return text.error().message;
  // Which page of a list it was is nothing that a model says.
  const std::size_t items = text->find("\"items\"");
  const std::size_t start = items == std::string::npos ? 0 : items;
  return text->substr(start, text->find("\"diagnostics\"") - start);
}

std::string encoded(std::string_view operation, const std::string& body) {
  if (operation == "GET /services/{id}") return encode_service(decode_service(body)->value);
  if (operation == "GET /incidents") return encode_incidents(decode_incidents(body)->value.items);
  if (operation == "GET /oncalls") return encode_on_calls(decode_on_calls(body)->value.items);
  return encode_change_events(decode_change_events(body)->value.items);
}

struct Row {
  const char* operation;
  const char* body;
};

const Row kRows[] = {
    {"GET /services/{id}", R"({"service":{"id":"P1","name":"Checkout","description":"a\nb",
      "status":"critical","html_url":"https://acme.pagerduty.com/services/P1","teams":[{"id":"T1",
      "type":"team_reference","summary":"Web","html_url":null}],"integrations":[{"id":"I1",
      "type":"events_api_v2_inbound_integration","summary":"Events"}],"support_hours":{"time_zone":
      "Europe/Berlin","start_time":"09:00:00","end_time":"17:00:00","days_of_week":[1,2,5]},
      "created_at":"2025-01-02T03:04:05Z","last_incident_timestamp":"2026-05-04T09:00:00.250Z",
      "acknowledgement_timeout":1800,"auto_resolve_timeout":null,"escalation_policy":{"id":"E1",
      "type":"escalation_policy","name":"Web","num_loops":2,"escalation_rules":[{"id":"R1",
      "escalation_delay_in_minutes":30,"targets":[{"id":"S1","type":"schedule_reference",
      "summary":"Days"}]},{"id":"R2","targets":[]}]}}})"},
    {"GET /services/{id}", R"({"service":{"id":"P1","escalation_policy":{"id":"E1","type":
      "escalation_policy_reference","summary":"Web"}}})"},
    {"GET /services/{id}", R"({"service":{}})"},
    {"GET /incidents", R"({"incidents":[{"id":"Q1","incident_number":12,"title":"Disk \"full\" ✅",
      "status":"acknowledged","urgency":"high","incident_key":"k","priority":{"id":"PR","name":"P1",
      "description":"worst","color":"A8171C"},"created_at":"2026-05-04T09:00:00Z",
      "last_status_change_at":"2026-05-04T09:10:00Z","updated_at":"2026-05-04T09:11:00Z",
      "service":{"id":"P1","type":"service_reference","summary":"Checkout"},"assignments":[{"at":"2026-05-04T09:00:00Z","assignee":{"id":"U1",
      "summary":"Ana Example","self":null,"html_url":null}}],"acknowledgements":[{"at":
      "2026-05-04T09:10:00Z","acknowledger":{"id":"U1","summary":"Ana Example"}}],"alert_counts":
      {"all":3,"triggered":0},"incidents_responders":[{"user":{"id":"U2","summary":"Bo Example"}}],
      "conference_bridge":{"conference_url":"https://meet.example/1","conference_number":"+1 5"},
      "body":{"details":"why"}},{"id":"Q2"}]})"},
    {"GET /incidents", R"({"incidents":[]})"},
    {"GET /oncalls", R"({"oncalls":[{"escalation_level":1,"start":"2026-05-04T08:00:00Z","end":null,
      "escalation_policy":{"id":"E1","summary":"Web"},"schedule":null,"user":{"id":"U1","name":
      "Ana Example","email":"ana@example.com","time_zone":"Europe/Berlin","job_title":"SRE",
      "contact_methods":[{"type":"phone_contact_method","country_code":49,"address":"30123"}]}},
      {"escalation_level":2,"user":{"id":"U3","summary":"Gone","self":null,"html_url":null}}]})"},
    {"GET /change_events", R"({"change_events":[{"id":"C1","summary":"Deploy","source":"ci",
      "timestamp":"2026-05-04T08:59:59.001Z","services":[{"id":"P1","type":"service_reference"}],
      "links":[{"href":"https://ci.example/1","text":"Build 1"}]}]})"},
};

TEST(Encode, WritesWhatTheDecodersReadBackTheSame) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.body);
    const std::string again = encoded(row.operation, row.body);
    EXPECT_EQ(said(row.operation, again), said(row.operation, row.body)) << again;
  }
}

// The bodies of the cases, whole and broken, as well.
TEST(Encode, WritesTheCasesBodiesBackTheSame) {
  const std::filesystem::path cases = source_dir() / "tests/cases/card/bodies";
  int bodies = 0;
  for (const auto& [start, operation] :
       {std::pair{"service", "GET /services/{id}"}, std::pair{"incidents", "GET /incidents"},
        std::pair{"oncalls", "GET /oncalls"}, std::pair{"changes", "GET /change_events"}}) {
    for (const auto& file : std::filesystem::directory_iterator(cases)) {
      const std::string name = file.path().stem().string();
      if (!name.starts_with(start) || name.starts_with("services")) continue;
      SCOPED_TRACE(name);
      ++bodies;
      std::string body = read_file(file.path());
      // The keys are the one thing that does not come back.
      for (std::size_t at = body.find("integration_key"); at != std::string::npos;
           at = body.find("integration_key", at)) {
        body[at] = 'x';
      }
      EXPECT_EQ(said(operation, encoded(operation, body)), said(operation, body));
    }
  }
  EXPECT_GE(bodies, 10);
}

TEST(Encode, WritesAnalyticsOfOneServiceOrNone) {
  ServiceAnalytics analytics;
  analytics.service_id = "P1";
  analytics.incidents = 4;
  analytics.mean_seconds_to_resolve = 61.5;
  const auto read = decode_service_analytics(encode_service_analytics(&analytics));
  ASSERT_EQ(read->value.size(), 1u);
  EXPECT_EQ(read->value[0].incidents, 4);
  EXPECT_EQ(read->value[0].mean_seconds_to_resolve, 61.5);
  EXPECT_FALSE(read->value[0].mean_seconds_to_first_ack.has_value());
  EXPECT_TRUE(decode_service_analytics(encode_service_analytics(nullptr))->value.empty());
}

TEST(Encode, NeverWritesAnIntegrationKeyAndStillKnowsIt) {
  const std::string key = "0123456789abcdef0123456789abcdef";
  const auto service = decode_service(
      R"({"service":{"id":"P1","integrations":[{"id":"I1","integration_key":")" + key + R"("}]}})");
  const Integration& known = service->value.integrations[0];
  EXPECT_TRUE(matches_key(known, key));
  const std::string text = encode_service(service->value);
  EXPECT_EQ(text.find(key), std::string::npos);
  EXPECT_EQ(text.find(key.substr(0, 8)), std::string::npos);

  const auto again = decode_service(text);
  EXPECT_TRUE(matches_key(again->value.integrations[0], key));
  EXPECT_FALSE(matches_key(again->value.integrations[0], "another"));
  EXPECT_FALSE(matches_key(again->value.integrations[0], ""));
  EXPECT_EQ(encode_service(again->value), text) << "and once more";
  EXPECT_FALSE(matches_key(Integration{}, key));
}

}  // namespace
}  // namespace pd::pagerduty

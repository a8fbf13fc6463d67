// Requests, character by character.
#include "pagerduty/requests.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/text.h"

namespace pd::pagerduty {
namespace {

using Json = nlohmann::json;

const std::vector<std::string> kServices{"PCHKOUT", "PLEDGER"};
constexpr Time kSince = time_from_ms(1'777'885'200'000);  // 2026-05-04T09:00:00Z
constexpr Time kUntil = kSince + std::chrono::days{7};

TEST(Requests, AreExact) {
  const NewIncident incident{
      "PCHKOUT", "Baskets cannot be paid", "502 since 09:12", "pdc-1", "PPRIO01", Urgency::kHigh};
  const TriggerEvent event{"0123456789abcdef0123456789abcdef",
                           "pdc-2",
                           "Baskets cannot be paid",
                           "component:default/checkout",
                           "502",
                           "Portal",
                           "https://portal.example.com/a?b",
                           Severity::kCritical};
  const struct {
    const char* name;
    Request request, expected;
  } rows[] = {
      {"get_service",
       make_get_service("PCHKOUT"),
       {Api::kRest, "GET",
        "/services/"
        "PCHKOUT?include%5B%5D=integrations&include%5B%5D=escalation_policies&include%5B%5D=teams",
        "", false}},
      {"find_service",
       make_find_service("0123456789abcdef0123456789abcdef"),
       {Api::kRest, "GET",
        "/services?query=0123456789abcdef0123456789abcdef&include%5B%5D=integrations&include%5B%5D="
        "escalation_policies&include%5B%5D=teams",
        "", false}},
      {"list_incidents",
       make_list_incidents(kServices, {}),
       {Api::kRest, "GET",
        "/incidents?service_ids%5B%5D=PCHKOUT&service_ids%5B%5D=PLEDGER&statuses%5B%5D=triggered&"
        "statuses%5B%5D=acknowledged&date_range=all"
        "&sort_by=created_at%3Adesc&include%5B%5D=priorities&limit=100",
        "", false}},
      {"list_incidents, a later page",
       make_list_incidents({kServices.data(), 1}, {200, 50, true}),
       {Api::kRest, "GET",
        "/incidents?service_ids%5B%5D=PCHKOUT&statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&"
        "date_range=all&sort_by=created_at%3Adesc"
        "&include%5B%5D=priorities&limit=50&offset=200&total=true",
        "", false}},
      {"list_on_calls",
       make_list_on_calls(std::vector<std::string>{"PPOLICY"}, {}),
       {Api::kRest, "GET",
        "/oncalls?escalation_policy_ids%5B%5D=PPOLICY&include%5B%5D=users&earliest=false"
        "&limit=100",
        "", false}},
      {"list_shifts",
       make_list_shifts(std::vector<std::string>{"PPOLICY"}, kSince, kUntil, {}),
       {Api::kRest, "GET",
        "/oncalls?escalation_policy_ids%5B%5D=PPOLICY&include%5B%5D=users"
        "&since=2026-05-04T09%3A00%3A00Z&until=2026-05-11T09%3A00%3A00Z&limit=100",
        "", false}},
      {"list_next_shifts",
       make_list_next_shifts(std::vector<std::string>{"PPOLICY"}, kSince, kUntil, {}),
       {Api::kRest, "GET",
        "/oncalls?escalation_policy_ids%5B%5D=PPOLICY&include%5B%5D=users"
        "&since=2026-05-04T09%3A00%3A00Z&until=2026-05-11T09%3A00%3A00Z&earliest=true&limit=100",
        "", false}},
      {"list_resolved_incidents",
       make_list_resolved_incidents("PCHKOUT", kSince, 25),
       {Api::kRest, "GET",
        "/incidents?service_ids%5B%5D=PCHKOUT&statuses%5B%5D=resolved"
        "&since=2026-05-04T09%3A00%3A00Z&sort_by=created_at%3Adesc"
        "&include%5B%5D=priorities&limit=25",
        "", false}},
      {"list_dependencies",
       make_list_dependencies("PCHKOUT"),
       {Api::kRest, "GET", "/service_dependencies/technical_services/PCHKOUT", "", false}},
      {"list_users of a team",
       make_list_users(std::vector<std::string>{"PTEAM01"}, {}),
       {Api::kRest, "GET", "/users?team_ids%5B%5D=PTEAM01&limit=100", "", false}},
      {"list_users of all teams",
       make_list_users({}, {}),
       {Api::kRest, "GET", "/users?limit=100", "", false}},
      {"list_escalation_policies",
       make_list_escalation_policies({}),
       {Api::kRest, "GET", "/escalation_policies?sort_by=name&limit=100", "", false}},
      {"list_change_events",
       make_list_change_events("PCHKOUT", 5),
       {Api::kRest, "GET", "/services/PCHKOUT/change_events?limit=5", "", false}},
      {"list_services",
       make_list_services({100, 100, false}),
       {Api::kRest, "GET",
        "/services?include%5B%5D=integrations&include%5B%5D=escalation_policies&include%5B%5D=teams"
        "&limit=100&offset=100",
        "", false}},
      {"list_all_change_events",
       make_list_all_change_events(kSince, {}),
       {Api::kRest, "GET", "/change_events?since=2026-05-04T09%3A00%3A00Z&limit=100", "", false}},
      {"list_all_change_events, whenever",
       make_list_all_change_events(std::nullopt, {}),
       {Api::kRest, "GET", "/change_events?limit=100", "", false}},
      {"get_incident", make_get_incident("Q1"), {Api::kRest, "GET", "/incidents/Q1", "", false}},
      {"find_incident_by_key",
       make_find_incident_by_key("PCHKOUT", "pdc-1"),
       {Api::kRest, "GET",
        "/incidents?incident_key=pdc-1&service_ids%5B%5D=PCHKOUT&date_range=all&limit=5", "",
        false}},
      {"list_log_entries",
       make_list_log_entries("Q1"),
       {Api::kRest, "GET", "/incidents/Q1/log_entries?is_overview=true&limit=100", "", false}},
      {"list_notes", make_list_notes("Q1"), {Api::kRest, "GET", "/incidents/Q1/notes", "", false}},
      {"list_alerts",
       make_list_alerts("Q1", {100, 100, false}),
       {Api::kRest, "GET", "/incidents/Q1/alerts?limit=100&offset=100", "", false}},
      {"list_maintenance_windows",
       make_list_maintenance_windows("PCHKOUT"),
       {Api::kRest, "GET", "/maintenance_windows?service_ids%5B%5D=PCHKOUT&filter=open", "",
        false}},
      {"list_priorities",
       make_list_priorities(),
       {Api::kRest, "GET", "/priorities?limit=100", "", false}},
      {"get_current_user", make_get_current_user(), {Api::kRest, "GET", "/users/me", "", false}},
      {"list_abilities", make_list_abilities(), {Api::kRest, "GET", "/abilities", "", false}},
      {"get_schedule",
       make_get_schedule("PROTA01", kSince, kUntil),
       {Api::kRest, "GET",
        "/schedules/PROTA01?since=2026-05-04T09%3A00%3A00Z&until=2026-05-11T09%3A00%3A00Z", "",
        false}},
      {"get_service_analytics",
       make_get_service_analytics(kServices, {kSince, kUntil}),
       {Api::kRest, "POST", "/analytics/metrics/incidents/services",
        R"({"filters":{"created_at_start":"2026-05-04T09:00:00Z","created_at_end":"2026-05-11T09:00:00Z","service_ids":["PCHKOUT","PLEDGER"]}})",
        false}},
      {"get_service_analytics, high urgency by day",
       make_get_service_analytics(kServices, {kSince, kUntil, true, true}),
       {Api::kRest, "POST", "/analytics/metrics/incidents/services",
        R"({"filters":{"created_at_start":"2026-05-04T09:00:00Z","created_at_end":"2026-05-11T09:00:00Z","urgency":"high","service_ids":["PCHKOUT","PLEDGER"]},"aggregate_unit":"day","time_zone":"Etc/UTC"})",
        false}},
      {"get_standards_score",
       make_get_standards_score("PCHKOUT"),
       {Api::kRest, "GET", "/standards/scores/technical_services/PCHKOUT", "", false}},
      {"create_incident",
       make_create_incident(incident),
       {Api::kRest, "POST", "/incidents",
        R"({"incident":{"type":"incident","title":"Baskets cannot be paid","service":{"id":"PCHKOUT","type":"service_reference"},)"
        R"("urgency":"high","priority":{"id":"PPRIO01","type":"priority_reference"},"incident_key":"pdc-1",)"
        R"("body":{"type":"incident_body","details":"502 since 09:12"}}})",
        true}},
      {"create_incident, the least",
       make_create_incident({"PCHKOUT", "Baskets cannot be paid", "", "", "", Urgency::kUnknown}),
       {Api::kRest, "POST", "/incidents",
        R"({"incident":{"type":"incident","title":"Baskets cannot be paid","service":{"id":"PCHKOUT","type":"service_reference"}}})",
        true}},
      {"trigger_event",
       make_trigger_event(event),
       {Api::kEvents, "POST", "/v2/enqueue",
        R"({"routing_key":"0123456789abcdef0123456789abcdef","event_action":"trigger","dedup_key":"pdc-2","client":"Portal",)"
        R"("client_url":"https://portal.example.com/a?b","payload":{"summary":"Baskets cannot be paid","source":"component:default/checkout",)"
        R"("severity":"critical","custom_details":{"details":"502"}}})",
        false}},
      {"acknowledge",
       make_set_incident_status("Q1", IncidentStatus::kAcknowledged),
       {Api::kRest, "PUT", "/incidents",
        R"({"incidents":[{"id":"Q1","type":"incident_reference","status":"acknowledged"}]})",
        true}},
      {"resolve",
       make_set_incident_status("Q1", IncidentStatus::kResolved),
       {Api::kRest, "PUT", "/incidents",
        R"({"incidents":[{"id":"Q1","type":"incident_reference","status":"resolved"}]})", true}},
      {"reassign",
       make_reassign("Q1", std::vector<std::string>{"PUSER01", "PUSER02"}),
       {Api::kRest, "PUT", "/incidents",
        R"({"incidents":[{"id":"Q1","type":"incident_reference","assignments":[{"assignee":{"id":"PUSER01","type":"user_reference"}},)"
        R"({"assignee":{"id":"PUSER02","type":"user_reference"}}]}]})",
        true}},
      {"escalate",
       make_escalate("Q1", 2),
       {Api::kRest, "PUT", "/incidents",
        R"({"incidents":[{"id":"Q1","type":"incident_reference","escalation_level":2}]})", true}},
      {"set_priority",
       make_set_priority("Q1", "PPRIO01"),
       {Api::kRest, "PUT", "/incidents",
        R"({"incidents":[{"id":"Q1","type":"incident_reference","priority":{"id":"PPRIO01","type":"priority_reference"}}]})",
        true}},
      {"request_responders",
       make_request_responders({"Q1", "PUSER01", "Please help.", {"PUSER02"}, {"PPOLICY"}}),
       {Api::kRest, "POST", "/incidents/Q1/responder_requests",
        R"({"requester_id":"PUSER01","message":"Please help.","responder_request_targets":[)"
        R"({"responder_request_target":{"id":"PUSER02","type":"user_reference"}},)"
        R"({"responder_request_target":{"id":"PPOLICY","type":"escalation_policy_reference"}}]})",
        false}},
      {"create_override",
       make_create_override("PROTA01", "PUSER01", kSince, kUntil),
       {Api::kRest, "POST", "/schedules/PROTA01/overrides",
        R"({"overrides":[{"start":"2026-05-04T09:00:00Z","end":"2026-05-11T09:00:00Z","user":{"id":"PUSER01","type":"user_reference"}}]})",
        false}},
      {"start_maintenance",
       make_start_maintenance("PCHKOUT", kSince, kUntil, "Moving\nthe database"),
       {Api::kRest, "POST", "/maintenance_windows",
        R"({"maintenance_window":{"type":"maintenance_window","start_time":"2026-05-04T09:00:00Z","end_time":"2026-05-11T09:00:00Z",)"
        R"("description":"Moving the database","services":[{"id":"PCHKOUT","type":"service_reference"}]}})",
        true}},
      {"end_maintenance",
       make_end_maintenance("PWINDOW"),
       {Api::kRest, "DELETE", "/maintenance_windows/PWINDOW", "", false}},
      {"add_note",
       make_add_note("Q1", "Rolled back."),
       {Api::kRest, "POST", "/incidents/Q1/notes", R"({"note":{"content":"Rolled back."}})", true}},
      {"snooze",
       make_snooze("Q1", 3600),
       {Api::kRest, "POST", "/incidents/Q1/snooze", R"({"duration":3600})", true}},
      {"snooze for no time",
       make_snooze("Q1", 0),
       {Api::kRest, "POST", "/incidents/Q1/snooze", R"({"duration":1})", true}},
      {"snooze for ever",
       make_snooze("Q1", 9'999'999),
       {Api::kRest, "POST", "/incidents/Q1/snooze", R"({"duration":604800})", true}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(row.request.api, row.expected.api) << row.name;
    EXPECT_EQ(row.request.method, row.expected.method) << row.name;
    EXPECT_EQ(row.request.path, row.expected.path) << row.name;
    EXPECT_EQ(row.request.body, row.expected.body) << row.name;
    EXPECT_EQ(row.request.needs_from, row.expected.needs_from) << row.name;
  }
}

TEST(Requests, KeepAnIdInItsSegment) {
  const struct {
    const char* name;
    std::string id;
    const char* segment;
  } rows[] = {
      {"a path upwards", "../users", "..%2Fusers"},
      {"two dots", "..", "_"},
      {"one dot", ".", "_"},
      {"nothing", "", "_"},
      {"two encoded dots", "%2e%2e", "%252e%252e"},
      {"three dots", "...", "..."},
      {"a query", "Q1?include[]=x", "Q1%3Finclude%5B%5D%3Dx"},
      {"a fragment", "Q1#x", "Q1%23x"},
      {"a backslash", "..\\x", "..%5Cx"},
      {"another host", "//example.com", "%2F%2Fexample.com"},
      {"a semicolon and a plus", "a;b+c&d", "a%3Bb%2Bc%26d"},
      {"a line break", "a\r\nX: y", "a%0D%0AX%3A%20y"},
      {"another script", "\xD0\xB6", "%D0%B6"},
      {"a zero byte", std::string("a\0b", 3), "a%00b"},
      {"unreserved", "aZ0-._~", "aZ0-._~"},
  };
  for (const auto& row : rows) {
    const std::string segment = row.segment;
    EXPECT_EQ(make_get_incident(row.id).path, "/incidents/" + segment) << row.name;
    EXPECT_EQ(make_list_notes(row.id).path, "/incidents/" + segment + "/notes") << row.name;
    EXPECT_EQ(make_list_log_entries(row.id).path,
              "/incidents/" + segment + "/log_entries?is_overview=true&limit=100")
        << row.name;
    EXPECT_EQ(make_list_alerts(row.id, {}).path, "/incidents/" + segment + "/alerts?limit=100")
        << row.name;
    EXPECT_EQ(make_add_note(row.id, "x").path, "/incidents/" + segment + "/notes") << row.name;
    EXPECT_EQ(make_snooze(row.id, 60).path, "/incidents/" + segment + "/snooze") << row.name;
    EXPECT_EQ(make_list_change_events(row.id, 5).path,
              "/services/" + segment + "/change_events?limit=5")
        << row.name;
    EXPECT_EQ(make_get_standards_score(row.id).path,
              "/standards/scores/technical_services/" + segment)
        << row.name;
    EXPECT_TRUE(make_get_service(row.id).path.starts_with("/services/" + segment + "?include"))
        << row.name;
    EXPECT_TRUE(make_get_schedule(row.id, kSince, kUntil)
                    .path.starts_with("/schedules/" + segment + "?since"))
        << row.name;
  }
}

TEST(Requests, EncodeValuesOfTheQuery) {
  const struct {
    const char* value;
    const char* encoded;
  } rows[] = {{"a b", "a%20b"},
              {"a+b", "a%2Bb"},
              {"a&limit=1", "a%26limit%3D1"},
              {"a#b", "a%23b"},
              {"100%", "100%25"},
              {"a=b", "a%3Db"},
              {"\xC3\xA9", "%C3%A9"},
              {"\xF0\x9F\x94\xA5", "%F0%9F%94%A5"},
              {"'\"<>`", "%27%22%3C%3E%60"},
              {"[]{}|", "%5B%5D%7B%7D%7C"},
              {"/?:@!$,;*()", "%2F%3F%3A%40%21%24%2C%3B%2A%28%29"}};
  for (const auto& row : rows) {
    const std::string encoded = row.encoded;
    EXPECT_TRUE(make_find_service(row.value).path.starts_with("/services?query=" + encoded +
                                                              "&include%5B%5D="))
        << row.value;
    EXPECT_EQ(
        make_find_incident_by_key("P1", row.value).path.find(encoded + "&service_ids%5B%5D=P1&"),
        std::string_view("/incidents?incident_key=").size())
        << row.value;
    const std::vector<std::string> ids{row.value, "P2"};
    EXPECT_TRUE(make_list_incidents(ids, {}).path.starts_with(
        "/incidents?service_ids%5B%5D=" + encoded + "&service_ids%5B%5D=P2&"))
        << row.value;
  }
}

TEST(Requests, FitIntoAUrlForAWholeBatch) {
  const std::vector<std::string> ids(40, "P123ABCDEFGHIJ");  // the longest ids that PagerDuty gives
  EXPECT_LT(make_list_incidents(ids, {9900, 100, true}).path.size(), 2'000U);
  EXPECT_LT(make_list_on_calls(ids, {9900, 100, true}).path.size(), 2'500U);
}

Json body_of(const Request& request) { return Json::parse(request.body); }

TEST(Writes, CarryWhatWasWritten) {
  const struct {
    const char* name;
    std::string text, title, details;
  } rows[] = {
      {"quotes and backslashes", R"(a "b" \c)", R"(a "b" \c)", R"(a "b" \c)"},
      {"lines with indentation", "one\r\n\n\tat two  (x)\n", "one at two (x)",
       "one\n\n\tat two  (x)"},
      {"controls", std::string("a\0b\x1B[31mc\x7F", 9), "ab[31mc", "ab[31mc"},
      {"other scripts", "\xE6\x94\xAF \xF0\x9F\x94\xA5", "\xE6\x94\xAF \xF0\x9F\x94\xA5",
       "\xE6\x94\xAF \xF0\x9F\x94\xA5"},
      {"broken UTF-8", "a\xC3(b", "a\xEF\xBF\xBD(b", "a\xEF\xBF\xBD(b"},
      {"JSON", R"("},"x":{")", R"("},"x":{")", R"("},"x":{")"},
  };
  for (const auto& row : rows) {
    const Json incident = body_of(
        make_create_incident({"P1", row.text, row.text, "", "", Urgency::kLow}))["incident"];
    EXPECT_EQ(incident["title"], row.title) << row.name;
    EXPECT_EQ(incident["body"]["details"], row.details) << row.name;
    TriggerEvent event;
    event.summary = event.details = row.text;
    const Json payload = body_of(make_trigger_event(event))["payload"];
    EXPECT_EQ(payload["summary"], row.title) << row.name;
    EXPECT_EQ(payload["custom_details"]["details"], row.details) << row.name;
    EXPECT_EQ(body_of(make_add_note("Q1", row.text))["note"]["content"], row.details) << row.name;
  }
}

// In characters: 1,024 of a title, 255 of a key.
TEST(Writes, AreCutToWhatTheApiTakes) {
  const std::string fire = "\xF0\x9F\x94\xA5";
  const std::string family =
      "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";  // three characters, one grapheme
  std::string fires;
  std::string families;
  for (int i = 0; i < 10'000; ++i) fires += fire, families += family;
  const auto characters = [](const Json& text) {
    const auto bytes = text.get<std::string>();
    EXPECT_TRUE(is_valid_utf8(bytes));
    return std::ranges::count_if(
        bytes, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
  };
  for (const std::string& text : {std::string(10'000, 'x'), fires, families}) {
    const Json incident =
        body_of(make_create_incident({"P1", text, text, text, "", Urgency::kHigh}))["incident"];
    EXPECT_EQ(characters(incident["title"]), 1'024);
    EXPECT_EQ(characters(incident["incident_key"]), 255);
    EXPECT_EQ(characters(incident["body"]["details"]), 8'192);
    TriggerEvent event;
    event.summary = event.dedup_key = text;
    const Json body = body_of(make_trigger_event(event));
    EXPECT_EQ(characters(body["payload"]["summary"]), 1'024);
    EXPECT_EQ(characters(body["dedup_key"]), 255);
  }
}

TEST(Writes, TriggerAlwaysWithASource) {
  TriggerEvent event;
  EXPECT_EQ(body_of(make_trigger_event(event))["payload"]["source"], "pagerduty-card");
  event.client = "Portal";
  EXPECT_EQ(body_of(make_trigger_event(event))["payload"]["source"], "Portal");
  event.source = "checkout";
  EXPECT_EQ(body_of(make_trigger_event(event))["payload"]["source"], "checkout");
}

TEST(Writes, NameEachSeverityAndStatus) {
  const std::pair<Severity, const char*> severities[] = {{Severity::kCritical, "critical"},
                                                         {Severity::kError, "error"},
                                                         {Severity::kWarning, "warning"},
                                                         {Severity::kInfo, "info"}};
  for (const auto& [severity, name] : severities) {
    TriggerEvent event;
    event.severity = severity;
    EXPECT_EQ(body_of(make_trigger_event(event))["payload"]["severity"], name);
  }
  EXPECT_EQ(
      body_of(make_set_incident_status("Q1", IncidentStatus::kTriggered))["incidents"][0]["status"],
      "triggered");
}

TEST(ExampleRequests, AreLinesOfJsonWithNamesOfTheirOwn) {
  std::istringstream lines(example_requests_jsonl());
  std::set<std::string> names;
  for (std::string line; std::getline(lines, line);) {
    const Json example = Json::parse(line);
    EXPECT_TRUE(names.insert(example.at("name")).second) << line;
    EXPECT_TRUE(example.at("path").get<std::string>().starts_with("/")) << line;
    EXPECT_TRUE(example.at("api") == "rest" || example.at("api") == "events") << line;
    EXPECT_TRUE(example.at("needs_from").is_boolean()) << line;
    const std::string body = example.at("body");
    if (!body.empty()) {
      EXPECT_TRUE(Json::parse(body).is_object()) << line;
    }
    const std::string method = example.at("method");
    EXPECT_EQ(body.empty(), method == "GET" || method == "DELETE") << line;
  }
  EXPECT_EQ(names.size(), 40U);
}

}  // namespace
}  // namespace pd::pagerduty

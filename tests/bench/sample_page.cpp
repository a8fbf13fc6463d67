#include "bench/sample_page.h"

#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/json_writer.h"

namespace pd::bench {
namespace {

constexpr card::CardId kCard = 1;

void write_reference(JsonWriter& json, std::string_view id, std::string_view type,
                     std::string_view summary) {
  json.begin_object().member("id", id).member("type", type).member("summary", summary);
  json.member("html_url", "https://example.pagerduty.com/" + std::string(id)).end_object();
}

void write_incident(JsonWriter& json, int number) {
  const bool is_high = number % 3 == 0;
  json.begin_object();
  json.member("id", "PINC" + std::to_string(number)).member("type", "incident");
  json.member("incident_number", number);
  json.member("title", "Latency above 2 s on node " + std::to_string(number));
  json.member("status", is_high ? "triggered" : "acknowledged");
  json.member("urgency", is_high ? "high" : "low");
  json.member("created_at", format_rfc3339(kNow - std::chrono::minutes(number)));
  json.member("html_url", "https://example.pagerduty.com/incidents/PINC" + std::to_string(number));
  json.key("service");
  write_reference(json, "PSVC0", "service_reference", "Service 0");
  json.key("assignments").begin_array().begin_object();
  json.member("at", format_rfc3339(kNow)).key("assignee");
  write_reference(json, "PUSER1", "user_reference", "Ada Abel");
  json.end_object().end_array();
  json.end_object();
}

std::string service_body() {
  JsonWriter json;
  json.begin_object().key("service").begin_object();
  json.member("id", "PSVC0").member("type", "service").member("name", "Service 0");
  json.member("status", "critical");
  json.member("html_url", "https://example.pagerduty.com/service-directory/PSVC0");
  json.key("escalation_policy");
  write_reference(json, "PPOL0", "escalation_policy_reference", "Service 0 escalation");
  json.end_object().end_object();
  return json.take();
}

std::string on_calls_body() {
  JsonWriter json;
  json.begin_object().key("oncalls").begin_array();
  for (int level = 1; level <= 2; ++level) {
    json.begin_object().member("escalation_level", level);
    json.member("start", format_rfc3339(kNow - std::chrono::hours(8)));
    json.member("end", format_rfc3339(kNow + std::chrono::hours(16)));
    json.key("escalation_policy");
    write_reference(json, "PPOL0", "escalation_policy_reference", "Service 0 escalation");
    json.key("user");
    write_reference(json, level == 1 ? "PUSER1" : "PUSER2", "user_reference",
                    level == 1 ? "Ada Abel" : "Boris Abel");
    json.end_object();
  }
  json.end_array().member("more", false).end_object();
  return json.take();
}

std::string answer_to(std::string_view path, int incident_count) {
  if (path.starts_with("/incidents")) return incidents_body(incident_count);
  if (path.starts_with("/oncalls")) return on_calls_body();
  if (path.find("/change_events") != std::string_view::npos) {
    return R"({"change_events":[],"more":false})";
  }
  return service_body();
}

std::vector<card::Effect> effects_of(card::Page& page) { return page.take_effects(); }
std::vector<card::Effect> effects_of(app::App& app) { return app.take_effects(kNow); }

template <typename T>
void open_and_answer(T& page, int incident_count) {
  card::CardConfig config;
  config.expects_entity = true;
  page.handle(card::AccountChanged{.account = "", .connected = true}, kNow);
  page.handle(card::OpenCard{kCard, std::move(config)}, kNow);
  page.handle(card::EntityLoaded{kCard, descriptor_of(1), "catalog-info.yaml"}, kNow);
  page.handle(card::CardVisible{kCard, true}, kNow);
  // Requests go out together a moment after they are wanted, and answers ask for more.
  for (bool asked = true; asked;) {
    asked = false;
    page.handle(card::Tick{}, kNow + std::chrono::seconds(1));
    for (const card::Effect& effect : effects_of(page)) {
      const auto* request = std::get_if<card::SendRequest>(&effect);
      if (request == nullptr) continue;
      asked = true;
      page.handle(card::ResponseArrived{request->request, 200,
                                        answer_to(request->what.path, incident_count)},
                  kNow + std::chrono::seconds(1));
    }
  }
}

}  // namespace

std::string descriptor_of(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: service-" +
            number + "\n  title: Service " + number +
            "\n  description: Takes a basket to a paid order.\n  annotations:\n"
            "    backstage.io/techdocs-ref: dir:.\n    pagerduty.com/service-id: PSVC" +
            number +
            "\n  tags: [go, payments]\nspec:\n  type: service\n  lifecycle: production\n"
            "  owner: group:default/payments\n";
  }
  return text;
}

std::string incidents_body(int count) {
  JsonWriter json;
  json.begin_object().key("incidents").begin_array();
  for (int i = 0; i < count; ++i) write_incident(json, i + 1);
  json.end_array().member("limit", 100).member("offset", 0).member("more", false).end_object();
  return json.take();
}

void open_card(card::Page& page, int incident_count) { open_and_answer(page, incident_count); }
void open_card(app::App& app, int incident_count) { open_and_answer(app, incident_count); }

}  // namespace pd::bench

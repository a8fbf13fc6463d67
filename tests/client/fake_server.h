// A PagerDuty of four services that keeps incidents, for tests in which the two sides must agree.
// It answers what the broker asks, and nothing else of the API.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "desk.h"

namespace pd::client {

class FakeServer {
 public:
  struct Item {
    std::string id, service, key, status;
    bool is_open() const { return status != "resolved"; }
  };
  std::vector<Item> incidents;
  bool tells_keys_in_lists = true;  // incidents with alerts do not

  Response respond(const Send& send) {
    const std::string path = decode_path(send.what.path);
    const auto [status, body] = send.what.method == "GET" ? read(path) : write(send.what, path);
    return {send.request, status, body, -1, -1};
  }
  void open(const std::string& service, const std::string& key) {
    incidents.push_back({"I" + std::to_string(incidents.size() + 1), service, key, "triggered"});
  }
  const Item* by_id(const std::string& id) const {
    const auto found = std::ranges::find(incidents, id, &Item::id);
    return found == incidents.end() ? nullptr : &*found;
  }
  std::size_t count_of_key(const std::string& key) const {
    return static_cast<std::size_t>(std::ranges::count(incidents, key, &Item::key));
  }
  // "I1 triggered, I3 acknowledged" of the open ones.
  std::string list_of(const std::string& service) const {
    std::string text;
    for (const Item& item : incidents) {
      if (item.service == service && item.is_open()) text += item.id + " " + item.status + ", ";
    }
    return text;
  }

 private:
  using Outcome = std::pair<int, std::string>;

  std::string json_of(const Item& item, bool with_key) const {
    return incident(item.id, item.service, item.status, with_key ? item.key : "");
  }

  Outcome read(const std::string& path) {
    std::vector<std::string> found;
    if (path.starts_with("/incidents/")) {
      const Item* item = by_id(path.substr(11));
      if (item == nullptr) return {404, "{}"};
      return {200, R"({"incident":)" + json_of(*item, false) + "}"};
    }
    const bool by_key = path.starts_with("/incidents?incident_key=");
    for (const Item& item : incidents) {
      const bool fits =
          by_key ? path.find("=" + item.key + "&") != std::string::npos
                 : item.is_open() && path.find("=" + item.service + "&") != std::string::npos;
      if (fits) found.push_back(json_of(item, tells_keys_in_lists));
    }
    return {200, incidents_body(found)};
  }

  Outcome write(const pagerduty::Request& request, const std::string& path) {
    const auto json = nlohmann::json::parse(request.body);
    if (path == "/v2/enqueue") {
      const std::string key = json["dedup_key"];
      if (!is_open_key(key)) open(json["payload"]["source"], key);
      return {202, R"({"status":"success","dedup_key":")" + key + "\"}"};
    }
    if (request.method == "POST") {
      const auto& wanted = json["incident"];
      if (is_open_key(wanted["incident_key"])) {
        return {
            400,
            R"({"error":{"message":"Arguments Caused Error","code":2001,"errors":["Open incident with matching dedup key already exists on this service"]}})"};
      }
      open(wanted["service"]["id"], wanted["incident_key"]);
      return {201, R"({"incident":)" + json_of(incidents.back(), true) + "}"};
    }
    const auto& change = json["incidents"][0];
    const auto item = std::ranges::find(incidents, change["id"].get<std::string>(), &Item::id);
    if (item == incidents.end() || !item->is_open()) {
      return {400, R"({"error":{"message":"Incident Already Resolved","code":2001}})"};
    }
    item->status = change["status"];
    return {200, incidents_body({json_of(*item, false)})};
  }

  bool is_open_key(const std::string& key) const {
    return std::ranges::any_of(incidents,
                               [&](const Item& i) { return i.key == key && i.is_open(); });
  }
};

}  // namespace pd::client

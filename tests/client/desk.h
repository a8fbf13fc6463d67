// A broker in virtual time, with all that it asked for on the desk: tests answer what they want, in
// the order they want.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "client/broker.h"

namespace pd::client {

inline constexpr Time kStart = time_from_ms(1'777'885'200'000);  // 2026-05-04T09:00:00Z
inline const Want kIncidents{Kind::kIncidents, "", "P1"};

// "+escalation_policy_ids%5B%5D=" read back: bodies and paths of tests are compared unencoded.
inline std::string decode_path(const std::string& path) {
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '%') {
      text += static_cast<char>(std::stoi(path.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      text += path[i];
    }
  }
  return text;
}

class Desk {
 public:
  Broker broker{7};
  Time now = kStart;
  std::vector<Send> open;         // asked for and not answered
  std::vector<std::string> sent;  // all requests, "GET /services/P1?include[]=..."
  std::vector<Time> sent_at;
  std::vector<std::string> auth_required;
  std::vector<Want> landed;
  std::vector<Want> drawn;                // of the landed ones, those that may read differently now
  std::size_t healths = 0;                // how often an account was said to be well or not
  std::map<IntentId, Intent> intents;     // as last told, also when the broker has forgotten them
  std::map<std::string, Intent> journal;  // what the page would find again, by key

  explicit Desk(bool connected = true) {
    if (connected) broker.set_account("", true, now);
  }

  // Takes what the broker wants done. Call it after each event; the calls below do.
  void collect() {
    for (const Effect& effect : broker.take_effects(now)) {
      if (const auto* send = std::get_if<Send>(&effect)) {
        sent.push_back(send->what.method + " " + decode_path(send->what.path));
        sent_at.push_back(now);
        open.push_back(*send);
      } else if (const auto* cancel = std::get_if<Cancel>(&effect)) {
        std::erase_if(open, [&](const Send& s) { return s.request == cancel->request; });
      } else if (const auto* auth = std::get_if<AuthRequired>(&effect)) {
        auth_required.push_back(auth->account);
      } else if (const auto* changed = std::get_if<AnswerChanged>(&effect)) {
        if (changed->landed) landed.push_back(changed->want);
        if (changed->landed && !changed->reads_alike) drawn.push_back(changed->want);
      } else if (std::holds_alternative<HealthChanged>(effect)) {
        ++healths;
      } else if (const auto* intent = std::get_if<IntentChanged>(&effect)) {
        if (const Intent* known = broker.intent(intent->intent)) intents[known->id] = *known;
      } else if (const auto* keep = std::get_if<KeepIntent>(&effect)) {
        journal[keep->intent.key] = keep->intent;
      } else if (const auto* drop = std::get_if<DropIntent>(&effect)) {
        journal.erase(drop->key);
      }
    }
  }

  void subscribe(SubscriberId id, std::vector<Want> wants,
                 Duration refresh = std::chrono::seconds{30}, bool visible = true) {
    broker.subscribe(id, std::move(wants), refresh, visible, now);
    collect();
  }

  // The first open request that begins so, removed from the desk; request 0 when there is none.
  Send take(const std::string& start) {
    const auto found = std::ranges::find_if(open, [&](const Send& s) {
      return (s.what.method + " " + decode_path(s.what.path)).starts_with(start);
    });
    if (found == open.end()) return {};
    Send send = *found;
    open.erase(found);
    return send;
  }
  bool has(const std::string& start) const {
    return std::ranges::any_of(open, [&](const Send& s) {
      return (s.what.method + " " + decode_path(s.what.path)).starts_with(start);
    });
  }
  bool answer(const std::string& start, int status, const std::string& body = "{}",
              std::int64_t retry_after_s = -1, std::int64_t age_s = 0) {
    const Send send = take(start);
    if (send.request == 0) return false;
    broker.handle(Response{send.request, status, body, retry_after_s, -1, std::nullopt, age_s},
                  now);
    collect();
    return true;
  }
  bool lose(const std::string& start, FailureReason reason = FailureReason::kNetwork) {
    const Send send = take(start);
    if (send.request == 0) return false;
    broker.handle(Failure{send.request, reason}, now);
    collect();
    return true;
  }

  // Time goes on; timers ring when they are due.
  void pass(Duration duration) {
    const Time end = now + duration;
    for (auto wake = broker.next_wake(now); wake && *wake <= end; wake = broker.next_wake(now)) {
      now = *wake;
      broker.tick(now);
      collect();
    }
    now = end;
    broker.tick(now);
    collect();
  }

  std::size_t count_sent(const std::string& start) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(sent, [&](const std::string& s) { return s.starts_with(start); }));
  }
};

// ---- Bodies ----

inline std::string service_body(const std::string& id, const std::string& policy,
                                const std::string& key = {}) {
  const std::string integration =
      key.empty() ? ""
                  : R"({"id":"I1","type":"events_api_v2_inbound_integration","integration_key":")" +
                        key + "\"}";
  return R"({"id":")" + id + R"(","name":"Service )" + id +
         R"(","status":"active","escalation_policy":{"id":")" + policy +
         R"(","type":"escalation_policy"},"integrations":[)" + integration + "]}";
}
inline std::string incident(const std::string& id, const std::string& service,
                            const std::string& status = "triggered", const std::string& key = {}) {
  return R"({"id":")" + id + R"(","title":"Title )" + id + R"(","status":")" + status +
         R"(","incident_key":")" + key + R"(","service":{"id":")" + service +
         R"(","type":"service_reference"}})";
}
inline std::string list_body(const std::string& name, const std::vector<std::string>& items,
                             bool more = false, std::int64_t offset = 0) {
  std::string body = "{\"" + name + "\":[";
  for (const std::string& item : items) body += (&item == items.data() ? "" : ",") + item;
  return body + "],\"limit\":100,\"offset\":" + std::to_string(offset) +
         ",\"more\":" + (more ? "true}" : "false}");
}
inline std::string incidents_body(const std::vector<std::string>& items) {
  return list_body("incidents", items);
}
inline std::string on_call(const std::string& policy, const std::string& user,
                           const std::string& end) {
  return R"({"escalation_level":1,"escalation_policy":{"id":")" + policy + R"("},"user":{"id":")" +
         user + R"(","name":"Ana Example"},"start":"2026-05-04T08:00:00Z","end":)" +
         (end.empty() ? "null" : "\"" + end + "\"") + "}";
}
// The only one on call, until `at`: "09:05:00".
inline std::string on_call_until(const std::string& at) {
  return list_body("oncalls", {on_call("E1", "U1", "2026-05-04T" + at + "Z")});
}

}  // namespace pd::client

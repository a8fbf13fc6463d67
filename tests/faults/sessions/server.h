// A PagerDuty of four services in two accounts, in virtual time. It answers what cards ask, as the
// real one does where that matters to a client:
//
//   Events API     202 at once; the event is processed some time later, now and then never (as in
//                  maintenance); one key is one incident while that is open
//   REST creation  400 while an incident with the key is open
//   status         200, also for an acknowledgement of what is acknowledged; 400 once resolved
//   assignee,      200, and shown late in lists; 400 for an assignee once resolved
//   priority
//   snooze         201, and acknowledged; 400 once resolved. The log has it at once, the notes a note
//   note           200
//   lists          new incidents and changes of status show some seconds late; pages may be shorter
//                  than asked for; incidents with alerts do not tell their key
//   by key         shows new incidents late, too, but resolved ones as well
//   by id          exact
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "chance.h"
#include "client/types.h"
#include "pagerduty/models.h"
#include "pagerduty/requests.h"

namespace pd::sessions {

using client::IntentKind;
using pagerduty::IncidentStatus;

struct Reply {
  int status = 200;
  std::string body;
};

// By whom: a copy of a request of the viewer's page, or a colleague.
using CopyId = int;
inline constexpr CopyId kColleague = -1;

struct Service {
  std::string_view id, name, account, policy;
  std::string_view key;  // of its Events integration; empty: it has none
};
inline constexpr Service kServices[] = {
    {"PSHOP01", "Shop", "", "PPOLA", "R0SHOP0000000000000000000000KEY1"},
    {"PCART02", "Cart", "", "PPOLA", ""},
    {"PMAIL03", "Mail", "", "PPOLB", "R0MAIL0000000000000000000000KEY3"},
    {"PBANK04", "Bank", "eu", "PPOLC", "R0BANK0000000000000000000000KEY4"},
};
// The key of an integration that no service has.
inline constexpr std::string_view kForeignKey = "R0NONE0000000000000000000000KEY9";
inline constexpr std::string_view kPolicies[] = {"PPOLA", "PPOLB", "PPOLC"};

inline constexpr std::array<std::string_view, 3> kPeople{"Ana", "Bo", "Cem"};
inline constexpr std::array<std::string_view, 2> kPriorities{"P1", "P2"};

class Server {
 public:
  struct Change {
    IncidentStatus status;
    Time at, listed_at;
    CopyId by;
  };
  // What was done to an incident besides its status: its assignee, priority, snoozes and notes.
  struct Mark {
    IntentKind kind;
    std::string value;
    Time at, listed_at;
    CopyId by;
  };
  struct Incident {
    std::string id, key, title;
    const Service* service;
    bool has_alerts;
    Time findable_at;  // by its key
    std::vector<Change> history;
    std::string json_start;
    std::vector<Mark> marks = {};

    IncidentStatus status() const { return history.back().status; }
    bool is_open() const { return status() != IncidentStatus::kResolved; }
    IncidentStatus listed_status(Time now) const;  // kUnknown: not listed yet
    // The last of a kind; null when there is none. As lists show it at `now`, or as it is.
    const Mark* last(IntentKind kind, std::optional<Time> now = std::nullopt) const;
  };
  // An event that was accepted.
  struct Event {
    const Service* service;
    std::string key, title;
    CopyId by;
    Time due;
    bool is_swallowed;
  };

  explicit Server(Chance& chance);

  Reply perform(std::string_view account, const pagerduty::Request& request, CopyId by, Time now);
  const std::vector<Event>& events() const { return events_; }
  void process(std::size_t event, Time now);
  // A colleague acknowledges, resolves or opens something, gives it to somebody or a priority,
  // deploys, or takes over a shift. Says what.
  std::string let_colleague_act(Time now);
  // From now on everything is in the lists at once, and each event is processed.
  void become_quick() { is_quick_ = true; }
  // Lists stay as they are at `now`: an index that broke.
  void freeze_lists(Time now) { frozen_at_ = now; }

  const std::vector<Incident>& incidents() const { return incidents_; }
  const Incident* incident(std::string_view id) const;
  std::string_view person_of(std::string_view policy) const;
  // Ids of the newest ten, newest first.
  std::vector<std::string> changes_of(std::string_view service) const;

 private:
  Reply read(std::string_view account, std::string_view path, Time now) const;
  Reply list_incidents(std::string_view account, std::string_view path, Time now) const;
  Reply list_services(std::string_view account, std::string_view path) const;
  Reply list_changes(std::string_view account, std::string_view path) const;
  Reply list_on_calls(std::string_view path) const;
  Reply read_incident(std::string_view account, std::string_view path) const;
  Reply accept(const std::string& body, CopyId by, Time now);
  Reply create(std::string_view account, const std::string& body, CopyId by, Time now);
  Reply change_one(std::string_view account, const pagerduty::Request& request, CopyId by,
                   Time now);
  Incident& open(const Service& service, std::string key, std::string title, bool has_alerts,
                 CopyId by, Time now);
  void change(Incident& incident, IncidentStatus status, CopyId by, Time now);
  void mark(Incident& incident, IntentKind kind, std::string_view value, CopyId by, Time now);
  Incident* open_with_key(const Service& service, std::string_view key);
  Time listed_at(Time now);

  Chance& chance_;
  bool is_quick_ = false;
  std::optional<Time> frozen_at_;
  std::size_t longest_page_;
  std::vector<Incident> incidents_;
  std::vector<Event> events_;
  struct Deploy {
    std::string id;
    const Service* service;
  };
  std::vector<Deploy> deploys_;
  std::size_t people_[std::size(kPolicies)] = {};
};

// The text behind `"name":"` in a body of the card's: enough for what the card writes here.
std::string_view member_of(std::string_view json, std::string_view name);
// What a write to one incident that is known asks for; absent: it is none.
struct WriteOfOne {
  IntentKind kind;
  std::string_view incident_id, value;
};
std::optional<WriteOfOne> write_of_one(const pagerduty::Request& request);
// The value behind `name=` in a query; ours need no decoding.
std::string_view query_of(std::string_view path, std::string_view name);

}  // namespace pd::sessions

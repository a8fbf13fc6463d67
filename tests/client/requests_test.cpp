// How few requests many cards make: in virtual time, with a server that answers as PagerDuty does.
// `./run counts` prints the figures, here and again of a browser against the simulator.
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <set>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string id_of(int service) { return "P" + std::to_string(1'000'000 + service); }
std::string policy_of(int service) { return "E" + std::to_string(service % 5); }

std::string on_call(const std::string& policy) {
  return R"({"escalation_level":1,"escalation_policy":{"id":")" + policy +
         R"("},"user":{"id":"U1","name":"Ana Example"},"start":null,"end":null})";
}
std::string change(int number, const std::string& service) {
  // Descending ids and times: the newest first.
  char text[200];
  std::snprintf(text, sizeof text,
                R"({"id":"C%d","summary":"Deploy","timestamp":"2026-05-%02dT%02d:00:00Z",)"
                R"("services":[{"id":"%s","type":"service_reference"}]})",
                number, 3 - number / 2400, 23 - (number / 100) % 24, service.c_str());
  return text;
}
std::string whole(const std::string& service) { return R"({"service":)" + service + "}"; }

// An account of `services`, each with `changes` change events, five policies.
class Account {
 public:
  Account(int services, int changes) : services_(services), changes_(changes) {}
  // What the account's lists answer instead of 200.
  int list_status = 200;

  void answer_all(Desk& desk) const {
    for (int guard = 0; !desk.open.empty() && guard < 10'000; ++guard) {
      const std::string path = decode_path(desk.open.front().what.path);
      const auto [status, body] = answer(path);
      desk.answer("GET " + path, status, body);
    }
  }

 private:
  int services_, changes_;

  static std::size_t offset_of(const std::string& path) {
    const std::size_t at = path.find("offset=");
    return at == std::string::npos ? 0 : std::stoul(path.substr(at + 7));
  }
  static std::string page(const std::string& name, std::size_t count, std::size_t offset,
                          const std::function<std::string(int)>& item) {
    std::vector<std::string> items;
    for (std::size_t i = offset; i < std::min(count, offset + 100); ++i) {
      items.push_back(item(static_cast<int>(i)));
    }
    return list_body(name, items, offset + 100 < count, static_cast<std::int64_t>(offset));
  }

  std::pair<int, std::string> answer(const std::string& path) const {
    const auto body_of = [](int service) {
      return service_body(id_of(service), policy_of(service));
    };
    const std::size_t offset = offset_of(path);
    if (path.starts_with("/incidents")) return {200, incidents_body({})};
    if (path.starts_with("/oncalls")) {
      std::vector<std::string> items;
      items.reserve(5);
      for (int policy = 0; policy < 5; ++policy) items.push_back(on_call(policy_of(policy)));
      return {200, list_body("oncalls", items)};
    }
    if (path.starts_with("/change_events")) {
      if (list_status != 200) return {list_status, "{}"};
      const bool is_new = path.find("since=") != std::string::npos;
      const auto count = static_cast<std::size_t>(is_new ? 0 : services_ * changes_);
      return {200, page("change_events", count, offset,
                        [&](int i) { return change(i, id_of(i % services_)); })};
    }
    if (path.starts_with("/services?")) {
      if (list_status != 200) return {list_status, "{}"};
      return {200, page("services", static_cast<std::size_t>(services_), offset, body_of)};
    }
    if (path.find("/change_events") != std::string::npos) {
      return {200, list_body("change_events", {})};
    }
    const int service = std::stoi(path.substr(11, 7)) - 1'000'000;
    return service < services_ ? std::pair{200, whole(body_of(service))}
                               : std::pair{404, std::string("{}")};
  }
};

std::vector<Want> wants_of(int service) {
  const std::string id = id_of(service);
  return {{Kind::kService, "", id},
          {Kind::kIncidents, "", id},
          {Kind::kChanges, "", id},
          {Kind::kOnCalls, "", policy_of(service)},
          {Kind::kNextOnCalls, "", policy_of(service)}};
}

// Cards that appear together; `service_of` says whose each is.
void open_cards(Desk& desk, int cards, const std::function<int(int)>& service_of) {
  for (int card = 0; card < cards; ++card) {
    desk.broker.subscribe(static_cast<SubscriberId>(card + 1), wants_of(service_of(card)),
                          seconds{30}, true, desk.now);
  }
  desk.collect();
}

struct Cost {
  std::size_t first = 0, most = 0, per_hour = 0;
};

// Of the first load, of the dearest of the refreshes of an hour, and of that hour.
Cost cost_of(Desk& desk, const Account& account, const char* name) {
  account.answer_all(desk);
  Cost cost{desk.sent.size(), 0, 0};
  for (int i = 0; i < 120; ++i) {
    const std::size_t before = desk.sent.size();
    desk.pass(seconds{30});
    account.answer_all(desk);
    cost.most = std::max(cost.most, desk.sent.size() - before);
  }
  cost.per_hour = desk.sent.size() - cost.first;
  std::printf("%-58s first load %3zu, a refresh at most %zu, an hour %zu\n", name, cost.first,
              cost.most, cost.per_hour);
  return cost;
}

TEST(Requests, AHundredCardsOfAHundredServicesTakeAFewAtFirstAndOneOrTwoARefresh) {
  Desk desk;
  open_cards(desk, 100, [](int card) { return card; });
  const Cost cost = cost_of(desk, Account(100, 10), "100 cards of 100 services, 5 policies");
  EXPECT_LE(cost.first, 20u);
  EXPECT_LE(cost.most, 4u);
  for (int service = 0; service < 100; ++service) {
    for (const Want& want : wants_of(service)) EXPECT_TRUE(desk.broker.answer(want).has_data());
    EXPECT_EQ(desk.broker.answer({Kind::kChanges, "", id_of(service)}).changes->size(), 10u);
  }
}

TEST(Requests, AHundredCardsOfOneServiceTakeWhatOneTakes) {
  Desk desk;
  open_cards(desk, 100, [](int) { return 7; });
  const Cost cost = cost_of(desk, Account(100, 10), "100 cards of one service");
  EXPECT_EQ(cost.first, 5u);
  EXPECT_LE(cost.most, 4u);
}

TEST(Requests, WhenTheAccountsListsAreForbiddenEachServiceIsAskedForAndTheListsNoMore) {
  Desk desk;
  Account account(100, 10);
  account.list_status = 403;
  desk.broker.set_budget("", 1'000);
  open_cards(desk, 100, [](int card) { return card; });
  const Cost cost = cost_of(desk, account, "the same, when the lists are forbidden");
  EXPECT_LE(cost.first, 206u);
  EXPECT_EQ(desk.count_sent("GET /services?"), 1u);
  EXPECT_EQ(desk.count_sent("GET /change_events"), 1u);
}

TEST(Requests, AFewServicesOfAHugeAccountAreNotSoughtInItsList) {
  Desk desk;
  open_cards(desk, 12, [](int card) { return 9'000 - card * 700; });
  Account account(9'001, 0);
  account.answer_all(desk);
  EXPECT_LE(desk.count_sent("GET /services?"), 2u);
  for (int card = 0; card < 12; ++card) {
    EXPECT_TRUE(desk.broker.answer({Kind::kService, "", id_of(9'000 - card * 700)}).has_data());
  }
}

TEST(Requests, AServiceThatTheListLacksIsAskedForSoThatItsOwnErrorIsTold) {
  Desk desk;
  open_cards(desk, 20, [](int card) { return card; });
  Account(19, 1).answer_all(desk);
  EXPECT_EQ(desk.count_sent("GET /services/" + id_of(19) + "?"), 1u);
  EXPECT_EQ(desk.broker.answer({Kind::kService, "", id_of(19)}).error->code, ErrorCode::kNotFound);
  EXPECT_TRUE(desk.broker.answer({Kind::kService, "", id_of(18)}).has_data());
}

TEST(Requests, ChangesThatAreNewAreAddedToWhatIsKnown) {
  Desk desk;
  open_cards(desk, 10, [](int card) { return card; });
  Account(10, 3).answer_all(desk);
  desk.pass(minutes{1});
  const Send send = desk.take("GET /change_events");
  EXPECT_NE(decode_path(send.what.path).find("since=2026-05-04T08:55:00Z"), std::string::npos)
      << decode_path(send.what.path);
  desk.broker.handle(
      Response{send.request, 200,
               list_body("change_events",
                         {R"({"id":"N1","summary":"New","timestamp":"2026-05-04T09:00:30Z",)"
                          R"("services":[{"id":")" +
                          id_of(3) + R"("}]})"})},
      desk.now);
  desk.collect();
  const auto& changes = *desk.broker.answer({Kind::kChanges, "", id_of(3)}).changes;
  ASSERT_EQ(changes.size(), 4u);
  EXPECT_EQ(changes[0].id, "N1");
  EXPECT_EQ(desk.broker.answer({Kind::kChanges, "", id_of(4)}).changes->size(), 3u);
}

TEST(Requests, AListOfChangesThatIsNotNewestFirstIsNotTrusted) {
  Desk desk;
  open_cards(desk, 10, [](int card) { return card; });
  desk.answer("GET /change_events", 200,
              list_body("change_events", {change(2'400, id_of(1)), change(0, id_of(1))}));
  Account(10, 0).answer_all(desk);
  EXPECT_EQ(desk.count_sent("GET /services/" + id_of(1) + "/change_events"), 1u);
  EXPECT_EQ(desk.count_sent("GET /change_events"), 1u);
}

// ---- The budget ----

TEST(Requests, NoMoreLeaveInAMinuteThanTheBudgetAllowsAndEachServiceGetsItsTurn) {
  Desk desk;
  Account account(500, 0);
  account.list_status = 403;
  open_cards(desk, 500, [](int card) { return card; });
  std::size_t most = 0;
  for (int second = 0; second < 1'200; ++second) {
    account.answer_all(desk);
    desk.pass(seconds{1});
    const auto since = std::ranges::upper_bound(desk.sent_at, desk.now - minutes{1});
    most = std::max(most, static_cast<std::size_t>(desk.sent_at.end() - since));
  }
  EXPECT_LE(most, 120u);
  EXPECT_GE(most, 100u) << "it is used";
  for (int service = 0; service < 500; ++service) {
    for (const Want& want : wants_of(service)) {
      ASSERT_TRUE(desk.broker.answer(want).has_data()) << want.id;
    }
  }
  std::printf("%-58s %zu a minute at most, budget 120\n", "500 cards, the lists forbidden:", most);
}

TEST(Requests, AViewersActionDoesNotWaitForTheBudget) {
  Desk desk;
  desk.broker.set_budget("", 10);
  open_cards(desk, 30, [](int card) { return card; });
  Account account(30, 0);
  account.list_status = 403;
  account.answer_all(desk);
  EXPECT_EQ(desk.sent.size(), 9u) << "nine of ten are for reads";
  Intent intent;
  intent.kind = IntentKind::kAcknowledge;
  intent.incident_id = "I1";
  intent.key = "k";
  desk.broker.submit(intent, desk.now);
  desk.collect();
  EXPECT_TRUE(desk.has("PUT /incidents"));
}

TEST(Requests, WhatAViewerAsksForLeavesBeforeWhatIsDue) {
  Desk desk;
  desk.broker.set_budget("", 7);
  open_cards(desk, 6, [](int card) { return card; });
  Account(6, 0).answer_all(desk);
  desk.pass(minutes{20});  // everything is due, most of it waits
  const std::size_t before = desk.sent.size();
  desk.broker.refresh(6, desk.now);
  desk.collect();
  Account(6, 0).answer_all(desk);
  desk.pass(minutes{1});
  Account(6, 0).answer_all(desk);
  ASSERT_GT(desk.sent.size(), before + 1);
  bool own = false;
  for (std::size_t i = before; i < std::min(before + 4, desk.sent.size()); ++i) {
    own = own || desk.sent[i].find(id_of(5)) != std::string::npos;
  }
  EXPECT_TRUE(own);
}

// ---- Outages ----

TEST(Requests, AnOutageIsKnockedAtNotStormedAndItsEndIsNoticedByAll) {
  Desk desk;
  open_cards(desk, 100, [](int card) { return card; });
  Account account(100, 2);
  account.answer_all(desk);
  const auto fail_all = [&] {
    while (!desk.open.empty()) {
      desk.lose(desk.open.front().what.method + " " + decode_path(desk.open.front().what.path));
    }
  };
  std::size_t most = 0;
  for (int minute = 0; minute < 30; ++minute) {
    const std::size_t before = desk.sent.size();
    for (int second = 0; second < 60; ++second) {
      desk.pass(seconds{1});
      fail_all();
    }
    most = std::max(most, desk.sent.size() - before);
  }
  std::printf("%-58s %zu a minute at most\n", "100 cards, half an hour without PagerDuty:", most);
  EXPECT_LE(most, 20u);
  const Answer& answer = desk.broker.answer({Kind::kIncidents, "", id_of(50)});
  EXPECT_TRUE(answer.error.has_value());
  EXPECT_TRUE(answer.has_data()) << "the last good state stays";
  for (int second = 0; second < 301; ++second) {
    desk.pass(seconds{1});
    account.answer_all(desk);
  }
  for (int service = 0; service < 100; ++service) {
    for (const Want& want : wants_of(service)) {
      EXPECT_FALSE(desk.broker.answer(want).error.has_value());
    }
  }
}

}  // namespace
}  // namespace pd::client

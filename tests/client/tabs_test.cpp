// Tabs of one origin: which asks, what they tell each other, and what happens when one is gone.
#include <gtest/gtest.h>

#include <cstdio>
#include <deque>
#include <memory>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Want kService{Kind::kService, "", "P1"};
const std::vector<Want> kWants{
    kService, kIncidents, {Kind::kChanges, "", "P1"}, {Kind::kOnCalls, "", "E1"}};

std::pair<int, std::string> answer_to(const std::string& path) {
  if (path.starts_with("/incidents")) return {200, incidents_body({incident("I1", "P1")})};
  if (path.starts_with("/oncalls")) return {200, list_body("oncalls", {})};
  if (path.find("change_events") != std::string::npos) return {200, list_body("change_events", {})};
  return {200, R"({"service":)" + service_body("P1", "E1", "KEY1") + "}"};
}

// Tabs on a bus, one PagerDuty. The lock goes to the first visible tab that waits for it, as the
// browser's does, and dies with its tab.
class Browser {
 public:
  struct Tab {
    std::string name;
    Desk desk;
    bool is_visible = true, is_alive = true, is_frozen = false;
  };
  std::vector<std::unique_ptr<Tab>> tabs;
  Time now = kStart;
  std::vector<std::string> sent;
  bool is_pagerduty_up = true;
  bool has_bus = true;

  Tab& open() {
    auto tab = std::make_unique<Tab>();
    tab->name = "tab" + std::to_string(tabs.size());
    tab->desk.broker = Broker(tabs.size() + 1);
    tab->desk.now = now;
    tab->desk.broker.set_account("", true, now);
    tab->desk.broker.set_tab("", TabRole::kJoining, false, false, now);
    tabs.push_back(std::move(tab));
    tabs.back()->desk.subscribe(1, kWants);
    elect();
    run();
    return *tabs.back();
  }
  void show(std::size_t index, bool visible) {
    tabs[index]->is_visible = visible;
    tabs[index]->desk.broker.set_page_visible(visible, now);
    elect();
    run();
  }
  void kill(std::size_t index) {
    tabs[index]->is_alive = false;
    elect();
    run();
  }
  void pass(Duration duration) {
    const Time end = now + duration;
    constexpr Duration kStep{50};
    while (now < end) {
      now += kStep;
      for (auto& tab : tabs) {
        if (!tab->is_alive || tab->is_frozen) continue;
        tab->desk.now = now;
        tab->desk.broker.tick(now);
      }
      run();
    }
  }
  // Until nobody has anything to say.
  void run() {
    for (bool goes_on = true; goes_on;) {
      goes_on = false;
      for (auto& tab : tabs) {
        if (!tab->is_alive || tab->is_frozen) continue;
        goes_on = perform(*tab) || goes_on;
      }
    }
  }

 private:
  Tab* leader_ = nullptr;

  void elect() {
    if (leader_ != nullptr && leader_->is_alive && leader_->is_visible) return tell_roles();
    leader_ = nullptr;
    for (auto& tab : tabs) {
      if (leader_ == nullptr && tab->is_alive && tab->is_visible) leader_ = tab.get();
    }
    tell_roles();
  }
  void tell_roles() {
    std::size_t alive = 0;
    for (const auto& tab : tabs) alive += tab->is_alive ? 1U : 0U;
    for (auto& tab : tabs) {
      if (!tab->is_alive) continue;
      const TabRole role = tab.get() == leader_ ? TabRole::kLeader : TabRole::kFollower;
      tab->desk.broker.set_tab("", has_bus ? role : TabRole::kAlone, has_bus && alive > 1, false,
                               now);
    }
  }
  bool perform(Tab& tab) {
    bool any = false;
    for (const Effect& effect : tab.desk.broker.take_effects(now)) {
      if (const auto* send = std::get_if<Send>(&effect)) {
        any = true;
        const std::string path = decode_path(send->what.path);
        sent.push_back(tab.name + " " + send->what.method + " " + path);
        if (!is_pagerduty_up) {
          tab.desk.broker.handle(Failure{send->request, FailureReason::kNetwork}, now);
          continue;
        }
        const auto [status, body] = answer_to(path);
        tab.desk.broker.handle(Response{send->request, status, body}, now);
      } else if (const auto* wants = std::get_if<ShareWants>(&effect)) {
        any = true;
        for (auto& other : tabs) {
          if (other.get() == &tab || !other->is_alive || other->is_frozen) continue;
          other->desk.broker.hear_wants("", tab.name, wants->leads, wants->wants, wants->refresh,
                                        now);
        }
      } else if (const auto* shared = std::get_if<ShareAnswer>(&effect)) {
        any = true;
        for (auto& other : tabs) {
          if (other.get() == &tab || !other->is_alive || other->is_frozen) continue;
          other->desk.broker.hear_answer(shared->answer, false, now);
        }
      }
    }
    return any;
  }
};

std::size_t count(const Browser& browser, const std::string& start) {
  return static_cast<std::size_t>(std::ranges::count_if(
      browser.sent, [&](const std::string& s) { return s.find(start) != std::string::npos; }));
}

std::size_t cost_of_one_tab() {
  Browser browser;
  browser.open();
  browser.pass(minutes{10});
  return browser.sent.size();
}

TEST(Tabs, TenInOneWindowCostWhatOneCosts) {
  Browser browser;
  for (std::size_t i = 0; i < 10; ++i) {
    if (i > 0) browser.show(i - 1, false);
    browser.open();
    browser.pass(minutes{1});
  }
  const std::size_t one = cost_of_one_tab();
  std::printf("%-58s %zu requests in ten minutes; one tab %zu\n",
              "10 tabs, one after the other:", browser.sent.size(), one);
  EXPECT_LE(browser.sent.size(), one + 1);
  EXPECT_GE(browser.sent.size() + 1, one);
}

TEST(Tabs, TenInTenWindowsCostWhatOneCosts) {
  Browser browser;
  for (int i = 0; i < 10; ++i) browser.open();
  browser.pass(minutes{10});
  const std::size_t one = cost_of_one_tab();
  std::printf("%-58s %zu requests in ten minutes; one tab %zu\n",
              "10 tabs, side by side:", browser.sent.size(), one);
  EXPECT_LE(browser.sent.size(), one + 1);
  for (const auto& tab : browser.tabs) {
    const Answer& answer = tab->desk.broker.answer(kIncidents);
    ASSERT_TRUE(answer.has_data());
    EXPECT_LE(browser.now - *answer.fetched_at, seconds{31});
  }
}

TEST(Tabs, WithoutABusEachAsksForItself) {
  Browser browser;
  browser.has_bus = false;
  browser.open();
  browser.open();
  EXPECT_EQ(count(browser, "GET /services/P1?"), 2u);
  EXPECT_TRUE(browser.tabs[1]->desk.broker.answer(kIncidents).has_data());
}

TEST(Tabs, TheNextLeadsWhenTheLeaderIsGone) {
  Browser browser;
  browser.open();
  browser.open();
  browser.pass(seconds{10});
  browser.kill(0);
  browser.pass(minutes{2});
  const Answer& answer = browser.tabs[1]->desk.broker.answer(kIncidents);
  EXPECT_LE(browser.now - *answer.fetched_at, seconds{31});
  EXPECT_GT(count(browser, "tab1 GET /incidents"), 2u);
}

TEST(Tabs, AFrozenLeaderIsNoticedWithinSeconds) {
  Browser browser;
  browser.open();
  browser.open();
  browser.pass(seconds{10});
  browser.tabs[0]->is_frozen = true;  // and it keeps the lock
  browser.pass(minutes{3});
  const Answer& answer = browser.tabs[1]->desk.broker.answer(kIncidents);
  EXPECT_LE(browser.now - *answer.fetched_at, seconds{36});
}

TEST(Tabs, ANewOneShowsAtOnceWhatAnotherKnowsAlsoAHiddenOne) {
  Browser browser;
  browser.open();
  browser.show(0, false);
  const std::size_t before = browser.sent.size();
  Browser::Tab& next = browser.open();
  EXPECT_TRUE(next.desk.broker.answer(kIncidents).has_data());
  EXPECT_TRUE(next.desk.broker.answer(kService).has_data());
  EXPECT_EQ(browser.sent.size(), before);
}

TEST(Tabs, AFollowersRefreshIsItsOwnAndIsSharedWithAll) {
  Browser browser;
  browser.open();
  Browser::Tab& second = browser.open();
  browser.pass(seconds{7});
  second.desk.broker.refresh(1, browser.now);
  browser.run();
  EXPECT_EQ(count(browser, "tab1 GET /incidents"), 1u);
  EXPECT_EQ(browser.tabs[0]->desk.broker.answer(kIncidents).fetched_at, browser.now);
}

TEST(Tabs, TheLeaderAsksForWhatAnotherTabAloneWants) {
  Browser browser;
  browser.open();
  Browser::Tab& second = browser.open();
  second.desk.broker.subscribe(2, {{Kind::kIncidents, "", "P2"}}, seconds{30}, true, browser.now);
  browser.pass(Duration{200});
  EXPECT_EQ(count(browser, "tab0 GET /incidents?service_ids[]=P2"), 1u);
  EXPECT_TRUE(second.desk.broker.answer({Kind::kIncidents, "", "P2"}).has_data());
  browser.kill(1);
  const std::size_t before = count(browser, "=P2");
  browser.pass(minutes{5});
  EXPECT_LE(count(browser, "=P2"), before + 3) << "a tab that is gone is forgotten";
}

TEST(Tabs, AnOutageIsOneTabsTroubleAndAllSayIt) {
  Browser browser;
  for (int i = 0; i < 10; ++i) browser.open();
  browser.pass(seconds{1});
  const std::size_t before = browser.sent.size();
  browser.is_pagerduty_up = false;
  browser.pass(minutes{5});
  EXPECT_LE(browser.sent.size() - before, 60u);
  for (const auto& tab : browser.tabs) {
    EXPECT_TRUE(tab->desk.broker.answer(kIncidents).error.has_value());
  }
  browser.is_pagerduty_up = true;
  browser.pass(minutes{6});
  for (const auto& tab : browser.tabs) {
    EXPECT_FALSE(tab->desk.broker.answer(kIncidents).error.has_value());
  }
}

TEST(Tabs, WhileItIsNotKnownWhoLeadsNothingIsAskedButNotForLong) {
  Desk desk;
  desk.broker.set_tab("", TabRole::kJoining, false, false, desk.now);
  desk.subscribe(1, kWants);
  EXPECT_TRUE(desk.sent.empty());
  desk.pass(Duration{300});
  EXPECT_FALSE(desk.sent.empty());
}

// ---- What is heard ----

SharedAnswer make_shared_incidents(Time at, const std::vector<std::string>& items) {
  return {kIncidents, at, at, false, incidents_body(items), {}, {}};
}

struct Hearing : testing::Test {
  Desk desk;
  void SetUp() override {
    desk.subscribe(1, {kIncidents});
    desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
    desk.pass(seconds{10});
  }
  void hear(SharedAnswer answer, bool is_kept = false) {
    desk.broker.hear_answer(std::move(answer), is_kept, desk.now);
    desk.collect();
  }
  std::size_t listed() const { return desk.broker.answer(kIncidents).incidents->size(); }
};

TEST_F(Hearing, TakesWhatIsNewer) {
  hear(make_shared_incidents(desk.now, {}));
  EXPECT_EQ(listed(), 0u);
  desk.pass(seconds{29});
  EXPECT_TRUE(desk.open.empty()) << "its age counts from then";
}

TEST_F(Hearing, TakesNothingOlderFromTheFutureOrBroken) {
  hear(make_shared_incidents(kStart - seconds{1}, {}));
  hear(make_shared_incidents(desk.now + seconds{1}, {}));
  SharedAnswer broken = make_shared_incidents(desk.now, {});
  broken.body = "{\"incidents\":3";
  hear(broken);
  broken.body = "[]";
  hear(broken);
  EXPECT_EQ(listed(), 1u);
  EXPECT_FALSE(desk.broker.answer(kIncidents).error.has_value());
}

TEST_F(Hearing, ABeforeOfAWriteDoesNotUndoIt) {
  Intent intent;
  intent.kind = IntentKind::kResolve;
  intent.service_id = "P1";
  intent.incident_id = "I1";
  intent.key = "k";
  desk.broker.submit(intent, desk.now);
  desk.collect();
  const Time asked = desk.now;
  desk.pass(seconds{1});
  desk.answer("PUT /incidents", 200, incidents_body({incident("I1", "P1", "resolved")}));
  EXPECT_EQ(listed(), 0u);
  hear(make_shared_incidents(asked, {incident("I1", "P1")}));
  EXPECT_EQ(listed(), 0u);
}

TEST_F(Hearing, ConfirmsAWriteOfThisTab) {
  Intent intent;
  intent.kind = IntentKind::kCreate;
  intent.service_id = "P1";
  intent.key = "k7";
  const IntentId id = desk.broker.submit(intent, desk.now);
  desk.collect();
  desk.lose("POST /incidents");
  hear(make_shared_incidents(desk.now, {incident("I7", "P1", "triggered", "k7")}));
  EXPECT_EQ(desk.broker.intent(id)->state, IntentState::kSeen);
}

TEST_F(Hearing, APauseOfAnotherTabIsOurs) {
  SharedAnswer limited = make_shared_incidents(desk.now, {});
  limited.body.clear();
  limited.error = Error{ErrorCode::kRateLimited, "slow down", std::nullopt, std::nullopt};
  limited.retry_at = desk.now + seconds{50};
  hear(limited);
  desk.broker.refresh(1, desk.now);
  desk.collect();
  EXPECT_TRUE(desk.open.empty());
  desk.pass(seconds{50});
  EXPECT_TRUE(desk.has("GET /incidents"));
}

// ---- The page before this one ----

TEST(Snapshot, IsShownAtOnceWithItsAgeAndAskedForAgain) {
  Desk desk;
  desk.broker.hear_answer(make_shared_incidents(kStart - minutes{20}, {incident("I1", "P1")}), true,
                          desk.now);
  desk.broker.hear_answer({kService,
                           kStart - minutes{2},
                           kStart - minutes{2},
                           false,
                           R"({"service":)" + service_body("P1", "E1") + "}",
                           {},
                           {}},
                          true, desk.now);
  desk.subscribe(1, {kIncidents, kService});
  EXPECT_EQ(desk.broker.answer(kIncidents).fetched_at, kStart - minutes{20});
  EXPECT_TRUE(desk.has("GET /incidents"));
  EXPECT_FALSE(desk.has("GET /services")) << "still fresh";
  desk.pass(minutes{13});
  EXPECT_TRUE(desk.has("GET /services"));
}

TEST(Snapshot, ComesTooLateWhenTheAnswerIsHere) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.pass(seconds{1});
  desk.broker.hear_answer(make_shared_incidents(kStart, {incident("I1", "P1")}), true, desk.now);
  EXPECT_TRUE(desk.broker.answer(kIncidents).incidents->empty());
}

TEST(Snapshot, IsMadeOfEachGoodAnswerWithoutKeys) {
  Desk desk;
  desk.broker.set_tab("", TabRole::kAlone, false, true, desk.now);
  desk.subscribe(1, {kService});
  const Send send = desk.take("GET /services");
  desk.broker.handle(
      Response{send.request, 200, R"({"service":)" + service_body("P1", "E1", "KEY1") + "}"},
      desk.now);
  int kept = 0;
  for (const Effect& effect : desk.broker.take_effects(desk.now)) {
    const auto* shared = std::get_if<ShareAnswer>(&effect);
    if (shared == nullptr) continue;
    ++kept;
    EXPECT_EQ(shared->answer.want, kService);
    EXPECT_EQ(shared->answer.body.find("KEY1"), std::string::npos);
  }
  EXPECT_EQ(kept, 1);
}

// The page may hear late that answers are kept: what does it has a file of its own.
TEST(Snapshot, IsAlsoMadeOfWhatWasAnsweredBeforeAnswersWereKept) {
  Desk desk;
  desk.subscribe(1, {kIncidents, kService});
  desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
  desk.answer("GET /services", 403);
  const auto kept_by = [&](bool keeps) {
    desk.broker.set_tab("", TabRole::kAlone, false, keeps, desk.now);
    std::vector<Want> kept;
    for (const Effect& effect : desk.broker.take_effects(desk.now)) {
      if (const auto* shared = std::get_if<ShareAnswer>(&effect))
        kept.push_back(shared->answer.want);
    }
    return kept;
  };
  EXPECT_TRUE(kept_by(false).empty());
  EXPECT_EQ(kept_by(true), std::vector<Want>{kIncidents});
  EXPECT_TRUE(kept_by(true).empty()) << "once";
}

}  // namespace
}  // namespace pd::client

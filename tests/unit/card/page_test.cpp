// What a flow does not show: sources and wants, many cards, words that change by themselves.
#include "card/page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "card/sources.h"

namespace pd::card {
namespace {

using client::Broker;
using client::Kind;
using client::Want;

constexpr Time kNow = time_from_ms(1'777'885'200'000);
constexpr char kKey[] = "0123456789abcdef0123456789abcdef";

std::string service_body(const std::string& id, const std::string& integrations) {
  return R"({"id":")" + id +
         R"(","name":"Checkout","status":"active","escalation_policy":{"id":"PE"},"integrations":[)" +
         integrations + "]}";
}
std::string integration(const std::string& key) {
  return R"({"id":"I","integration_key":")" + key + "\"}";
}

// A card with these values, and a broker that has these answers: {request starts with, status,
// body}.
struct Answered {
  std::string start;
  int status;
  std::string body;
};
struct Bench {
  CardState card;
  Broker broker{1};

  Bench(entity::ExplicitValues values, const std::vector<Answered>& answers) {
    card.id = 1;
    card.config.values = std::move(values);
    card.resolution = entity::resolve_target(nullptr, card.config.values);
    broker.set_account("", true, kNow);
    for (int round = 0; round < 4; ++round) {
      broker.subscribe(1, make_wants(card, broker), std::chrono::seconds{30}, true, kNow);
      for (const client::Effect& effect : broker.take_effects(kNow)) {
        const auto* send = std::get_if<client::Send>(&effect);
        if (send == nullptr) continue;
        for (const Answered& answer : answers) {
          if (!send->what.path.starts_with(answer.start)) continue;
          broker.handle(client::Response{send->request, answer.status, answer.body, -1, -1}, kNow);
          break;
        }
      }
    }
  }
  Sources sources() const { return look_up(card, broker); }
};

struct SourceRow {
  const char* name;
  entity::ExplicitValues values;
  std::vector<Answered> answers;
  const char* service_id;  // in use
  bool known, found_by_key, verified, mismatch;
};

TEST(LookUp, PrefersTheIdChecksTheKeyAndFallsBack) {
  const std::string mine = service_body("PA", integration(kKey));
  const std::string found = R"({"services":[)" + mine + "]}";
  const std::string none = R"({"services":[]})";
  const auto one = [](const std::string& service) { return R"({"service":)" + service + "}"; };
  const SourceRow rows[] = {
      {"id alone",
       {"PA", "", ""},
       {{"/services/PA?", 200, one(mine)}},
       "PA",
       true,
       false,
       false,
       false},
      {"key alone",
       {"", kKey, ""},
       {{"/services?query", 200, found}},
       "PA",
       true,
       false,
       true,
       false},
      {"key alone, no service's",
       {"", kKey, ""},
       {{"/services?query", 200, none}},
       "",
       false,
       false,
       false,
       false},
      {"both, the key is the service's",
       {"PA", kKey, ""},
       {{"/services/PA?", 200, one(mine)}},
       "PA",
       true,
       false,
       true,
       false},
      {"both, another key",
       {"PA", kKey, ""},
       {{"/services/PA?", 200, one(service_body("PA", integration("other")))}},
       "PA",
       true,
       false,
       false,
       true},
      {"both, no integrations",
       {"PA", kKey, ""},
       {{"/services/PA?", 200, one(service_body("PA", ""))}},
       "PA",
       true,
       false,
       false,
       true},
      {"both, keys are held back",
       {"PA", kKey, ""},
       {{"/services/PA?", 200, one(service_body("PA", R"({"id":"I"})"))}},
       "PA",
       true,
       false,
       false,
       false},
      {"both, the id is unknown",
       {"PGONE", kKey, ""},
       {{"/services/PGONE?", 404, "{}"}, {"/services?query", 200, found}},
       "PA",
       true,
       true,
       true,
       false},
      {"both, the id cannot be one",
       {"PGONE", kKey, ""},
       {{"/services/PGONE?", 400, "{}"}, {"/services?query", 200, found}},
       "PA",
       true,
       true,
       true,
       false},
      {"both unknown",
       {"PGONE", kKey, ""},
       {{"/services/PGONE?", 404, "{}"}, {"/services?query", 200, none}},
       "",
       false,
       false,
       false,
       false},
      {"both, the id is forbidden",
       {"PA", kKey, ""},
       {{"/services/PA?", 403, "{}"}},
       "PA",
       false,
       false,
       false,
       false},
      {"both, nothing answered", {"PA", kKey, ""}, {}, "PA", false, false, false, false},
  };
  for (const SourceRow& row : rows) {
    SCOPED_TRACE(row.name);
    const Bench bench(row.values, row.answers);
    const Sources sources = bench.sources();
    EXPECT_EQ(sources.service_id, row.service_id);
    EXPECT_EQ(sources.service != nullptr, row.known);
    EXPECT_EQ(sources.found_by_key, row.found_by_key);
    EXPECT_EQ(sources.key_verified, row.verified);
    EXPECT_EQ(sources.key_mismatch, row.mismatch);
    ASSERT_NE(sources.service_answer(), nullptr);
    EXPECT_EQ(sources.service_answer()->service != nullptr, row.known);
  }
}

struct WantRow {
  const char* name;
  Layout layout;
  std::vector<SectionKind> sections;
  bool read_only;
  std::vector<Kind> kinds;
};

TEST(MakeWants, AsksOnlyForWhatIsShown) {
  const WantRow rows[] = {
      {"full",
       Layout::kFull,
       {},
       false,
       {Kind::kService, Kind::kIncidents, Kind::kChanges, Kind::kOnCalls, Kind::kNextOnCalls}},
      {"compact",
       Layout::kCompact,
       {},
       true,
       {Kind::kService, Kind::kIncidents, Kind::kOnCalls, Kind::kNextOnCalls}},
      {"on call",
       Layout::kOnCall,
       {},
       true,
       {Kind::kService, Kind::kIncidents, Kind::kOnCalls, Kind::kNextOnCalls}},
      {"the button names who is paged",
       Layout::kTrigger,
       {},
       false,
       {Kind::kService, Kind::kOnCalls}},
      {"changes alone, read-only",
       Layout::kFull,
       {SectionKind::kChanges},
       true,
       {Kind::kService, Kind::kIncidents, Kind::kChanges}},
      {"insights, which the page names and so are open",
       Layout::kFull,
       {SectionKind::kInsights},
       true,
       {Kind::kService, Kind::kMetrics, Kind::kMetricsUrgent, Kind::kMetricsBefore,
        Kind::kMetricsDaily}},
  };
  for (const WantRow& row : rows) {
    SCOPED_TRACE(row.name);
    Bench bench({"PA", "", ""},
                {{"/services/PA?", 200, R"({"service":)" + service_body("PA", "") + "}"}});
    bench.card.config.layout = row.layout;
    bench.card.config.sections = row.sections;
    bench.card.config.read_only = row.read_only;
    std::vector<Kind> kinds;
    for (const Want& want : make_wants(bench.card, bench.broker)) kinds.push_back(want.kind);
    EXPECT_EQ(kinds, row.kinds);
  }
}

std::vector<std::string> paths_of(const std::vector<Effect>& effects) {
  std::vector<std::string> paths;
  for (const Effect& effect : effects) {
    if (const auto* send = std::get_if<SendRequest>(&effect)) paths.push_back(send->what.path);
  }
  return paths;
}

TEST(Page, TwoCardsOfOneServiceAskOnce) {
  Page page(1);
  page.handle(AccountChanged{"", Region::kUs, true, true}, kNow);
  for (const CardId card : {1u, 2u}) {
    CardConfig config;
    config.values.service_id = "PA";
    page.handle(OpenCard{card, config}, kNow);
    page.handle(CardVisible{card, true}, kNow);
  }
  EXPECT_EQ(paths_of(page.take_effects()).size(), 3u);  // incidents, service, changes
}

TEST(Page, AsksThroughTheAccountThatTheAnnotationNames) {
  Page page(1);
  page.handle(AccountChanged{"eu", Region::kEu, true, true}, kNow);
  CardConfig config;
  config.values = {"PA", "", "eu"};
  page.handle(OpenCard{1, config}, kNow);
  page.handle(CardVisible{1, true}, kNow);
  std::size_t sent = 0;
  for (const Effect& effect : page.take_effects()) {
    const auto* send = std::get_if<SendRequest>(&effect);
    if (send != nullptr && send->account == "eu") ++sent;
  }
  EXPECT_EQ(sent, 3u);
}

// Answers all that is asked: with the service, and with lists of nothing.
void answer_all(Page& page, std::vector<std::string>& paths) {
  for (std::vector<Effect> effects = page.take_effects(); !effects.empty();
       effects = page.take_effects()) {
    for (const Effect& effect : effects) {
      const auto* send = std::get_if<SendRequest>(&effect);
      if (send == nullptr) continue;
      paths.push_back(send->what.path);
      const std::string body = R"({"service":)" + service_body("PA", integration(kKey)) +
                               R"(,"incidents":[],"change_events":[],"oncalls":[]})";
      page.handle(ResponseArrived{send->request, 200, body}, kNow);
    }
  }
}

TEST(Page, AFoundTriggerIsRepeatedWithTheKeyOfWhicheverCardHasIt) {
  Page page(1);
  std::vector<std::string> paths;
  page.handle(AccountChanged{"", Region::kUs, true, true}, kNow);
  for (const CardId card : {1u, 2u}) {
    CardConfig config;
    config.values.service_id = "PA";
    if (card == 2) config.values.integration_key = kKey;
    page.handle(OpenCard{card, config}, kNow);
    page.handle(CardVisible{card, true}, kNow);
  }
  client::Intent intent;
  intent.kind = client::IntentKind::kTrigger;
  intent.service_id = "PA";
  intent.key = "pdc-1";
  intent.title = intent.subject = "Disk full";
  intent.asked_at = kNow;
  page.handle(IntentFound{intent}, kNow);
  answer_all(page, paths);
  ASSERT_EQ(std::ranges::count(paths, "/v2/enqueue"), 0);
  page.handle(Activated{1, "retry-write:1"}, kNow);
  answer_all(page, paths);
  EXPECT_EQ(std::ranges::count(paths, "/v2/enqueue"), 1);
}

TEST(Page, WordsChangeOnWholeMinutesAndEachSecondNearTheEndOfAPause) {
  Page page(1);
  page.handle(AccountChanged{"", Region::kUs, true, true}, kNow);
  CardConfig config;
  config.values.service_id = "PA";
  page.handle(OpenCard{1, config}, kNow);
  page.handle(CardVisible{1, true}, kNow);
  page.take_effects();
  const Time later = kNow + std::chrono::milliseconds{10'300};
  EXPECT_EQ(page.next_change_of_words(1, later), kNow + std::chrono::minutes{1});
  page.handle(ResponseArrived{1, 429, "", 300, -1}, later);
  EXPECT_EQ(page.next_change_of_words(1, later), kNow + std::chrono::minutes{1});
  // Two minutes before the end of the pause seconds begin to count: at whole ones before it.
  const Time ends = later + std::chrono::seconds{300};
  const Time near = ends - std::chrono::milliseconds{119'400};
  EXPECT_EQ(page.next_change_of_words(1, near - std::chrono::seconds{10}),
            ends - std::chrono::minutes{2});
  EXPECT_EQ(page.next_change_of_words(1, near), ends - std::chrono::seconds{119});
  EXPECT_EQ(page.next_change_of_words(1, ends - std::chrono::seconds{119}),
            ends - std::chrono::seconds{118});
  // Ages do not wait for the next of those seconds.
  const Time minute = kNow + std::chrono::minutes{5};
  EXPECT_EQ(page.next_change_of_words(1, minute - std::chrono::milliseconds{100}), minute);
}

TEST(Page, GivesAnEmptyViewModelOfAnUnknownCard) {
  Page page(1);
  page.handle(Activated{7, "action:create"}, kNow);
  page.handle(CloseCard{7}, kNow);
  EXPECT_TRUE(page.view_model(7, kNow).sections.empty());
  EXPECT_EQ(page.facts(7, kNow), "{}");
  EXPECT_TRUE(page.take_effects().empty());
}

}  // namespace
}  // namespace pd::card

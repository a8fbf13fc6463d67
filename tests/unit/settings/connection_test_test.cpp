#include "settings/connection_test.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pd::settings {
namespace {

using client::FailureReason;

Account key_account() { return {}; }
Account application() {
  Account account;
  account.auth = AuthType::kApplication;
  account.subdomain = "acme";
  return account;
}
Account proxy() {
  Account account;
  account.auth = AuthType::kProxy;
  account.api_base = "/pagerduty";
  return account;
}
Account sign_in() {
  Account account;
  account.auth = AuthType::kSignIn;
  return account;
}

constexpr const char* kUser = R"({"user":{"name":"Ana Example"}})";
constexpr const char* kEmpty = "{}";

using Reply = std::variant<ProbeAnswer, ProbeFailure>;

// Answers all probes until the test has no more; what it found, a line each.
std::vector<std::string> found(ConnectionTest& test,
                               const std::function<Reply(const Probe&)>& reply) {
  for (auto probes = test.take_probes(); !probes.empty(); probes = test.take_probes()) {
    for (const Probe& probe : probes) {
      const Reply answer = reply(probe);
      if (const auto* good = std::get_if<ProbeAnswer>(&answer)) test.answer(probe.id, *good);
      if (const auto* bad = std::get_if<ProbeFailure>(&answer)) test.fail(probe.id, *bad);
    }
  }
  EXPECT_FALSE(test.is_running());
  std::vector<std::string> lines;
  for (const Finding& finding : test.findings()) {
    std::string line = (finding.passing ? "+ " : "- ") + say(english_texts(), finding.label);
    if (finding.detail) line += ": " + say(english_texts(), *finding.detail);
    lines.push_back(std::move(line));
  }
  return lines;
}

using Lines = std::vector<std::string>;

// A user's key that may do everything, but for `path`.
std::function<Reply(const Probe&)> all_but(std::string path, int status) {
  return [path = std::move(path), status](const Probe& probe) -> Reply {
    const bool is_odd = probe.method + " " + probe.path == path;
    return ProbeAnswer{is_odd ? status : 200, probe.path == "/users/me" ? kUser : kEmpty};
  };
}

TEST(ConnectionTest, PassesForAUsersKeyThatMayDoEverything) {
  ConnectionTest test(key_account(), {});
  EXPECT_EQ(
      found(test, all_but("", 200)),
      (Lines{"+ PagerDuty answers", "+ The credential is valid: It speaks for Ana Example.",
             "+ May read all that cards show", "+ May create, acknowledge and resolve incidents"}));
}

TEST(ConnectionTest, AsksNothingWhileASecretIsMissing) {
  ConnectionTest test(application(), Secret::kClientSecret);
  EXPECT_TRUE(test.take_probes().empty());
  EXPECT_EQ(found(test, all_but("", 200)),
            (Lines{"- There is no credential yet: PD_CLIENT_SECRET is not set."}));
}

TEST(ConnectionTest, TellsAReadOnlyKey) {
  ConnectionTest test(key_account(), {});
  const Lines lines = found(test, all_but("PUT /incidents", 403));
  EXPECT_EQ(lines.back(),
            "- Read only: Cards need a key with read and write access to act. Without, they only "
            "show.");
}

TEST(ConnectionTest, NamesTheScopesThatAreMissing) {
  ConnectionTest test(key_account(), {});
  const Lines lines = found(test, [](const Probe& probe) -> Reply {
    const bool refused = probe.path.starts_with("/oncalls") || probe.path == "/priorities";
    return ProbeAnswer{refused ? 403 : 200, probe.path == "/users/me" ? kUser : kEmpty};
  });
  EXPECT_EQ(lines.at(2),
            "- May not read all that cards show: Missing: oncalls.read, priorities.read");
}

TEST(ConnectionTest, DoesNotTakeAPlanForAPermission) {
  ConnectionTest test(key_account(), {});
  EXPECT_EQ(found(test, all_but("GET /priorities", 402)).at(2), "+ May read all that cards show");
}

TEST(ConnectionTest, FindsTheOtherRegion) {
  ConnectionTest test(key_account(), {});
  const Lines lines = found(test, [](const Probe& probe) -> Reply {
    return ProbeAnswer{probe.region == Region::kEu ? 200 : 401, kUser};
  });
  EXPECT_EQ(lines, (Lines{"+ PagerDuty answers",
                          "- The credential is not accepted: It is valid in the region EU: choose "
                          "that one."}));
  EXPECT_EQ(test.other_region(), Region::kEu);
}

TEST(ConnectionTest, FindsTheOtherRegionOfAnApplication) {
  ConnectionTest test(application(), {});
  const Lines lines = found(test, [](const Probe& probe) -> Reply {
    if (probe.region == Region::kEu) return ProbeAnswer{400, kEmpty};
    return ProbeFailure{FailureReason::kSignInFailed, "", "invalid_scope"};
  });
  EXPECT_EQ(lines, (Lines{"- The credential is not accepted: It is valid in the region EU: choose "
                          "that one."}));
}

TEST(ConnectionTest, TellsAWrongKeyInBothRegionsOrWhereOnlyOneCouldBeAsked) {
  ConnectionTest both(key_account(), {});
  EXPECT_EQ(
      found(both, [](const Probe&) -> Reply { return ProbeAnswer{401, kEmpty}; }).back(),
      "- The credential is not accepted: PagerDuty does not know it, neither in the US nor in "
      "the EU.");
  ConnectionTest one(key_account(), {});
  EXPECT_EQ(
      found(one,
            [](const Probe& probe) -> Reply {
              if (probe.region == Region::kUs) return ProbeAnswer{401, kEmpty};
              return ProbeFailure{FailureReason::kBlockedByPolicy, "https://eu", ""};
            })
          .back(),
      "- The credential is not accepted: PagerDuty does not know it: check that it was copied "
      "whole and is not deleted.");
}

TEST(ConnectionTest, SaysWhyNothingAnswers) {
  struct Case {
    Account account;
    Reply reply;
    std::string_view expected;
  };
  const Case cases[] = {
      {key_account(),
       ProbeFailure{FailureReason::kBlockedByPolicy, "https://api.pagerduty.com", ""},
       "This page's security policy does not allow it. Add to its connect-src: "
       "https://api.pagerduty.com"},
      {key_account(), ProbeFailure{FailureReason::kBlockedByCors, "https://api.pagerduty.com", ""},
       "https://api.pagerduty.com is there, but does not allow pages of other sites to read its "
       "answers (CORS). Use a proxy."},
      {key_account(), ProbeFailure{FailureReason::kNetwork, "", ""},
       "There was no answer: the network, a firewall or an extension is in the way."},
      {key_account(), ProbeFailure{FailureReason::kTimeout, "", ""},
       "There was no answer in time."},
      {proxy(), ProbeFailure{FailureReason::kRedirected, "", ""},
       "Something else answered and sent the request elsewhere: a sign-in page in front?"},
      {proxy(), ProbeAnswer{404, "<html>"},
       "Something answers at /pagerduty, but not as PagerDuty does: is it the right path?"},
      {key_account(), ProbeAnswer{503, ""},
       "PagerDuty answers with an error (503). Try again later."},
      {key_account(), ProbeAnswer{429, ""},
       "PagerDuty asks to wait: too many requests with this credential."},
  };
  for (const Case& c : cases) {
    ConnectionTest test(c.account, {});
    const Lines lines = found(test, [&](const Probe&) { return c.reply; });
    EXPECT_EQ(lines, (Lines{"- PagerDuty cannot be reached: " + std::string(c.expected)}));
  }
}

TEST(ConnectionTest, TellsWhatPagerDutysSignInSaid) {
  struct Case {
    Account account;
    ProbeFailure failure;
    std::string_view expected;
  };
  const Case cases[] = {
      {application(),
       {FailureReason::kSignInFailed, "", "invalid_client"},
       "PagerDuty does not know this client ID with this secret."},
      {application(),
       {FailureReason::kSignInFailed, "", "invalid_scope"},
       "PagerDuty does not grant it for acme.us: check subdomain and region, and the app's scopes."},
      {application(),
       {FailureReason::kSignInFailed, "", "server_error"},
       "PagerDuty's sign-in refused: server_error"},
      {application(),
       {FailureReason::kSignInFailed, "", ""},
       "PagerDuty's sign-in could not be reached."},
      {sign_in(),
       {FailureReason::kSignInFailed, "", ""},
       "Nobody is signed in yet: sign in, then test again."},
  };
  for (const Case& c : cases) {
    ConnectionTest test(c.account, {});
    const bool is_sign_in = c.account.auth == AuthType::kSignIn;
    const std::string title =
        is_sign_in ? "There is no credential yet" : "The credential is not accepted";
    EXPECT_EQ(found(test, [&](const Probe&) -> Reply { return c.failure; }),
              (Lines{"- " + title + ": " + std::string(c.expected)}));
    EXPECT_EQ(test.wants_sign_in(), is_sign_in);
  }
}

TEST(ConnectionTest, AKeyOfAnAccountNeedsSomebodyToActAs) {
  const auto reply = [](const Probe& probe) -> Reply {
    if (probe.path == "/users/me") return ProbeAnswer{400, kEmpty};
    if (probe.path.find("query=") == std::string::npos) return ProbeAnswer{200, kEmpty};
    EXPECT_EQ(probe.path, "/users?limit=100&query=bot%2Bx%40example.com");
    return ProbeAnswer{200, R"({"users":[{"email":"Bot+X@Example.com"}]})"};
  };
  Account account = key_account();
  ConnectionTest nobody(account, {});
  EXPECT_EQ(
      found(nobody, reply).back(),
      "- Nobody to act as: A key of an account acts as somebody: fill in the e-mail of a user.");
  account.from = "bot+x@example.com";
  ConnectionTest known(account, {});
  EXPECT_EQ(found(known, reply).back(), "+ Acts as bot+x@example.com");
  ConnectionTest unknown(account, {});
  EXPECT_EQ(found(unknown,
                  [&](const Probe& probe) -> Reply {
                    if (probe.path.find("query=") == std::string::npos) return reply(probe);
                    return ProbeAnswer{200, R"({"users":[{"email":"a-bot+x@example.com"}]})"};
                  })
                .back(),
            "- Nobody to act as: PagerDuty knows no user with the e-mail bot+x@example.com.");
}

TEST(ConnectionTest, TellsAClockThatIsWrong) {
  const auto clock = [](Duration ahead) {
    ConnectionTest test(key_account(), {});
    return found(test,
                 [&](const Probe& probe) -> Reply {
                   return ProbeAnswer{200, probe.path == "/users/me" ? kUser : kEmpty, ahead};
                 })
        .back();
  };
  EXPECT_EQ(clock(std::chrono::seconds{30}), "+ This device's clock is right");
  EXPECT_EQ(
      clock(std::chrono::minutes{7}),
      "- This device's clock is wrong: It is 7 min ahead. Times on cards are corrected; set the "
      "clock.");
  EXPECT_EQ(
      clock(-std::chrono::minutes{90}),
      "- This device's clock is wrong: It is 90 min behind. Times on cards are corrected; set "
      "the clock.");
}

TEST(ConnectionTest, IgnoresAnswersThatNobodyWaitsFor) {
  ConnectionTest test(key_account(), {});
  test.answer(-1, {200, kUser});
  test.answer(99, {200, kUser});
  test.answer(3, {200, kUser});
  test.fail(4, {FailureReason::kNetwork, "", ""});
  EXPECT_TRUE(test.findings().empty());
  EXPECT_TRUE(test.is_running());
}

}  // namespace
}  // namespace pd::settings

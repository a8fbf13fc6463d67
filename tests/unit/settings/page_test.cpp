#include "settings/page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pd::settings {
namespace {

Surroundings surroundings() {
  Surroundings around;
  around.texts = english_texts();
  around.redirect_uri = "https://portal.example.com/oauth-callback.html";
  return around;
}

class SettingsPage : public testing::Test {
 protected:
  Page page{surroundings(), ""};

  void activate(std::string id) { page.handle(Activated{std::move(id)}); }
  void type(std::string id, std::string value) {
    page.handle(Input{std::move(id), std::move(value)});
  }
  void set(Secret secret, std::string account = "") {
    page.handle(SecretChanged{std::move(account), secret, true, SecretProblem::kNone});
  }
  // The first effect of this kind since the last call.
  template <typename Kind>
  std::optional<Kind> effect() {
    for (const Effect& one : page.take_effects()) {
      if (const auto* kind = std::get_if<Kind>(&one)) return *kind;
    }
    return std::nullopt;
  }
  const card::Field* field(std::string_view id) {
    shown_ = page.view_model();
    for (const auto& row : shown_.rows) {
      for (const card::Field& one : row) {
        if (one.id == id) return &one;
      }
    }
    return nullptr;
  }
  std::string state() {
    const auto shown = page.view_model().state;
    return shown ? shown->text : "";
  }

 private:
  ViewModel shown_;
};

TEST_F(SettingsPage, BeginsWithAnApiTokenOfTheUsAndSaysNothingOfSaving) {
  EXPECT_EQ(state(), "");
  const ViewModel shown = page.view_model();
  EXPECT_TRUE(shown.auth.choices.front().selected);
  ASSERT_EQ(shown.secret_rows.size(), 1);
  EXPECT_EQ(shown.secret_rows[0].field.label, "PAGERDUTY_TOKEN");
  EXPECT_EQ(shown.secret_rows[0].state.text, "Not set");
  EXPECT_FALSE(shown.account);
}

TEST_F(SettingsPage, APastedAddressFillsInSubdomainAndRegion) {
  type("field:address", "https://acme.eu.pagerduty.com/incidents");
  EXPECT_EQ(field("field:subdomain")->value, "acme");
  EXPECT_TRUE(field("field:region")->choices[1].selected);
  EXPECT_EQ(state(), "Not saved");
  type("field:address", "https://example.com");
  EXPECT_EQ(field("field:address")->error,
            "This is no address of PagerDuty, such as https://acme.pagerduty.com.");
  EXPECT_EQ(field("field:subdomain")->value, "acme");
}

TEST_F(SettingsPage, AnAddressInTheSubdomainsPlaceIsReadToo) {
  type("field:subdomain", "https://acme.eu.pagerduty.com/");
  EXPECT_EQ(field("field:subdomain")->value, "acme");
  EXPECT_TRUE(field("field:region")->choices[1].selected);
}

TEST_F(SettingsPage, WrongFieldsSayWhatIsWrongWhenSomebodyWantsToGoOn) {
  activate("choice:auth:oauth");
  EXPECT_EQ(field("field:subdomain")->error, "");
  for (const char* action : {"action:save", "action:apply", "action:test"}) {
    activate(action);
    EXPECT_EQ(effect<Focus>()->id, "field:subdomain") << action;
  }
  EXPECT_EQ(field("field:subdomain")->error,
            "OAuth needs the subdomain: the first part of your PagerDuty address.");
  type("field:subdomain", "acme");
  EXPECT_EQ(field("field:subdomain")->error, "");
  activate("action:save");
  EXPECT_TRUE(effect<Save>());
}

TEST_F(SettingsPage, EachWayAsksForWhatItNeeds) {
  struct Case {
    const char* choice;
    std::vector<std::string> fields, secrets;
  };
  const Case cases[] = {
      {"choice:auth:token",
       {"field:address", "field:subdomain", "field:region", "field:from"},
       {"secret:PAGERDUTY_TOKEN"}},
      {"choice:auth:oauth",
       {"field:address", "field:subdomain", "field:region", "field:from"},
       {"secret:PD_CLIENT_ID", "secret:PD_CLIENT_SECRET"}},
      {"choice:auth:proxy", {"field:api-base", "field:events-base"}, {}},
      {"choice:auth:sign-in",
       {"field:address", "field:subdomain", "field:region", "field:client-id",
        "field:redirect-uri"},
       {}},
  };
  for (const Case& c : cases) {
    activate(c.choice);
    const ViewModel shown = page.view_model();
    std::vector<std::string> fields, secrets;
    for (const auto& row : shown.rows) {
      for (const card::Field& one : row) fields.push_back(one.id);
    }
    for (const SecretRow& row : shown.secret_rows) secrets.push_back(row.field.id);
    EXPECT_EQ(fields, c.fields) << c.choice;
    EXPECT_EQ(secrets, c.secrets) << c.choice;
    EXPECT_EQ(shown.secrets.has_value(), !c.secrets.empty());
  }
  EXPECT_EQ(field("field:redirect-uri")->value, "https://portal.example.com/oauth-callback.html");
}

TEST_F(SettingsPage, SavingKeepsWhatIsNotSecretAndSaysHowItWent) {
  type("field:subdomain", "acme");
  activate("action:save");
  const auto saved = effect<Save>();
  ASSERT_TRUE(saved);
  EXPECT_EQ(read_settings(saved->text)->accounts[0].subdomain, "acme");
  EXPECT_EQ(state(), "Saving");
  activate("action:save");
  EXPECT_FALSE(effect<Save>()) << "once is enough";
  page.handle(SaveEnded{false, "the server said no"});
  EXPECT_EQ(page.view_model().notices[0].body, "the server said no");
  EXPECT_EQ(state(), "Not saved");
  activate("action:save");
  page.handle(SaveEnded{true, ""});
  EXPECT_EQ(state(), "Saved");
  EXPECT_TRUE(page.view_model().notices.empty());
}

TEST_F(SettingsPage, ApplyingTellsWhichSecretIsMissing) {
  activate("action:apply");
  ASSERT_TRUE(effect<Apply>());
  page.handle(ApplyEnded{true, ""});
  EXPECT_EQ(page.view_model().notices[0].body,
            "PAGERDUTY_TOKEN is not set for Main account: its cards stay unconnected.");
  set(Secret::kToken);
  activate("action:apply");
  page.handle(ApplyEnded{true, ""});
  EXPECT_EQ(page.view_model().notices[0].body, "");
  EXPECT_EQ(state(), "") << "a secret is none of the settings";
}

TEST_F(SettingsPage, ASecretIsSetReplacedAndCleared) {
  activate("action:set:PAGERDUTY_TOKEN");
  ASSERT_TRUE(effect<SetSecret>());
  page.handle(SecretChanged{"", Secret::kToken, false, SecretProblem::kMissing});
  EXPECT_EQ(page.view_model().secret_rows[0].field.error, "Paste it first.");
  set(Secret::kToken);
  SecretRow row = page.view_model().secret_rows[0];
  EXPECT_EQ(row.state.text, "Set");
  EXPECT_EQ(row.field.error, "");
  EXPECT_EQ(row.actions[0].label, "Replace");
  activate("action:clear:PAGERDUTY_TOKEN");
  ASSERT_TRUE(effect<ClearSecret>());
  page.handle(SecretChanged{"", Secret::kToken, false, SecretProblem::kNone});
  EXPECT_EQ(page.view_model().secret_rows[0].state.text, "Not set");
  page.handle(SecretChanged{"", Secret::kToken, false, SecretProblem::kRefused});
  EXPECT_EQ(
      page.view_model().secret_rows[0].field.error,
      "PagerDuty refuses PAGERDUTY_TOKEN, so it is not remembered any more. Test the connection, "
      "or replace it.");
}

TEST_F(SettingsPage, SeveralAccountsHaveADefault) {
  activate("action:add-account");
  activate("dialog:add");
  EXPECT_EQ(page.view_model().dialog->fields[0].error, "Give it a name.");
  type("field:new-name", "payments");
  activate("dialog:add");
  ViewModel shown = page.view_model();
  EXPECT_FALSE(shown.dialog);
  ASSERT_TRUE(shown.account);
  EXPECT_EQ(shown.account->choices[0].label, "Main account (default)");
  EXPECT_TRUE(shown.account->choices[1].selected);
  type("field:subdomain", "payments");
  activate("action:make-default");
  type("field:account", "");
  EXPECT_EQ(field("field:subdomain")->value, "");
  EXPECT_EQ(page.view_model().account->choices[1].label, "payments (default)");
  activate("action:add-account");
  type("field:new-name", "payments");
  activate("dialog:add");
  EXPECT_EQ(page.view_model().dialog->fields[0].error, "There is an account of this name already.");
  activate("dialog:close");
  type("field:account", "payments");
  page.take_effects();
  activate("action:remove-account");
  EXPECT_EQ(page.view_model().dialog->title, "Remove the account payments?");
  activate("dialog:remove");
  EXPECT_EQ(effect<Forget>()->account, "payments");
  EXPECT_FALSE(page.view_model().account);
  activate("action:save");
  EXPECT_EQ(read_settings(effect<Save>()->text)->default_account, "");
}

TEST_F(SettingsPage, AnAccountThatIsNotCompleteIsShown) {
  activate("choice:auth:oauth");
  activate("action:add-account");
  type("field:new-name", "b");
  activate("dialog:add");
  activate("action:save");
  EXPECT_TRUE(page.view_model().account->choices[0].selected);
  EXPECT_NE(field("field:subdomain")->error, "");
}

TEST_F(SettingsPage, WhatIsSavedCanBeReadWhateverWasFilledInBefore) {
  activate("choice:auth:proxy");
  type("field:api-base", "//not-this-site.example");
  activate("choice:auth:token");
  type("field:from", "\xFF\xFE" + std::string(2000, 'x') + "@example.com");
  type("field:from", "");
  activate("action:add-account");
  std::string name;
  for (int i = 0; i < 60; ++i) name += "\xE6\xB1\xBA";
  type("field:new-name", name);
  activate("dialog:add");
  activate("action:save");
  const auto saved = effect<Save>();
  ASSERT_TRUE(saved);
  const auto read = read_settings(saved->text);
  ASSERT_TRUE(read) << say(english_texts(), read.error());
  EXPECT_EQ(read->accounts[1].name, name);
}

TEST_F(SettingsPage, AFileIsReadAndNotSavedByItself) {
  Settings other;
  other.accounts[0].auth = AuthType::kProxy;
  other.accounts[0].api_base = "/pd";
  page.handle(Loaded{write_settings(other), false});
  EXPECT_EQ(field("field:api-base")->value, "/pd");
  EXPECT_EQ(state(), "Not saved");
  page.handle(Loaded{"no", false});
  EXPECT_EQ(page.view_model().notices[0].title, "The file could not be used");
  EXPECT_EQ(field("field:api-base")->value, "/pd") << "what was there stays";
}

TEST_F(SettingsPage, KeptSettingsAreThereAndUnreadableOnesAreSaid) {
  Settings kept;
  kept.accounts[0].region = Region::kEu;
  const Page good(surroundings(), write_settings(kept));
  EXPECT_EQ(good.view_model().state->text, "Saved");
  const Page bad(surroundings(), "{");
  EXPECT_EQ(bad.view_model().notices[0].title,
            "The kept settings could not be read: they begin anew");
}

TEST_F(SettingsPage, ATestEndsWithWhatItFoundAndWithTheNextChange) {
  set(Secret::kToken);
  page.take_effects();
  activate("action:test");
  const auto probe = effect<SendProbe>();
  ASSERT_TRUE(probe);
  EXPECT_EQ(probe->probe.path, "/users/me");
  EXPECT_TRUE(page.view_model().test_actions[0].busy);
  page.handle(ProbeAnswered{probe->test, probe->probe.id, {401, "{}", {}}});
  const auto other = effect<SendProbe>();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->probe.region, Region::kEu);
  page.handle(ProbeAnswered{other->test, other->probe.id, {200, "{}", {}}});
  ViewModel shown = page.view_model();
  ASSERT_EQ(shown.test_actions.size(), 2);
  EXPECT_EQ(shown.test_actions[1].label, "Use EU");
  activate("action:use-region");
  EXPECT_TRUE(field("field:region")->choices[1].selected);
  EXPECT_EQ(effect<SendProbe>()->probe.region, Region::kEu) << "and tests again";
  type("field:from", "bot@example.com");
  EXPECT_TRUE(page.view_model().test.checks.empty());
  page.handle(ProbeAnswered{probe->test, 0, {200, "{}", {}}});
  EXPECT_TRUE(page.view_model().test.checks.empty()) << "an answer to an earlier test";
}

TEST_F(SettingsPage, ATestGoesOnAfterARefusal) {
  activate("choice:auth:oauth");
  type("field:subdomain", "acme");
  set(Secret::kClientId);
  set(Secret::kClientSecret);
  page.take_effects();
  activate("action:test");
  const auto probe = effect<SendProbe>();
  ASSERT_TRUE(probe);
  const ProbeFailure refused{client::FailureReason::kSignInFailed, "", "invalid_client"};
  page.handle(ProbeFailed{probe->test, probe->probe.id, refused});
  const auto other = effect<SendProbe>();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->probe.region, Region::kEu);
  page.handle(ProbeFailed{other->test, other->probe.id, refused});
  EXPECT_EQ(page.view_model().test.checks[0].checks[0].detail,
            "PagerDuty does not know this client ID with this secret.");
  EXPECT_FALSE(page.view_model().test_actions[0].busy);
}

TEST_F(SettingsPage, OnlyABrowserThatCanOffersToRemember) {
  EXPECT_TRUE(page.view_model().remember);
  activate("toggle:remember");
  EXPECT_TRUE(effect<Remember>()->on);
  set(Secret::kToken);
  EXPECT_EQ(page.view_model().secret_rows[0].state.text, "Set, remembered");
  Surroundings poor = surroundings();
  poor.can_remember = false;
  const Page there(poor, "");
  EXPECT_FALSE(there.view_model().remember);
  EXPECT_EQ(there.view_model().about_remember,
            "This browser cannot: it needs https and a storage that may be used.");
}

}  // namespace
}  // namespace pd::settings

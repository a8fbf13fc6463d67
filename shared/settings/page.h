// settings: how an administrator connects a page to PagerDuty, without drawing and without secrets.
// What is typed into a secret's field stays in the page's script; here it is known only whether one
// is set.
//
//   Page page({.texts = english_texts(), ...}, kept_text);
//   page.handle(Activated{"action:save"}, now);
//   for (Effect& effect : page.take_effects()) perform(effect);
//   const ViewModel shown = page.view_model();
//
// Sans-I/O, as a card's page is: events in, effects out, both plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/part.h"
#include "settings/connection_test.h"
#include "settings/settings.h"
#include "settings/view_model.h"

namespace pd::settings {

// Where the page runs.
struct Surroundings {
  Texts texts;
  std::string redirect_uri;  // where oauth-callback.html is likely to be
  bool is_managed = false;   // the portal keeps the settings, not the browser
  bool can_remember = true;  // secrets on the device
  bool remembers = false;    // and does
  std::vector<std::pair<std::string, Secret>> set = {};  // secrets that are there, by account
};

// ---- Events in ----
struct Worded {
  Texts texts;
};
struct Activated {
  std::string id;
};
struct Input {
  std::string id, value;
};
enum class SecretProblem : std::uint8_t { kNone, kMissing, kOdd, kRefused };
// A secret's state changed, or it could not be set.
struct SecretChanged {
  std::string account;
  Secret secret{};
  bool is_set = false;
  SecretProblem problem = SecretProblem::kNone;
};
struct SaveEnded {
  bool ok = false;
  std::string why;  // of the host, as it said it
};
struct ApplyEnded {
  bool ok = false;
  std::string why;
};
// Settings from elsewhere: a file, or (`is_kept`) the host page.
struct Loaded {
  std::string text;
  bool is_kept = false;
};
struct ProbeAnswered {
  int test = 0, probe = 0;
  ProbeAnswer answer;
};
struct ProbeFailed {
  int test = 0, probe = 0;
  ProbeFailure failure;
};

using Event = std::variant<Worded, Activated, Input, SecretChanged, SaveEnded, ApplyEnded, Loaded,
                           ProbeAnswered, ProbeFailed>;

// ---- Effects out ----
struct Changed {};  // draw
struct Announce {
  std::string text;
};
struct Focus {
  std::string id;
};
struct Save {
  std::string text;  // of write_settings()
};
struct Apply {
  std::string text;
};
// What stands in its field, or nothing.
struct SetSecret {
  std::string account;
  Secret secret{};
  std::string node;  // of its field
};
struct ClearSecret {
  std::string account;
  Secret secret{};
};
struct Remember {
  bool on = false;
};
struct Forget {
  std::string account;  // is gone
};
struct Export {
  std::string text;
};
struct ChooseFile {};
struct SendProbe {
  int test = 0;  // answers to an earlier one do not count
  Probe probe;
  std::string account;  // write_account()
};
struct SignIn {
  std::string account;  // write_account()
};

using Effect = std::variant<Changed, Announce, Focus, Save, Apply, SetSecret, ClearSecret, Remember,
                            Forget, Export, ChooseFile, SendProbe, SignIn>;

class Page {
 public:
  // `kept`: what was saved; empty: nothing yet.
  Page(Surroundings surroundings, std::string_view kept);

  void handle(const Event& event);
  std::vector<Effect> take_effects();
  ViewModel view_model() const;

 private:
  enum class Saving : std::uint8_t { kNo, kUnderWay, kFailed };
  enum class DialogKind : std::uint8_t { kAdd, kRemove };
  struct OpenDialog {
    DialogKind kind{};
    std::string name;  // typed
    std::optional<Say> problem;
  };
  // Something to tell, until the next thing happens.
  struct Told {
    card::Tone tone{};
    Say title{};
    std::string body;
  };
  struct Row;

  Surroundings around_;
  std::optional<Settings> kept_;  // none: nothing was saved yet
  Settings edited_;
  std::string address_;  // as typed
  std::size_t selected_ = 0;
  bool checks_ = false;  // wrong fields say so
  Saving saving_ = Saving::kNo;
  std::vector<std::pair<Secret, SecretProblem>> problems_;  // of the selected account
  std::optional<OpenDialog> dialog_;
  std::optional<Told> told_;
  std::optional<ConnectionTest> test_;
  int test_number_ = 0;
  std::vector<Effect> effects_;

  // page.cpp
  void on(const Worded& event);
  void on(const Activated& event);
  void on(const Input& event);
  void on(const SecretChanged& event);
  void on(const SaveEnded& event);
  void on(const ApplyEnded& event);
  void on(const Loaded& event);
  void on(const ProbeAnswered& event);
  void on(const ProbeFailed& event);

  Account& account() { return edited_.accounts[selected_]; }
  const Account& account() const { return edited_.accounts[selected_]; }
  void begin(Account& account) const;
  void start_over(Settings settings);
  void select(std::size_t index);
  void announce(Say text, std::initializer_list<std::string_view> values = {});
  bool is_complete();
  void save();
  void apply();
  void test();
  void stop_test();
  void send_probes();
  void tell_test();
  void add_account();
  void remove_account();
  bool choose(std::string_view id);
  bool activate_secret(std::string_view id);
  std::string secret_node(Secret secret) const;
  std::optional<Secret> missing_secret(const Account& account) const;
  bool is_set(const std::string& account, Secret secret) const;

  // view_model.cpp
  std::string text(Say text, std::initializer_list<std::string_view> values = {}) const {
    return say(around_.texts, text, values);
  }
  std::string name_of(const Account& account) const;
  card::Action action(std::string id, Say label, card::ActionStyle style) const;
  card::Field field(std::string id, Say label, const std::string& value) const;
  card::Field choice(std::string id, Say label,
                     std::initializer_list<std::pair<std::string_view, Say>> choices,
                     std::string_view selected) const;
  void add_accounts(ViewModel& model) const;
  void add_fields(ViewModel& model) const;
  void add_secrets(ViewModel& model) const;
  void add_test(ViewModel& model) const;
  void add_notices(ViewModel& model) const;
  card::Dialog make_dialog(const OpenDialog& open) const;
};

// What is wrong with an account's fields, by the field's id; in the order in which they stand.
std::vector<std::pair<std::string, Say>> problems_of(const Account& account);

}  // namespace pd::settings

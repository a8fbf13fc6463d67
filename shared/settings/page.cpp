#include "settings/page.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace pd::settings {
namespace {

// Fields whose text is a member of the account.
constexpr std::array<std::pair<std::string_view, std::string Account::*>, 6> kTextFields{
    {{"field:subdomain", &Account::subdomain},
     {"field:from", &Account::from},
     {"field:client-id", &Account::client_id},
     {"field:redirect-uri", &Account::redirect_uri},
     {"field:api-base", &Account::api_base},
     {"field:events-base", &Account::events_base}}};

std::string typed(const std::string& value) { return display_text(value, kMostTextLength); }

}  // namespace

std::vector<std::pair<std::string, Say>> problems_of(const Account& account) {
  std::vector<std::pair<std::string, Say>> all;
  const auto demand = [&](bool holds, const char* id, Say problem) {
    if (!holds) all.emplace_back(id, problem);
  };
  if (account.auth != AuthType::kProxy) {
    if (account.subdomain.empty()) {
      demand(account.auth != AuthType::kApplication, "field:subdomain", Say::kSubdomainMissing);
    } else {
      demand(is_subdomain(account.subdomain), "field:subdomain", Say::kSubdomainOdd);
    }
  }
  if (has_from(account.auth)) {
    demand(account.from.empty() || is_email(account.from), "field:from", Say::kFromOdd);
  }
  if (account.auth == AuthType::kSignIn) {
    demand(!account.client_id.empty(), "field:client-id", Say::kClientIdMissing);
    demand(is_redirect_uri(account.redirect_uri), "field:redirect-uri", Say::kRedirectUriOdd);
  }
  if (account.auth == AuthType::kProxy) {
    demand(is_own_path(account.api_base), "field:api-base", Say::kApiBaseOdd);
    demand(account.events_base.empty() || is_own_path(account.events_base), "field:events-base",
           Say::kApiBaseOdd);
  }
  return all;
}

Page::Page(Surroundings surroundings, std::string_view kept) : around_(std::move(surroundings)) {
  if (!kept.empty()) on(Loaded{std::string(kept), true});
  effects_.emplace_back(Changed{});
}

// What is likely to be right.
void Page::begin(Account& account) const {
  const auto fill_in = [](std::string& field, std::string_view likely) {
    if (field.empty()) field = likely;
  };
  if (account.auth == AuthType::kSignIn) fill_in(account.redirect_uri, around_.redirect_uri);
  if (account.auth == AuthType::kProxy) {
    fill_in(account.api_base, "/pagerduty");
    fill_in(account.events_base, "/pagerduty-events");
  }
}

void Page::handle(const Event& event) {
  std::visit([this](const auto& what) { on(what); }, event);
  effects_.emplace_back(Changed{});
}

std::vector<Effect> Page::take_effects() { return std::exchange(effects_, {}); }

void Page::announce(Say said, std::initializer_list<std::string_view> values) {
  effects_.emplace_back(Announce{text(said, values)});
}

void Page::on(const Worded& event) { around_.texts = event.texts; }

// ---- What the administrator does ----

void Page::on(const Activated& event) {
  const std::string& id = event.id;
  if (choose(id) || activate_secret(id)) return;
  static constexpr std::array<std::pair<std::string_view, void (Page::*)()>, 5> kActions{
      {{"action:save", &Page::save},
       {"action:apply", &Page::apply},
       {"action:test", &Page::test},
       {"dialog:add", &Page::add_account},
       {"dialog:remove", &Page::remove_account}}};
  for (const auto& [name, act] : kActions) {
    if (id == name) return (this->*act)();
  }
  if (id == "action:add-account") {
    dialog_ = OpenDialog{DialogKind::kAdd, {}, {}};
    effects_.emplace_back(Focus{"field:new-name"});
  } else if (id == "action:remove-account" && edited_.accounts.size() > 1) {
    dialog_ = OpenDialog{DialogKind::kRemove, {}, {}};
    effects_.emplace_back(Focus{"dialog:close"});
  } else if (id == "dialog:close") {
    const bool adds = dialog_ && dialog_->kind == DialogKind::kAdd;
    dialog_.reset();
    effects_.emplace_back(Focus{adds ? "action:add-account" : "action:remove-account"});
  } else if (id == "action:make-default") {
    edited_.default_account = account().name;
    effects_.emplace_back(Focus{"field:account"});
  } else if (id == "toggle:remember") {
    around_.remembers = !around_.remembers && around_.can_remember;
    effects_.emplace_back(Remember{around_.remembers});
  } else if (id == "action:use-region" && test_ && test_->other_region()) {
    account().region = *test_->other_region();
    test();
  } else if (id == "action:sign-in") {
    effects_.emplace_back(SignIn{write_account(account())});
  } else if (id == "action:export") {
    effects_.emplace_back(Export{write_settings(edited_)});
  } else if (id == "action:import") {
    effects_.emplace_back(ChooseFile{});
  } else if (id == "told:dismiss") {
    told_.reset();
  }
}

// A radio.
bool Page::choose(std::string_view id) {
  constexpr std::string_view kAuth = "choice:auth:";
  if (id == "choice:region:us" || id == "choice:region:eu") {
    account().region = id.ends_with("eu") ? Region::kEu : Region::kUs;
    stop_test();
    return true;
  }
  if (!id.starts_with(kAuth)) return false;
  const auto* word = std::ranges::find(kAuthTypeWords, id.substr(kAuth.size()));
  if (word == std::end(kAuthTypeWords)) return true;
  account().auth = static_cast<AuthType>(word - std::begin(kAuthTypeWords));
  begin(account());
  checks_ = false;
  problems_.clear();
  stop_test();
  return true;
}

bool Page::activate_secret(std::string_view id) {
  for (const Secret secret : secrets_of(account().auth)) {
    const std::string name(kSecretNames[static_cast<std::size_t>(secret)]);
    if (id == "action:set:" + name) {
      effects_.emplace_back(SetSecret{account().name, secret, secret_node(secret)});
      return true;
    }
    if (id == "action:clear:" + name) {
      effects_.emplace_back(ClearSecret{account().name, secret});
      effects_.emplace_back(Focus{secret_node(secret)});
      return true;
    }
  }
  return false;
}

void Page::on(const Input& event) {
  const std::string value = typed(event.value);
  if (event.id == "field:account") {
    const auto known = std::ranges::find(edited_.accounts, value, &Account::name);
    if (known != edited_.accounts.end()) {
      select(static_cast<std::size_t>(known - edited_.accounts.begin()));
    }
    return;
  }
  if (event.id == "field:new-name") {
    if (dialog_) dialog_ = OpenDialog{DialogKind::kAdd, value, {}};
    return;
  }
  if (event.id == "field:address") {
    address_ = value;
    if (const auto address = read_address(value)) {
      if (!address->subdomain.empty()) account().subdomain = address->subdomain;
      account().region = address->region;
      stop_test();
    }
    return;
  }
  for (const auto& [id, member] : kTextFields) {
    if (event.id != id) continue;
    // An address is also read where only its first part is asked for.
    const auto address =
        id == kTextFields[0].first ? read_address(value) : std::optional<PagerDutyAddress>();
    account().*member = address && !address->subdomain.empty() ? address->subdomain : value;
    if (address && !address->subdomain.empty()) account().region = address->region;
    stop_test();
    return;
  }
}

// ---- Accounts ----

void Page::select(std::size_t index) {
  selected_ = index;
  address_.clear();
  checks_ = false;
  problems_.clear();
  stop_test();
}

void Page::add_account() {
  if (!dialog_) return;
  const std::string name = display_text(dialog_->name, kMostNameLength);
  if (name.empty()) {
    dialog_->problem = Say::kNameMissing;
  } else if (find_account(edited_.accounts, name) != nullptr) {
    dialog_->problem = Say::kNameTaken;
  } else if (edited_.accounts.size() >= kMostAccounts) {
    dialog_->problem = Say::kTooManyAccounts;
  } else {
    edited_.accounts.emplace_back().name = name;
    dialog_.reset();
    select(edited_.accounts.size() - 1);
    effects_.emplace_back(Focus{"field:account"});
    return;
  }
  effects_.emplace_back(Focus{"field:new-name"});
}

void Page::remove_account() {
  if (!dialog_ || edited_.accounts.size() < 2) return;
  const std::string name = account().name;
  dialog_.reset();
  std::erase_if(around_.set, [&](const auto& known) { return known.first == name; });
  effects_.emplace_back(Forget{name});
  edited_.accounts.erase(edited_.accounts.begin() + static_cast<std::ptrdiff_t>(selected_));
  if (edited_.default_account == name) {
    edited_.default_account = edited_.accounts.front().name;
  }
  select(0);
  effects_.emplace_back(
      Focus{edited_.accounts.size() > 1 ? "field:account" : "action:add-account"});
}

// ---- Save, apply ----

// Otherwise shows what is wrong, in the account that it is in.
bool Page::is_complete() {
  for (std::size_t i = 0; i < edited_.accounts.size(); ++i) {
    const auto problems = problems_of(edited_.accounts[i]);
    if (problems.empty()) continue;
    if (i != selected_) select(i);
    checks_ = true;
    announce(Say::kFieldsNeedALook);
    effects_.emplace_back(Focus{problems.front().first});
    return false;
  }
  return true;
}

void Page::save() {
  told_.reset();
  if (saving_ == Saving::kUnderWay || !is_complete()) return;
  saving_ = Saving::kUnderWay;
  effects_.emplace_back(Save{write_settings(edited_)});
}

void Page::on(const SaveEnded& event) {
  saving_ = event.ok ? Saving::kNo : Saving::kFailed;
  if (event.ok) {
    kept_ = edited_;
    announce(Say::kSavedSaid);
    return;
  }
  told_ = Told{card::Tone::kCritical, Say::kSaveFailed, display_text(event.why)};
  announce(Say::kSaveFailed);
}

void Page::apply() {
  told_.reset();
  problems_.clear();
  if (is_complete()) effects_.emplace_back(Apply{write_settings(edited_)});
}

void Page::on(const ApplyEnded& event) {
  if (!event.ok) {
    told_ = Told{card::Tone::kCritical, Say::kApplyFailed, display_text(event.why)};
    return announce(Say::kApplyFailed);
  }
  std::string lacks;
  for (const Account& one : edited_.accounts) {
    const auto missing = missing_secret(one);
    if (!missing) continue;
    if (!lacks.empty()) lacks += '\n';
    lacks += text(Say::kAppliedWithout,
                  {kSecretNames[static_cast<std::size_t>(*missing)], name_of(one)});
  }
  told_ = Told{lacks.empty() ? card::Tone::kOk : card::Tone::kWarning, Say::kAppliedSaid, lacks};
  announce(Say::kAppliedSaid);
}

// ---- Secrets ----

// Another account's is another field: what is typed into one is not the other's.
std::string Page::secret_node(Secret secret) const {
  const std::string node = "secret:" + std::string(kSecretNames[static_cast<std::size_t>(secret)]);
  return selected_ == 0 ? node : node + ":" + std::to_string(selected_);
}

bool Page::is_set(const std::string& name, Secret secret) const {
  return std::ranges::find(around_.set, std::pair(name, secret)) != around_.set.end();
}

std::optional<Secret> Page::missing_secret(const Account& account) const {
  for (const Secret secret : secrets_of(account.auth)) {
    if (!is_set(account.name, secret)) return secret;
  }
  return std::nullopt;
}

void Page::on(const SecretChanged& event) {
  const std::string_view name = kSecretNames[static_cast<std::size_t>(event.secret)];
  const bool was_set = is_set(event.account, event.secret);
  std::erase(around_.set, std::pair(event.account, event.secret));
  if (event.is_set) around_.set.emplace_back(event.account, event.secret);
  if (event.account != account().name) return;
  const bool is_known =
      std::ranges::find(problems_, std::pair(event.secret, event.problem)) != problems_.end();
  std::erase_if(problems_, [&](const auto& known) { return known.first == event.secret; });
  if (event.problem != SecretProblem::kNone) {
    problems_.emplace_back(event.secret, event.problem);
    if (event.problem == SecretProblem::kRefused) {
      if (!is_known) announce(Say::kSecretRefused, {name});
      return;
    }
    effects_.emplace_back(Focus{secret_node(event.secret)});
    return;
  }
  stop_test();
  if (event.is_set) {
    announce(Say::kSecretSetSaid, {name});
  } else if (was_set) {
    announce(Say::kSecretClearedSaid, {name});
  }
}

// ---- Files ----

void Page::start_over(Settings settings) {
  edited_ = std::move(settings);
  const auto shown = std::ranges::find(edited_.accounts, edited_.default_account, &Account::name);
  select(static_cast<std::size_t>(shown - edited_.accounts.begin()));
}

void Page::on(const Loaded& event) {
  told_.reset();
  auto settings = read_settings(event.text);
  if (!settings) {
    const Say title = event.is_kept ? Say::kKeptUnreadable : Say::kImportFailed;
    told_ = Told{card::Tone::kCritical, title, say(around_.texts, settings.error())};
    announce(title);
    return;
  }
  start_over(*std::move(settings));
  if (event.is_kept) {
    kept_ = edited_;
  } else {
    told_ = Told{card::Tone::kInfo, Say::kImportedSaid, {}};
    announce(Say::kImportedSaid);
  }
}

// ---- The test ----

void Page::test() {
  told_.reset();
  if (test_ && test_->is_running()) return;
  if (!is_complete()) return;
  ++test_number_;
  test_.emplace(account(), missing_secret(account()));
  send_probes();
  tell_test();
}

// What was found held for other settings.
void Page::stop_test() {
  test_.reset();
  ++test_number_;
}

void Page::send_probes() {
  for (Probe& probe : test_->take_probes()) {
    effects_.emplace_back(SendProbe{test_number_, std::move(probe), write_account(account())});
  }
}

void Page::tell_test() {
  if (test_->is_running()) return;
  const auto findings = test_->findings();
  const auto passing = std::ranges::count_if(findings, &Finding::passing);
  announce(Say::kTestedSaid, {std::to_string(passing), std::to_string(findings.size())});
}

void Page::on(const ProbeAnswered& event) {
  if (!test_ || event.test != test_number_) return;
  test_->answer(event.probe, event.answer);
  send_probes();
  tell_test();
}

void Page::on(const ProbeFailed& event) {
  if (!test_ || event.test != test_number_) return;
  test_->fail(event.probe, event.failure);
  send_probes();
  tell_test();
}

}  // namespace pd::settings

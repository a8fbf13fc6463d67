// How a page is connected to PagerDuty, but for the secrets: what an administrator fills in, what
// is kept, exported and imported. As text it is JSON; docs/connecting.md describes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "settings/address.h"
#include "settings/texts.h"

namespace pd::settings {

enum class AuthType : std::uint8_t { kToken, kApplication, kProxy, kSignIn };
inline constexpr std::string_view kAuthTypeWords[] = {"token", "oauth", "proxy", "sign-in"};

struct Account {
  std::string name;  // as `account` attributes and annotations say it; the first one's may be empty
  AuthType auth = AuthType::kToken;
  std::string subdomain;
  Region region = Region::kUs;
  std::string from;                   // e-mail that an account-level key writes as
  std::string client_id;              // of sign-in; an application's is among the secrets
  std::string redirect_uri;           // of sign-in
  std::string api_base, events_base;  // of a proxy: paths of this origin
  bool operator==(const Account&) const = default;
};

struct Settings {
  std::vector<Account> accounts{Account{}};  // never empty
  std::string default_account;               // the name of one of them
  bool operator==(const Settings&) const = default;
};

// Without what was filled in for another way, and so was not checked.
Account of_its_way(Account account);

// nullptr: there is none of this name.
const Account* find_account(const std::vector<Account>& accounts, std::string_view name);

inline constexpr std::size_t kMostAccounts = 20;
// In user-perceived characters.
inline constexpr std::size_t kMostNameLength = 60;
inline constexpr std::size_t kMostTextLength = 400;

// The names of an account's secrets: environment variables of the kind that an administrator knows.
enum class Secret : std::uint8_t { kToken, kClientId, kClientSecret };
inline constexpr std::string_view kSecretNames[] = {"PAGERDUTY_TOKEN", "PD_CLIENT_ID",
                                                    "PD_CLIENT_SECRET"};
// Whether it may speak for the account and so needs somebody to act as.
bool has_from(AuthType auth);
// Those that it needs.
std::vector<Secret> secrets_of(AuthType auth);

// Reads what write_settings() wrote, or what somebody edited. The error says what is wrong and
// where ("accounts[1].region"); a file with a secret in it is refused.
std::expected<Settings, Sentence> read_settings(std::string_view text);
std::string write_settings(const Settings& settings);
// One account of it, as it stands in the list.
std::string write_account(const Account& account);

}  // namespace pd::settings

#include "settings/settings.h"

#include <algorithm>

#include "base/json_writer.h"

namespace pd::settings {
namespace {

void write(JsonWriter& json, const Account& filled_in) {
  const Account account = of_its_way(filled_in);
  const auto text = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) json.member(name, value);
  };
  json.begin_object()
      .member("name", account.name)
      .member("auth", kAuthTypeWords[static_cast<std::size_t>(account.auth)])
      .member("region", account.region == Region::kEu ? "eu" : "us");
  text("subdomain", account.subdomain);
  text("from", account.from);
  text("clientId", account.client_id);
  text("redirectUri", account.redirect_uri);
  text("apiBase", account.api_base);
  text("eventsBase", account.events_base);
  json.end_object();
}

}  // namespace

const Account* find_account(const std::vector<Account>& accounts, std::string_view name) {
  const auto found = std::ranges::find(accounts, name, &Account::name);
  return found == accounts.end() ? nullptr : &*found;
}

Account of_its_way(Account account) {
  if (account.auth == AuthType::kProxy) {
    account.subdomain.clear();
  } else {
    account.api_base.clear();
    account.events_base.clear();
  }
  if (account.auth != AuthType::kSignIn) {
    account.client_id.clear();
    account.redirect_uri.clear();
  }
  if (!has_from(account.auth)) account.from.clear();
  return account;
}

bool has_from(AuthType auth) { return auth == AuthType::kToken || auth == AuthType::kApplication; }

std::vector<Secret> secrets_of(AuthType auth) {
  if (auth == AuthType::kToken) return {Secret::kToken};
  if (auth == AuthType::kApplication) return {Secret::kClientId, Secret::kClientSecret};
  return {};
}

std::string write_settings(const Settings& settings) {
  JsonWriter json;
  json.begin_object().member("pagerdutyCardSettings", 1).key("accounts").begin_array();
  for (const Account& account : settings.accounts) write(json, account);
  json.end_array().member("defaultAccount", settings.default_account).end_object();
  return json.take();
}

std::string write_account(const Account& account) {
  JsonWriter json;
  write(json, account);
  return json.take();
}

}  // namespace pd::settings

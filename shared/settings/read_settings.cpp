#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <utility>

#include "base/text.h"
#include "pagerduty/parse_json.h"
#include "settings/settings.h"

namespace pd::settings {
namespace {

using pagerduty::Json;

constexpr std::size_t kMostBytes = 64 * 1024;

std::unexpected<Sentence> wrong(Say say, std::initializer_list<std::string> values) {
  return std::unexpected(Sentence{say, values});
}

// Whatever is called like a secret is taken for one. Letters only, so that client_secret, clientSecret
// and PD_CLIENT_SECRET are the same.
bool is_secret_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames{"token",         "secret",    "password",
                                                   "apikey",        "bearer",    "privatekey",
                                                   "authorization", "credential"};
  std::string letters;
  for (const char c : to_lower_ascii(name)) {
    if (c >= 'a' && c <= 'z') letters += c;
  }
  return std::ranges::any_of(
      kNames, [&](std::string_view known) { return letters.find(known) != std::string::npos; });
}

// Where, at most; a file is flat but for its accounts.
std::optional<std::string> secret_in(const Json& json, const std::string& where, int depth = 0) {
  constexpr int kDeepest = 4;
  if (depth > kDeepest || !json.is_structured()) return std::nullopt;
  std::size_t index = 0;
  for (const auto& [key, value] : json.items()) {
    const std::string name = display_text(key, kMostNameLength);
    std::string path = json.is_array() ? where + "[" + std::to_string(index) + "]"
                       : where.empty() ? name
                                       : where + "." + name;
    ++index;
    if (json.is_object() && is_secret_name(key)) return path;
    if (auto found = secret_in(value, path, depth + 1)) return found;
  }
  return std::nullopt;
}

// Reads the members of one object; the first thing that is wrong is kept.
class Members {
 public:
  Members(const Json& object, std::string where) : object_(object), where_(std::move(where)) {}

  std::string text(const char* name, std::size_t most = kMostTextLength) {
    constexpr std::size_t kMostTextBytes = 16'000;
    const Json* value = find(name);
    if (value == nullptr) return {};
    const bool is_text = value->is_string();
    if (!is_text || value->get_ref<const std::string&>().size() > kMostTextBytes) {
      return complain(Say::kWrongText, {path(name), std::to_string(kMostTextBytes)});
    }
    return display_text(value->get_ref<const std::string&>(), most);
  }
  // The place of the word in `words`.
  std::size_t word(const char* name, std::initializer_list<std::string_view> words) {
    if (find(name) == nullptr) return 0;
    const std::string said = text(name);
    const auto* found = std::ranges::find(words, said);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string all;
    for (const std::string_view known : words) {
      if (!all.empty()) all += ", ";
      all += known;
    }
    complain(Say::kWrongMember, {path(name), all});
    return 0;
  }

  std::optional<Sentence> problem;

 private:
  const Json& object_;
  std::string where_;

  const Json* find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }
  std::string path(const char* name) const { return where_.empty() ? name : where_ + "." + name; }
  std::string complain(Say say, std::vector<std::string> values) {
    if (!problem) problem = Sentence{say, std::move(values)};
    return {};
  }
};

std::expected<Account, Sentence> read_account(const Json& json, const std::string& where) {
  if (!json.is_object()) return wrong(Say::kWrongObject, {where});
  Members members(json, where);
  Account account;
  account.name = members.text("name", kMostNameLength);
  account.auth = static_cast<AuthType>(members.word(
      "auth", {kAuthTypeWords[0], kAuthTypeWords[1], kAuthTypeWords[2], kAuthTypeWords[3]}));
  account.region = members.word("region", {"us", "eu"}) == 1 ? Region::kEu : Region::kUs;
  account.subdomain = members.text("subdomain");
  account.from = members.text("from");
  account.client_id = members.text("clientId");
  account.redirect_uri = members.text("redirectUri");
  account.api_base = members.text("apiBase");
  account.events_base = members.text("eventsBase");
  if (members.problem) return std::unexpected(*members.problem);
  account = of_its_way(std::move(account));
  // An address elsewhere would be sent what the page holds.
  for (const std::string* base : {&account.api_base, &account.events_base}) {
    if (!base->empty() && !is_own_path(*base)) {
      const char* name = base == &account.api_base ? ".apiBase" : ".eventsBase";
      return wrong(Say::kWrongPath, {where + name});
    }
  }
  return account;
}

}  // namespace

std::expected<Settings, Sentence> read_settings(std::string_view text) {
  if (text.size() > kMostBytes) {
    return wrong(Say::kFileTooLarge, {std::to_string(kMostBytes)});
  }
  const Json json = pagerduty::parse_json(text);
  if (json.is_discarded()) return wrong(Say::kNotJson, {});
  if (!json.is_object()) return wrong(Say::kNotSettings, {});
  if (const auto secret = secret_in(json, "")) return wrong(Say::kHoldsSecret, {*secret});
  const auto version = json.find("pagerdutyCardSettings");
  if (version == json.end() || *version != 1) return wrong(Say::kNotSettings, {});
  Members members(json, "");
  Settings settings;
  settings.default_account = members.text("defaultAccount", kMostNameLength);
  if (members.problem) return std::unexpected(*members.problem);
  const auto accounts = json.find("accounts");
  if (accounts == json.end() || !accounts->is_array() || accounts->empty()) {
    return wrong(Say::kWrongList, {});
  }
  if (accounts->size() > kMostAccounts) {
    return std::unexpected(Sentence{Say::kTooManyAccounts, {std::to_string(kMostAccounts)}});
  }
  settings.accounts.clear();
  for (const Json& item : *accounts) {
    const std::string where = "accounts[" + std::to_string(settings.accounts.size()) + "]";
    auto account = read_account(item, where);
    if (!account) return std::unexpected(account.error());
    if (find_account(settings.accounts, account->name) != nullptr) {
      return wrong(Say::kDoubleName, {where + ".name"});
    }
    settings.accounts.push_back(*std::move(account));
  }
  if (find_account(settings.accounts, settings.default_account) == nullptr) {
    settings.default_account = settings.accounts.front().name;
  }
  return settings;
}

}  // namespace pd::settings

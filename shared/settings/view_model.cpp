#include "settings/view_model.h"

#include <algorithm>

#include "settings/page.h"

namespace pd::settings {
namespace {

using card::Action;
using card::ActionStyle;
using card::Field;
using card::FieldKind;
using card::Icon;
using card::Tone;

constexpr Say kAuthLabels[] = {Say::kAuthToken, Say::kAuthApplication, Say::kAuthProxy,
                               Say::kAuthSignIn};
constexpr Say kAuthAbouts[] = {Say::kAboutToken, Say::kAboutApplication, Say::kAboutProxy,
                               Say::kAboutSignIn};
constexpr int kMostFieldLength = 200;

}  // namespace

std::string Page::name_of(const Account& account) const {
  return account.name.empty() ? text(Say::kUnnamedAccount) : account.name;
}

Action Page::action(std::string id, Say label, ActionStyle style) const {
  Action action;
  action.id = std::move(id);
  action.label = text(label);
  action.style = style;
  return action;
}

// Wrong ones say so once somebody wanted to go on.
Field Page::field(std::string id, Say label, const std::string& value) const {
  Field field;
  field.label = text(label);
  field.value = value;
  field.max_length = kMostFieldLength;
  if (checks_) {
    const auto problems = problems_of(account());
    const auto own = std::ranges::find(problems, id, &std::pair<std::string, Say>::first);
    if (own != problems.end()) field.error = text(own->second);
  }
  field.id = std::move(id);
  return field;
}

Field Page::choice(std::string id, Say label,
                   std::initializer_list<std::pair<std::string_view, Say>> choices,
                   std::string_view selected) const {
  Field field;
  field.id = std::move(id);
  field.kind = FieldKind::kChoice;
  field.label = text(label);
  for (const auto& [name, said] : choices) {
    field.choices.push_back({std::string(name), text(said), name == selected});
  }
  return field;
}

ViewModel Page::view_model() const {
  ViewModel model;
  model.name = text(Say::kPageName);
  model.title = model.name;
  model.subtitle = text(around_.is_managed ? Say::kKeptByPortal : Say::kKeptHere);
  if (saving_ == Saving::kUnderWay) {
    model.state = card::Badge{text(Say::kSaving), Tone::kInfo, false, {}};
  } else if (edited_ == kept_) {
    model.state = card::Badge{text(Say::kSaved), Tone::kOk, false, {}};
  } else if (kept_ || edited_ != Settings{}) {
    model.state = card::Badge{text(Say::kUnsaved), Tone::kWarning, false, {}};
  }
  add_notices(model);
  add_accounts(model);
  model.auth = choice(
      "field:auth", Say::kAuthType,
      {{"choice:auth:token", kAuthLabels[0]},
       {"choice:auth:oauth", kAuthLabels[1]},
       {"choice:auth:proxy", kAuthLabels[2]},
       {"choice:auth:sign-in", kAuthLabels[3]}},
      "choice:auth:" + std::string(kAuthTypeWords[static_cast<std::size_t>(account().auth)]));
  model.about_auth = text(kAuthAbouts[static_cast<std::size_t>(account().auth)]);
  add_fields(model);
  Action save = action("action:save", Say::kSave, ActionStyle::kSecondary);
  save.busy = saving_ == Saving::kUnderWay;
  model.save.push_back(std::move(save));
  model.save.push_back(action("action:apply", Say::kApply, ActionStyle::kPrimary));
  add_secrets(model);
  add_test(model);
  model.files = {"group:files", text(Say::kFiles), text(Say::kFilesBody)};
  model.file_actions.push_back(action("action:export", Say::kExport, ActionStyle::kSecondary));
  model.file_actions.push_back(action("action:import", Say::kImport, ActionStyle::kSecondary));
  if (dialog_) model.dialog = make_dialog(*dialog_);
  return model;
}

void Page::add_notices(ViewModel& model) const {
  if (!told_) return;
  card::Notice notice;
  notice.id = "notice:told";
  notice.tone = told_->tone;
  notice.title = text(told_->title);
  notice.body = told_->body;
  model.notices.push_back(std::move(notice));
}

void Page::add_accounts(ViewModel& model) const {
  const bool several = edited_.accounts.size() > 1;
  if (several) {
    Field field;
    field.id = "field:account";
    field.kind = FieldKind::kSelect;
    field.label = text(Say::kAccount);
    for (const Account& one : edited_.accounts) {
      const std::string name = name_of(one);
      field.choices.push_back(
          {one.name,
           one.name == edited_.default_account ? text(Say::kDefaultAccount, {name}) : name,
           one.name == account().name});
    }
    model.account = std::move(field);
    if (account().name != edited_.default_account) {
      model.account_actions.push_back(
          action("action:make-default", Say::kMakeDefault, ActionStyle::kSecondary));
    }
    model.account_actions.push_back(
        action("action:remove-account", Say::kRemoveAccount, ActionStyle::kSecondary));
  }
  Action add = action("action:add-account", Say::kAddAccount, ActionStyle::kQuiet);
  add.icon = Icon::kAdd;
  model.account_actions.push_back(std::move(add));
}

void Page::add_fields(ViewModel& model) const {
  const Account& one = account();
  const auto add = [&](Field field) { model.rows.push_back({std::move(field)}); };
  const auto beside = [&](Field field) { model.rows.back().push_back(std::move(field)); };
  const auto optional = [&](Field field) {
    field.help = text(Say::kOptional);
    return field;
  };
  if (one.auth == AuthType::kProxy) {
    Field api = field("field:api-base", Say::kApiBase, one.api_base);
    api.required = true;
    add(std::move(api));
    return beside(optional(field("field:events-base", Say::kEventsBase, one.events_base)));
  }
  Field address = field("field:address", Say::kAddress, address_);
  address.placeholder = text(Say::kAddressPlaceholder);
  address.help = text(Say::kAddressHelp);
  const bool looks_whole = address_.find('.') != std::string::npos;
  if (looks_whole && !read_address(address_)) address.error = text(Say::kAddressUnread);
  add(std::move(address));
  Field subdomain = field("field:subdomain", Say::kSubdomain, one.subdomain);
  subdomain.placeholder = text(Say::kSubdomainPlaceholder);
  subdomain.required = one.auth == AuthType::kApplication;
  add(subdomain.required ? std::move(subdomain) : optional(std::move(subdomain)));
  beside(choice("field:region", Say::kServiceRegion,
                {{"choice:region:us", Say::kRegionUs}, {"choice:region:eu", Say::kRegionEu}},
                one.region == Region::kEu ? "choice:region:eu" : "choice:region:us"));
  if (one.auth == AuthType::kSignIn) {
    Field client = field("field:client-id", Say::kClientId, one.client_id);
    client.required = true;
    add(std::move(client));
    Field redirect = field("field:redirect-uri", Say::kRedirectUri, one.redirect_uri);
    redirect.help = text(Say::kRedirectUriHelp);
    redirect.required = true;
    return add(std::move(redirect));
  }
  Field from = field("field:from", Say::kFrom, one.from);
  from.kind = FieldKind::kEmail;
  from.placeholder = text(Say::kFromPlaceholder);
  from.help = text(Say::kFromHelp);
  add(std::move(from));
}

void Page::add_secrets(ViewModel& model) const {
  const std::vector<Secret> secrets = secrets_of(account().auth);
  if (secrets.empty()) return;
  model.secrets = Group{"group:secrets", text(Say::kSecrets), text(Say::kSecretsBody)};
  for (const Secret secret : secrets) {
    const std::string name(kSecretNames[static_cast<std::size_t>(secret)]);
    const bool known = is_set(account().name, secret);
    SecretRow row;
    row.field.id = secret_node(secret);
    row.field.kind = FieldKind::kSecret;
    row.field.label = name;
    row.field.placeholder = text(Say::kSecretPlaceholder);
    row.state = known ? card::Badge{text(around_.remembers ? Say::kIsRemembered : Say::kIsSet),
                                    Tone::kOk,
                                    false,
                                    {}}
                      : card::Badge{text(Say::kIsNotSet), Tone::kNeutral, false, {}};
    for (const auto& [which, problem] : problems_) {
      if (which != secret) continue;
      row.field.error = problem == SecretProblem::kMissing ? text(Say::kSecretMissing)
                        : problem == SecretProblem::kOdd   ? text(Say::kSecretOdd)
                                                           : text(Say::kSecretRefused, {name});
    }
    Action set = action("action:set:" + name, known ? Say::kReplaceSecret : Say::kSetSecret,
                        ActionStyle::kSecondary);
    set.name = text(known ? Say::kReplaceNamed : Say::kSetNamed, {name});
    row.actions.push_back(std::move(set));
    if (known) {
      Action clear = action("action:clear:" + name, Say::kClearSecret, ActionStyle::kSecondary);
      clear.name = text(Say::kClearNamed, {name});
      row.actions.push_back(std::move(clear));
    }
    model.secret_rows.push_back(std::move(row));
  }
  if (around_.can_remember) {
    model.remember = card::Choice{"toggle:remember", text(Say::kRemember), around_.remembers};
    model.about_remember = text(Say::kRememberBody);
  } else {
    model.about_remember = text(Say::kCannotRemember);
  }
}

void Page::add_test(ViewModel& model) const {
  const bool runs = test_ && test_->is_running();
  model.test.id = "group:test";
  model.test.title = text(Say::kTestTitle);
  Action start = action("action:test", runs ? Say::kTesting : Say::kTest, ActionStyle::kSecondary);
  start.busy = runs;
  model.test_actions.push_back(std::move(start));
  if (!test_) return;
  card::CheckGroup group;
  group.id = "list:test";
  for (const Finding& finding : test_->findings()) {
    group.checks.push_back({"check:" + finding.id, finding.passing,
                            text(finding.passing ? Say::kPasses : Say::kFails),
                            say(around_.texts, finding.label),
                            finding.detail ? say(around_.texts, *finding.detail) : std::string()});
  }
  if (!group.checks.empty()) model.test.checks.push_back(std::move(group));
  if (const auto region = test_->other_region()) {
    Action use = action("action:use-region", Say::kUseRegion, ActionStyle::kPrimary);
    use.label =
        text(Say::kUseRegion, {text(*region == Region::kEu ? Say::kRegionEu : Say::kRegionUs)});
    model.test_actions.push_back(std::move(use));
  }
  if (test_->wants_sign_in() && !runs) {
    model.test_actions.push_back(action("action:sign-in", Say::kSignIn, ActionStyle::kPrimary));
  }
}

card::Dialog Page::make_dialog(const OpenDialog& open) const {
  card::Dialog dialog;
  dialog.id = "dialog:account";
  const bool adds = open.kind == DialogKind::kAdd;
  dialog.actions.push_back(action("dialog:close", Say::kCancel, ActionStyle::kSecondary));
  if (!adds) {
    dialog.title = text(Say::kRemoveTitle, {name_of(account())});
    dialog.body = text(Say::kRemoveBody);
    dialog.actions.push_back(action("dialog:remove", Say::kRemoveAccount, ActionStyle::kDanger));
    dialog.initial_focus = "dialog:close";
    return dialog;
  }
  dialog.title = text(Say::kAddAccountTitle);
  dialog.body = text(Say::kAddAccountBody);
  Field name;
  name.id = "field:new-name";
  name.label = text(Say::kNewName);
  name.value = open.name;
  name.required = true;
  name.max_length = static_cast<int>(kMostNameLength);
  if (open.problem) name.error = text(*open.problem, {std::to_string(kMostAccounts)});
  dialog.fields.push_back(std::move(name));
  dialog.actions.push_back(action("dialog:add", Say::kAdd, ActionStyle::kPrimary));
  dialog.initial_focus = "field:new-name";
  return dialog;
}

}  // namespace pd::settings

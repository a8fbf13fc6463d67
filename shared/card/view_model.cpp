#include "card/view_model.h"

#include <algorithm>

#include "base/text.h"
#include "card/reducer.h"
#include "card/view_model_maker.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

using client::AccountHealth;
using client::Answer;
using client::IntentState;
using pagerduty::IncidentStatus;
using pagerduty::ServiceStatus;

Tone tone_of(ServiceStatus status) {
  switch (status) {
    case ServiceStatus::kActive: return Tone::kOk;
    case ServiceStatus::kWarning: return Tone::kWarning;
    case ServiceStatus::kCritical: return Tone::kCritical;
    case ServiceStatus::kMaintenance: return Tone::kMaintenance;
    case ServiceStatus::kDisabled: return Tone::kDisabled;
    case ServiceStatus::kUnknown: break;
  }
  return Tone::kNeutral;
}

Text word_of(ServiceStatus status) {
  switch (status) {
    case ServiceStatus::kActive: return texts::kStatusActive;
    case ServiceStatus::kWarning: return texts::kStatusWarning;
    case ServiceStatus::kCritical: return texts::kStatusCritical;
    case ServiceStatus::kMaintenance: return texts::kStatusMaintenance;
    case ServiceStatus::kDisabled: return texts::kStatusDisabled;
    case ServiceStatus::kUnknown: break;
  }
  return texts::kStatusUnknown;
}

}  // namespace

// The open incidents are asked for more often than the service: they say first that it is warning
// or critical.
ServiceStatus ViewModelMaker::status_now() const {
  const ServiceStatus said = sources_.service->status;
  const Answer* incidents = sources_.incidents;
  const bool is_fixed = said == ServiceStatus::kMaintenance || said == ServiceStatus::kDisabled;
  if (is_fixed || incidents == nullptr || !incidents->incidents) return said;
  const auto has = [&](IncidentStatus status) {
    return std::ranges::find(*incidents->incidents, status, &pagerduty::Incident::status) !=
           incidents->incidents->end();
  };
  if (has(IncidentStatus::kTriggered)) return ServiceStatus::kCritical;
  return has(IncidentStatus::kAcknowledged) ? ServiceStatus::kWarning : ServiceStatus::kActive;
}

Badge ViewModelMaker::status_badge(ServiceStatus status) const {
  return {text_of(word_of(status)), tone_of(status), false, {}};
}

Action ViewModelMaker::make_action(std::string id, Text label, ActionStyle style, Icon icon) const {
  Action action;
  action.id = std::move(id);
  action.label = text_of(label);
  action.style = style;
  action.icon = icon;
  return action;
}

Action ViewModelMaker::verb_action(const Verb& verb, std::string_view rest,
                                   std::string_view about) const {
  Action action = make_action(std::string(verb.node) + std::string(rest), verb.confirm,
                              ActionStyle::kSecondary);
  if (!about.empty()) action.name = fill(texts::kActionOn, {action.label, about});
  hold_back(action, act_obstacle(account_, broker_));
  return action;
}

void ViewModelMaker::hold_back(Action& action, std::optional<Text> obstacle) const {
  if (!obstacle) return;
  action.enabled = false;
  action.reason = text_of(*obstacle);
}

Fact ViewModelMaker::make_fact(std::string id, Text label, Link value, std::string detail) const {
  value.id = id + ":value";
  return {std::move(id), text_of(label), std::move(value), std::move(detail)};
}

std::string ViewModelMaker::names_of(const std::vector<pagerduty::Reference>& all,
                                     std::size_t most) const {
  std::vector<std::string> summaries;
  summaries.reserve(all.size());
  for (const pagerduty::Reference& reference : all) summaries.push_back(reference.summary);
  return language_.names(summaries, most);
}

Action ViewModelMaker::retry_action(const std::string& what) const {
  return make_action("retry:" + what, texts::kRetry, ActionStyle::kSecondary, Icon::kRefresh);
}

Link page_link(std::string id, std::string text, const std::string& url) {
  return {std::move(id), std::move(text), pagerduty::is_pagerduty_page(url) ? url : std::string()};
}

float part_of(Time at, Time from, Time to) {
  const auto part =
      static_cast<double>((at - from).count()) / static_cast<double>((to - from).count());
  return static_cast<float>(std::clamp(part, 0.0, 1.0));
}

std::string join_meta(std::string meta, const std::string& more) {
  if (!meta.empty() && !more.empty()) meta += " \xC2\xB7 ";
  return meta + more;
}

ViewModel ViewModelMaker::make() {
  model_.layout = card_.config.layout;
  model_.lang = card_.config.lang;
  make_header();
  const std::string& title = model_.header.title.text;
  model_.name = title == kUnknownServiceName ? title : fill(texts::kCardName, {title});
  make_notices();
  if (card_.is_wallboard()) {
    make_wallboard();
  } else {
    make_sections();
  }
  if (card_.dialog || card_.keys) model_.dialog = dialog();
  const Answer* service = sources_.service_answer();
  const bool waits_for_service =
      service != nullptr && !service->has_data() && !service->error && may_ask();
  model_.busy = model_.busy || waits_for_entity() || waits_for_service;
  return std::move(model_);
}

bool ViewModelMaker::waits_for_entity() const {
  // One whose address holds a secret does not come.
  return card_.config.expects_entity && !card_.entity && !card_.entity_error &&
         !card_.resolution.target && card_.config.values.secrets.empty();
}

bool ViewModelMaker::may_ask() const {
  return broker_.is_online() && broker_.health(account_.name) == AccountHealth::kGood;
}

bool ViewModelMaker::is_something_known() const {
  return sources_.service != nullptr ||
         (sources_.incidents != nullptr && sources_.incidents->has_data());
}

// Writes that the card shows besides its dialog: those of its service, whichever card began them,
// and its own of a service that it showed before.
std::vector<const client::Intent*> ViewModelMaker::open_intents() const {
  std::vector<const client::Intent*> open;
  for (const client::Intent& intent : broker_.intents()) {
    const bool in_dialog = card_.dialog && card_.dialog->intent == intent.id;
    const bool is_own = intent.by == card_.id || (intent.account == account_.name &&
                                                  intent.service_id == sources_.service_id);
    if (is_own && !in_dialog && intent.state != IntentState::kSeen) open.push_back(&intent);
  }
  return open;
}

// ---- Header ----

void ViewModelMaker::make_header() {
  Header& header = model_.header;
  const pagerduty::Service* service = sources_.service;
  header.title = page_link("header:title", service_name(card_, sources_),
                           service != nullptr ? service->html_url : "");
  if (card_.entity) header.subtitle = display_text(card_.entity->entity_ref, 200);
  if (card_.opened) {
    header.subtitle = card_.members.usable[*card_.opened].entity_ref;
    header.back =
        make_action("wallboard:back", texts::kAllServices, ActionStyle::kQuiet, Icon::kChevronLeft);
  }
  if (card_.is_wallboard() && !card_.entity) {
    header.title.text = language_.count(texts::kServiceCount, card_.members.usable.size());
  }
  if (service != nullptr) {
    header.subtitle = join_meta(std::move(header.subtitle), names_of(service->teams, 2));
  }
  header.account = account_words();
  if (service != nullptr) {
    header.status = status_badge(status_now());
  }
  const bool has_incidents = sources_.incidents != nullptr && sources_.incidents->has_data();
  const Answer* freshest = has_incidents ? sources_.incidents : sources_.service_answer();
  if (freshest != nullptr && freshest->fetched_at) {
    header.updated = fill(texts::kUpdated, {age(*freshest->fetched_at, now_)});
    header.stale = freshest->error.has_value() || !may_ask();
  }
  if (!card_.has_service()) return;
  const bool may_create = !card_.config.read_only && !card_.is_wallboard();
  if (may_create && (service != nullptr || may_ask())) {
    header.actions.push_back(create_action());
  }
  if (card_.config.layout == Layout::kTrigger) return;
  Action refresh =
      make_action("action:refresh", texts::kRefresh, ActionStyle::kQuiet, Icon::kRefresh);
  refresh.icon_only = true;
  header.actions.push_back(std::move(refresh));
}

// Names that the element gives to credentials of its own mean nothing to anybody.
bool ViewModelMaker::is_account_named() const {
  return !account_.name.empty() && !account_.name.starts_with("own-");
}

// Where the page has several accounts: which this one is.
std::string ViewModelMaker::account_words() const {
  if (!account_.is_one_of_several || !card_.resolution.target) return {};
  std::string words = is_account_named() ? display_text(account_.name, 80) : std::string();
  if (account_.is_abroad) words = join_meta(std::move(words), region_name());
  return words;
}

std::string ViewModelMaker::region_name() const {
  return account_.region == Region::kEu ? "EU" : "US";
}

Action ViewModelMaker::create_action() const {
  Action action = make_action("action:create", texts::kCreate, ActionStyle::kPrimary, Icon::kAdd);
  hold_back(action, create_obstacle(sources_, account_, broker_));
  return action;
}

ViewModel make_view_model(const CardState& card, const client::Broker& broker,
                          const AccountState& account, const Language& language, Time now) {
  return ViewModelMaker(card, broker, account, language, now).make();
}

}  // namespace pd::card

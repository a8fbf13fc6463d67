#include "card/view_model.h"

#include <algorithm>

#include "base/text.h"
#include "card/reducer.h"
#include "card/view_model_maker.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

// By then what was done is what people count on.
constexpr Duration kUndoLasts = std::chrono::minutes{5};

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
  if (const std::optional<Text> obstacle = act_obstacle(account_, broker_)) {
    action.enabled = false;
    action.reason = text_of(*obstacle);
  }
  return action;
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
  if (card_.dialog) model_.dialog = dialog();
  const Answer* service = sources_.service_answer();
  const bool waits_for_service =
      service != nullptr && !service->has_data() && !service->error && may_ask();
  model_.busy = model_.busy || waits_for_entity() || waits_for_service;
  return std::move(model_);
}

bool ViewModelMaker::waits_for_entity() const {
  return card_.config.expects_entity && !card_.entity && !card_.entity_error &&
         !card_.resolution.target;
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
    header.subtitle = card_.members[*card_.opened].entity_ref;
    header.back =
        make_action("wallboard:back", texts::kAllServices, ActionStyle::kQuiet, Icon::kChevronLeft);
  }
  if (card_.is_wallboard() && !card_.entity) {
    header.title.text = language_.count(texts::kServiceCount, card_.members.size());
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
  if (!card_.resolution.target && !card_.is_wallboard()) return;
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
  const std::optional<Text> obstacle = create_obstacle(sources_, account_, broker_);
  action.enabled = !obstacle;
  if (obstacle) action.reason = text_of(*obstacle);
  return action;
}

// ---- Notices ----

void ViewModelMaker::add_notice(std::string id, Tone tone, Text title, std::string body,
                                std::vector<Action> actions) {
  model_.notices.push_back(
      {std::move(id), tone, text_of(title), std::move(body), {}, std::move(actions)});
}

void ViewModelMaker::make_notices() {
  if (card_.part_missing) {
    add_notice("notice:part", Tone::kWarning, texts::kPartMissing, text_of(texts::kPartMissingBody),
               list_of(retry_action("part")));
  }
  add_write_notices();
  if (model_.layout == Layout::kTrigger && card_.is_wallboard()) {
    add_notice("notice:several", Tone::kWarning, texts::kTriggerNeedsOne,
               text_of(texts::kTriggerNeedsOneBody));
  }
  // A button that works says no more than what became of a click.
  if (model_.layout == Layout::kTrigger && is_something_known()) return;
  add_entity_notices();
  if (!card_.resolution.target && !card_.is_wallboard()) return;
  add_connection_notice();
  add_service_notices();
  add_clock_notice();
  add_undo_notice();
}

void ViewModelMaker::add_entity_notices() {
  const bool has_target = card_.resolution.target.has_value();
  if (card_.entity_error) {
    const bool is_not_found = card_.entity_error->code == ErrorCode::kEntityNotFound;
    add_notice("notice:entity", has_target ? Tone::kWarning : Tone::kCritical,
               is_not_found ? texts::kEntityNotFound : texts::kEntityError,
               text_of(*card_.entity_error));
  }
  int index = 0;
  for (const entity::Diagnostic& diagnostic : card_.resolution.diagnostics) {
    const bool is_error = diagnostic.severity == entity::Severity::kError;
    const bool is_near_miss = diagnostic.code == entity::DiagnosticCode::kNearMiss;
    // What does not keep the card from working is not shouted about.
    if (!is_error && !is_near_miss) continue;
    add_notice("notice:annotation:" + std::to_string(index++),
               is_error && !has_target ? Tone::kCritical : Tone::kWarning,
               texts::kAnnotationProblem, text_of(diagnostic));
  }
  const bool is_nothing_loaded = !card_.entity && card_.config.expects_entity;
  if (has_target || is_nothing_loaded || card_.is_wallboard()) return;
  const entity::Entity* entity = card_.entity ? &*card_.entity : nullptr;
  Notice notice{"notice:not-annotated",    Tone::kInfo, text_of(texts::kNotAnnotated), {},
                annotation_to_add(entity), {}};
  notice.body = fill(texts::kNotAnnotatedBody,
                     {entity != nullptr ? entity->entity_ref : text_of(texts::kThisEntity)});
  notice.actions.push_back(make_action("copy:yaml", card_.copied ? texts::kCopied : texts::kCopy,
                                       ActionStyle::kSecondary,
                                       card_.copied ? Icon::kCheck : Icon::kCopy));
  model_.notices.push_back(std::move(notice));
}

// The one thing that keeps the card from asking, or the error of the service itself.
void ViewModelMaker::add_connection_notice() {
  const Answer* answer = sources_.service_answer();
  if (!broker_.is_online()) {
    const bool is_known = answer != nullptr && answer->has_data();
    return add_notice("notice:offline", Tone::kNeutral, texts::kOffline,
                      is_known ? fill(texts::kOfflineBody, {age(*answer->fetched_at, now_)})
                               : text_of(texts::kOfflineEmptyBody));
  }
  std::vector<Action> ways;
  if (account_.can_sign_in) {
    ways.push_back(make_action("action:sign-in", texts::kSignIn, ActionStyle::kPrimary));
  }
  switch (broker_.health(account_.name)) {
    case AccountHealth::kNotConnected:
      return add_notice("notice:not-connected", Tone::kInfo, texts::kNotConnected,
                        account_.can_sign_in ? text_of(texts::kSignInBody)
                        : is_account_named() ? fill(texts::kNotConnectedAccountBody,
                                                    {display_text(account_.name, 80)})
                                             : text_of(texts::kNotConnectedBody),
                        std::move(ways));
    case AccountHealth::kRefused:
      if (ways.empty()) ways.push_back(retry_action("sign-in"));
      return add_notice("notice:unauthorized", Tone::kCritical, texts::kUnauthorized,
                        fill(texts::kUnauthorizedBody, {region_name()}), std::move(ways));
    case AccountHealth::kGood: break;
  }
  if (const auto until = broker_.paused_until(account_.name, now_)) {
    return add_notice("notice:rate-limited", Tone::kWarning, texts::kRateLimited,
                      fill(texts::kRateLimitedBody, {language_.countdown(*until, now_)}));
  }
  if (const std::string common = common_error(); !common.empty()) {
    const Answer* freshest = sources_.incidents;
    const std::string since = freshest != nullptr && freshest->fetched_at
                                  ? fill(texts::kStale, {age(*freshest->fetched_at, now_)})
                                  : std::string();
    return add_notice("notice:reading", Tone::kWarning, texts::kReadError,
                      since.empty() ? common : fill(texts::kSentences, {common, since}),
                      list_of(retry_action("all")));
  }
  if (answer != nullptr && answer->error) add_service_error(*answer->error);
}

// Why nothing can be read now, where it is the same for all that was tried; else empty. What the
// credential may not is told where it is: each part needs another permission.
std::string ViewModelMaker::common_error() const {
  if (sources_.service == nullptr) return {};
  std::string common;
  int count = 0;
  for (const Answer* answer :
       {sources_.service_answer(), sources_.incidents, sources_.on_calls, sources_.changes}) {
    if (answer == nullptr || !answer->error) continue;
    const std::string why = text_of(*answer->error);
    const bool is_same = count++ == 0 || why == common;
    if (!is_same || answer->error->code == ErrorCode::kForbidden) return {};
    common = why;
  }
  return count > 1 ? common : std::string();
}

void ViewModelMaker::add_service_error(const Error& error) {
  const entity::Target& target = *card_.resolution.target;
  const bool is_lost = error.code == ErrorCode::kNotFound && sources_.service == nullptr;
  if (!is_lost) {
    return add_notice("notice:service", Tone::kCritical, texts::kServiceError, text_of(error),
                      list_of(retry_action("service")));
  }
  const Text body = target.service_id.empty()        ? texts::kKeyNotFoundBody
                    : target.integration_key.empty() ? texts::kIdNotFoundBody
                                                     : texts::kNeitherFoundBody;
  add_notice("notice:service", Tone::kCritical, texts::kNeitherFound,
             fill(body, {display_text(target.service_id)}), list_of(retry_action("service")));
}

void ViewModelMaker::add_undo_notice() {
  if (!card_.undo || card_.undo->said.empty() || card_.config.read_only) return;
  if (now_ - card_.undo->said_at >= kUndoLasts) return;
  add_notice("notice:undo", Tone::kOk, texts::kUndoBody, card_.undo->said,
             list_of(make_action("undo:accept", texts::kUndo, ActionStyle::kSecondary),
                     make_action("undo:dismiss", texts::kDismiss, ActionStyle::kQuiet)));
  std::swap(model_.notices.back().title, model_.notices.back().body);
}

// What is known of the window under way, and what it means.
std::string ViewModelMaker::maintenance_words() const {
  std::string meaning = text_of(texts::kMaintenanceBody);
  const pagerduty::MaintenanceWindow* window =
      first_window(detail(client::Kind::kWindows, sources_.service_id), server_now_);
  if (window == nullptr || *window->start > server_now_) return meaning;
  const std::string until = fill(texts::kMaintenanceNow, {moment(*window->end, server_now_)});
  const std::string what =
      window->description.empty() ? until : fill(texts::kLabelled, {until, window->description});
  return what + "\n" + meaning;
}

void ViewModelMaker::add_clock_notice() {
  const Duration behind = server_now_ - now_;
  if (behind == Duration::zero()) return;
  const bool is_behind = behind > Duration::zero();
  add_notice("notice:clock", Tone::kInfo, texts::kClock,
             fill(is_behind ? texts::kClockBehindBody : texts::kClockAheadBody,
                  {length(is_behind ? behind : -behind)}));
}

void ViewModelMaker::add_service_notices() {
  if (sources_.service == nullptr) return;
  const std::string& name = sources_.service->name;
  if (sources_.key_mismatch) {
    add_notice("notice:key", Tone::kWarning, texts::kKeyMismatch,
               fill(texts::kKeyMismatchBody, {name}));
  }
  if (sources_.found_by_key) {
    const std::string id = display_text(card_.resolution.target->service_id);
    add_notice("notice:found-by-key", Tone::kWarning, texts::kFoundByKey,
               fill(texts::kFoundByKeyBody, {id, name}));
  }
  if (sources_.service->status == ServiceStatus::kMaintenance) {
    add_notice("notice:maintenance", Tone::kMaintenance, texts::kMaintenance, maintenance_words());
  }
  if (sources_.service->status == ServiceStatus::kDisabled) {
    add_notice("notice:disabled", Tone::kDisabled, texts::kDisabled, text_of(texts::kDisabledBody));
  }
}

// Writes that went wrong, or may have, and whose dialog is closed.
void ViewModelMaker::add_write_notices() {
  for (const client::Intent* intent : open_intents()) {
    const bool is_failed = intent->state == IntentState::kFailed;
    if (!is_failed && intent->state != IntentState::kUnconfirmed) continue;
    const std::string id = std::to_string(intent->id);
    const std::string why =
        is_failed && intent->error ? text_of(*intent->error) : text_of(texts::kUnconfirmedBody);
    add_notice("notice:write:" + id, is_failed ? Tone::kCritical : Tone::kWarning,
               is_failed ? texts::kFailed : texts::kUnconfirmed,
               fill(texts::kSentences, {fill(texts::kConfirmQuoted, {intent->subject}), why}),
               list_of(make_action("retry-write:" + id, texts::kRetry, ActionStyle::kSecondary,
                                   Icon::kRefresh),
                       make_action("dismiss-write:" + id, texts::kDismiss, ActionStyle::kQuiet)));
  }
  const std::vector<SectionKind> sections = sections_of(card_.config);
  const bool has_rows = std::ranges::find(sections, SectionKind::kIncidents) != sections.end();
  if (!has_rows) add_creation_notices();
}

// A card without a list of incidents tells by a notice what became of its own creations.
void ViewModelMaker::add_creation_notices() {
  for (const client::Intent& intent : broker_.intents()) {
    const bool in_dialog = card_.dialog && card_.dialog->intent == intent.id;
    if (intent.by != card_.id || !client::is_creation(intent.kind) || in_dialog) continue;
    const std::string id = std::to_string(intent.id);
    const std::string quoted = fill(texts::kConfirmQuoted, {intent.subject});
    if (intent.state == IntentState::kPending) {
      add_notice("notice:write:" + id, Tone::kInfo, texts::kSendingBody, quoted);
    } else if (intent.state == IntentState::kAccepted) {
      add_notice("notice:write:" + id, Tone::kInfo, texts::kAcceptedBody, quoted);
    } else if (intent.state == IntentState::kSeen) {
      add_notice("notice:write:" + id, Tone::kOk, texts::kIncidentIsOpen, quoted,
                 list_of(make_action("dismiss-write:" + id, texts::kDismiss, ActionStyle::kQuiet)));
    }
  }
}

ViewModel make_view_model(const CardState& card, const client::Broker& broker,
                          const AccountState& account, const Language& language, Time now) {
  return ViewModelMaker(card, broker, account, language, now).make();
}

}  // namespace pd::card

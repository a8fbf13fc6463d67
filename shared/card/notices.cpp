// What stands above the sections: what keeps the card from working, what became of a write, what the
// viewer may take back.
#include <algorithm>

#include "base/part.h"
#include "base/text.h"
#include "card/reducer.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::AccountHealth;
using client::Answer;
using client::IntentState;
using pagerduty::ServiceStatus;

// By then what was done is what people count on.
constexpr Duration kUndoLasts = std::chrono::minutes{5};

// Of an entity with many parts, each may have something wrong: what works is still to be seen below.
constexpr int kMostAnnotationNotices = 5;

}  // namespace

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
  if (!broker_.intents().empty()) add_write_notices();
  if (model_.layout == Layout::kTrigger && card_.is_wallboard()) {
    add_notice("notice:several", Tone::kWarning, texts::kTriggerNeedsOne,
               text_of(texts::kTriggerNeedsOneBody));
  }
  // A button that works says no more than what became of a click.
  if (model_.layout == Layout::kTrigger && is_something_known()) return;
  add_entity_notices();
  if (!card_.has_service()) return;
  add_connection_notice();
  add_service_notices();
  add_clock_notice();
  if (card_.undo) add_undo_notice();
}

void ViewModelMaker::add_entity_notices() {
  const bool has_target = card_.resolution.target.has_value();
  if (card_.entity_error) {
    const bool is_not_found = card_.entity_error->code == ErrorCode::kEntityNotFound;
    add_notice("notice:entity", has_target ? Tone::kWarning : Tone::kCritical,
               is_not_found ? texts::kEntityNotFound : texts::kEntityError,
               text_of(*card_.entity_error));
  }
  const bool is_anything_left_out =
      !card_.resolution.diagnostics.empty() || card_.members.left_out > 0;
  if (is_anything_left_out || card_.is_unconnected()) add_annotation_notices();
}

PD_ENTERS_PART void ViewModelMaker::add_annotation_notices() {
  const bool has_target = card_.resolution.target.has_value();
  int index = 0;
  std::size_t more = 0;
  for (const entity::Diagnostic& diagnostic : card_.resolution.diagnostics) {
    const bool is_error = diagnostic.severity == entity::Severity::kError;
    const bool is_near_miss = diagnostic.code == entity::DiagnosticCode::kNearMiss;
    const bool is_secret = diagnostic.code == entity::DiagnosticCode::kSecret;
    // What does not keep the card from working is not shouted about.
    if (!is_error && !is_near_miss) continue;
    if (!is_secret && index >= kMostAnnotationNotices) {
      ++more;
      continue;
    }
    add_notice("notice:annotation:" + std::to_string(index++),
               is_error && !has_target && !card_.is_wallboard() ? Tone::kCritical : Tone::kWarning,
               is_secret ? texts::kSecretInMarkup : texts::kAnnotationProblem, text_of(diagnostic));
  }
  if (more > 0) model_.notices.back().body += "\n" + language_.count(texts::kMore, more);
  if (const auto& [usable, _, left_out] = card_.members; left_out > 0) {
    const std::size_t all = usable.size() + left_out;
    add_notice("notice:left-out", Tone::kWarning, texts::kServicesLeftOut,
               fill(texts::kServicesLeftOutBody,
                    {language_.number(all), language_.number(usable.size())}));
  }
  if (!card_.is_unconnected()) return;
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

PD_ENTERS_PART void ViewModelMaker::add_undo_notice() {
  if (card_.undo->said.empty() || card_.config.read_only) return;
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
PD_ENTERS_PART void ViewModelMaker::add_write_notices() {
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

}  // namespace pd::card

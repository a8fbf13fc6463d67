// The transitions of a card.
//
// Its dialog, by stage (create starts at edit, acknowledge and resolve at confirm):
//
//   stage        what happens                                    next
//   -----------  ----------------------------------------------  ----------------------------------
//   edit         Continue with a title                           confirm
//   confirm      Confirm                                         asking (ActionAsked)
//                Back (create)                                   edit
//   asking       the host page allows it                         sending (the intent is submitted)
//                it does not, or it became impossible            failed
//   sending      accepted, or seen                               closed
//                failed                                          failed
//                unconfirmed                                     unconfirmed
//   failed       Try again (after sending), on any card          sending, the same intent
//   unconfirmed  Try again, on any card                          sending, the same intent
//                seen                                            closed
//                failed                                          failed
//   any          Cancel, Escape                                  closed; what was sent goes on to
//                                                                its known end, as a row or notice
//   any          the card turns to another service               closed, the same
//
// A click whose stage has passed (the second of a double click) does nothing.
#include "card/reducer.h"

#include <algorithm>
#include <charconv>

#include "base/part.h"
#include "base/text.h"
#include "card/browse.h"
#include "card/members.h"
#include "card/open_dialog.h"
#include "card/sources.h"
#include "card/verbs.h"
#include "card/words.h"

namespace pd::card {
namespace {

using client::IntentKind;
using client::IntentState;

// Both ways to create are one verb to the page.
std::string_view verb_name(IntentKind kind) {
  return client::is_creation(kind) ? "trigger" : pagerduty::word_of(kind, client::kIntentWords);
}

void say(const CardState& card, std::string text, const Context& context) {
  context.effects.emplace_back(Announce{card.id, std::move(text)});
}
void say(const CardState& card, Text text, const Context& context) {
  say(card, context.language.text_of(text), context);
}
void focus(const CardState& card, std::string node, const Context& context) {
  context.effects.emplace_back(FocusNode{card.id, std::move(node)});
}

void close_dialog(CardState& card, const Context& context) {
  focus(card, card.dialog->opener, context);
  card.dialog.reset();
}

void fail_dialog(CardState& card, const Context& context) {
  DialogState& dialog = *card.dialog;
  dialog.stage = DialogStage::kFailed;
  focus(card, dialog.intent != 0 ? "dialog:retry" : "dialog:close", context);
}

// ---- What nodes do. `rest` is the part of the id behind the prefix. ----

// Asked for by a key, not a node; `rest`: the node with the focus.
void show_keys(CardState& card, std::string_view rest, const Context& context) {
  if (card.dialog) return;
  card.keys = rest;
  focus(card, "dialog:close", context);
}

void dismiss(CardState& card, std::string_view, const Context& context) {
  if (card.keys) {
    focus(card, *card.keys, context);
    card.keys.reset();
  }
  if (!card.dialog) return;
  // Its end is known and was read.
  if (card.dialog->stage == DialogStage::kFailed) context.broker.forget(card.dialog->intent);
  close_dialog(card, context);
}

void go_on(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->stage != DialogStage::kEdit) return;
  card.dialog->title_missing = display_text(card.dialog->title).empty();
  if (!card.dialog->title_missing) card.dialog->stage = DialogStage::kConfirm;
  focus(card, card.dialog->title_missing ? "field:title" : "dialog:confirm", context);
}

void go_back(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->verb != IntentKind::kTrigger) return;
  if (card.dialog->stage != DialogStage::kConfirm) return;
  card.dialog->stage = DialogStage::kEdit;
  focus(card, "field:title", context);
}

void confirm(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->stage != DialogStage::kConfirm) return;
  DialogState& dialog = *card.dialog;
  dialog.field_missing = dialog.verb != IntentKind::kTrigger && lacks_something(dialog);
  if (dialog.field_missing) {
    const bool lacks_choice = dialog.choice.empty() && verb_of(dialog.verb).need != Need::kText;
    return focus(card, lacks_choice ? "field:choice" : "field:details", context);
  }
  dialog.stage = DialogStage::kAsking;
  dialog.ticket = ++context.last_ticket;
  const bool is_of_one = dialog.incident_ids.size() == 1;
  context.effects.emplace_back(
      ActionAsked{card.id, dialog.ticket, std::string(verb_name(dialog.verb)), dialog.service_id,
                  is_of_one ? dialog.incident_ids.front() : std::string(),
                  is_of_one ? std::vector<std::string>() : dialog.incident_ids});
}

void retry_write(CardState& card, std::string_view, const Context& context) {
  if (!card.dialog || card.dialog->intent == 0) return;
  const DialogStage stage = card.dialog->stage;
  if (stage != DialogStage::kFailed && stage != DialogStage::kUnconfirmed) return;
  card.dialog->stage = DialogStage::kSending;
  context.broker.retry(card.dialog->intent, context.now);
}

client::IntentId intent_of(std::string_view digits) {
  client::IntentId id = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), id);
  return id;
}
void retry_notice(CardState& card, std::string_view rest, const Context& context) {
  context.broker.retry(intent_of(rest), context.now, card.id);
}
void dismiss_notice(CardState&, std::string_view rest, const Context& context) {
  context.broker.forget(intent_of(rest));
}

void choose_urgency(CardState& card, std::string_view rest, const Context&) {
  if (!card.dialog || card.dialog->stage != DialogStage::kEdit) return;
  card.dialog->high_urgency = rest == "high";
}

void choose_severity(CardState& card, std::string_view rest, const Context&) {
  const auto severity = pagerduty::value_of<pagerduty::Severity>(rest, pagerduty::kSeverityWords);
  if (!card.dialog || card.dialog->stage != DialogStage::kEdit || !severity) return;
  card.dialog->severity = *severity;
  // As a service takes it whose urgency follows the severity.
  card.dialog->high_urgency =
      *severity == pagerduty::Severity::kCritical || *severity == pagerduty::Severity::kError;
}

void dismiss_undo(CardState& card, std::string_view, const Context&) { card.undo.reset(); }

void choose_option(CardState& card, std::string_view rest, const Context&) {
  if (card.dialog && card.dialog->stage == DialogStage::kConfirm) card.dialog->choice = rest;
}

void show_tab(CardState& card, std::string_view rest, const Context&) {
  card.tab = rest == "changes" ? SectionKind::kChanges : SectionKind::kIncidents;
}

void refresh_all(CardState& card, std::string_view, const Context& context) {
  context.broker.refresh(card.id, context.now);
}

void copy_yaml(CardState& card, std::string_view, const Context& context) {
  if (!card.is_unconnected()) return;
  context.effects.emplace_back(
      CopyText{card.id, annotation_to_add(card.entity ? &*card.entity : nullptr)});
  say(card, texts::kCopied, context);
  card.copied = true;
}

struct Activation {
  std::string_view prefix;
  void (*act)(CardState&, std::string_view, const Context&);
};
// Every node that does something, beside those that open a verb's dialog for an incident (verbs.cpp).
// A prefix that ends with ':' is followed by an id.
constexpr Activation kActivations[] = {
    {"action:create", open_create},
    {"action:refresh", refresh_all},
    {"take:", open_take_shift},
    {"maintenance:start", open_start_maintenance},
    {"maintenance:end:", open_end_maintenance},
    {"expand:", toggle_detail},
    {"log:all", show_whole_log},
    {"fold:", toggle_fold},
    {"filter:", toggle_filter},
    {"select:", select},
    {"resolved:toggle", toggle_resolved},
    {"rota:toggle", toggle_rota},
    {"rota:days:", show_days},
    {"tab:", show_tab},
    {"choice:urgency:", choose_urgency},
    {"choice:severity:", choose_severity},
    {"choice:option:", choose_option},
    {"keys:", show_keys},
    {"dialog:close", dismiss},
    {"dialog:next", go_on},
    {"dialog:back", go_back},
    {"dialog:confirm", confirm},
    {"dialog:retry", retry_write},
    {"undo:accept", open_undo},
    {"undo:dismiss", dismiss_undo},
    {"retry:", refresh_all},
    {"retry-write:", retry_notice},
    {"dismiss-write:", dismiss_notice},
    {"copy:yaml", copy_yaml},
    {"open:", open_member},
    {"create:", create_for_member},
    {"wallboard:back", close_member},
};

// ---- Writes ----

std::string sentence_of_success(const client::Intent& intent, const Language& language) {
  const Text said =
      client::is_creation(intent.kind) ? texts::kSaidCreated : verb_of(intent.kind).said;
  return language.fill(said, {intent.subject});
}

void tell_end(const CardState& card, const client::Intent& intent, const std::string& sentence,
              const Context& context) {
  say(card, sentence, context);
  context.effects.emplace_back(ActionDone{card.id, std::string(verb_name(intent.kind)),
                                          intent.incident_id, intent.state == IntentState::kSeen,
                                          sentence});
}

void take_entity(CardState& card, entity::Entity entity) {
  card.entity = std::move(entity);
  card.entity_error.reset();
  card.parts.clear();
}

}  // namespace

void configure(CardState& card, CardConfig config, const Context& context) {
  card.config = std::move(config);
  if (!card.config.expects_entity) {
    card.entity.reset();
    card.parts.clear();
    card.entity_error.reset();
  }
  resolve_anew(card, context);
  const bool is_sent = card.dialog && card.dialog->intent != 0;
  if (!card.config.read_only) return;
  if (!is_sent) card.dialog.reset();
  card.browsing.selecting = false;
}

void load_plain_entity(CardState& card, const EntityLoaded& loaded, const Context& context) {
  // Which one is meant is for the careful reader to say.
  std::optional<entity::Entity> plain;
  if (card.config.entity_ref.empty()) plain = entity::read_plain(loaded.text, loaded.source);
  if (!plain || !entity::resolve_plain(&*plain, card.config.values)) {
    context.effects.emplace_back(EntityUnread{card.id});
    return;
  }
  take_entity(card, *std::move(plain));
  resolve_anew(card, context);
}

PD_ENTERS_PART void load_entity(CardState& card, const EntityLoaded& loaded,
                                const Context& context) {
  const auto documents =
      entity::read_documents(loaded.text, {.source = loaded.source, .only_json = loaded.only_json});
  const auto chosen = documents ? entity::select_entity(*documents, card.config.entity_ref)
                                : Result<const entity::Entity*>(std::unexpect, documents.error());
  if (!chosen) {
    card.entity_error = chosen.error();
    context.effects.emplace_back(CardFailed{card.id, "", chosen.error()});
    return;
  }
  take_entity(card, **chosen);
  for (const entity::Entity* part : entity::parts_of(*documents, **chosen)) {
    card.parts.push_back(*part);
  }
  resolve_anew(card, context);
}

void fail_entity(CardState& card, const Wording& why, const Context& context) {
  card.entity_error = make_error(ErrorCode::kNetwork, why);
  context.effects.emplace_back(CardFailed{card.id, "", *card.entity_error});
}

PD_ENTERS_PART void activate(CardState& card, const std::string& node, const Context& context) {
  if (const Verb* verb = incident_verb_of(node)) {
    return open_for_incidents(card, *verb, node.substr(verb->node.size()), context);
  }
  for (const Activation& activation : kActivations) {
    const bool takes_id = activation.prefix.back() == ':';
    if (takes_id ? !node.starts_with(activation.prefix) : node != activation.prefix) continue;
    activation.act(card, std::string_view(node).substr(activation.prefix.size()), context);
    return;
  }
}

PD_ENTERS_PART void change_field(CardState& card, const std::string& node,
                                 const std::string& value) {
  if (node == "field:search") {
    card.browsing.search = cut_to_utf16(value, kMaxSearchLength);
    return;
  }
  const bool is_open =
      card.dialog &&
      (card.dialog->stage == DialogStage::kEdit ||
       (card.dialog->stage == DialogStage::kConfirm && card.dialog->verb != IntentKind::kTrigger));
  if (!is_open) return;
  if (node == "field:title") {
    card.dialog->title = cut_to_utf16(value, kMaxTitleLength);
    if (!display_text(card.dialog->title).empty()) card.dialog->title_missing = false;
  } else if (node == "field:details") {
    card.dialog->details = cut_to_utf16(value, kMaxDetailsLength);
  } else if (node == "field:choice") {
    constexpr std::string_view kPrefix = "choice:option:";
    card.dialog->choice = value.starts_with(kPrefix) ? value.substr(kPrefix.size()) : value;
  }
  if (!lacks_something(*card.dialog)) card.dialog->field_missing = false;
}

PD_ENTERS_PART void take_verdict(CardState& card, std::uint32_t ticket, bool allowed,
                                 const Context& context) {
  if (!card.dialog || card.dialog->stage != DialogStage::kAsking) return;
  if (card.dialog->ticket != ticket) return;
  const Sources sources = look_up(card, context.broker);
  const bool creates = card.dialog->verb == IntentKind::kTrigger;
  std::optional<Text> obstacle = creates ? create_obstacle(sources, context.account, context.broker)
                                         : act_obstacle(context.account, context.broker);
  const bool lacks_name = is_in_own_name(card.dialog->verb) &&
                          current_user(context.broker, context.account.name) == nullptr;
  if (!obstacle && lacks_name) obstacle = texts::kNeedsAPerson;
  if (sources.service_id != card.dialog->service_id) obstacle = texts::kServiceChanged;
  if (!allowed) obstacle = texts::kCancelledByPage;
  if (obstacle) {
    say(card, *obstacle, context);
    card.dialog->obstacle = obstacle;
    return fail_dialog(card, context);
  }
  std::vector<client::Intent> intents = make_intents(card, sources, context);
  const bool is_one = intents.size() == 1;
  card.dialog->stage = DialogStage::kSending;
  for (client::Intent& intent : intents) {
    card.dialog->intent = context.broker.submit(std::move(intent), context.now);
  }
  if (is_one) {
    card.undo = undo_of(*card.dialog);
    return;
  }
  // Several go on by themselves: rows and notices tell of each.
  card.browsing.selecting = false;
  card.browsing.selected.clear();
  close_dialog(card, context);
}

void lend_key(const CardState& card, client::Broker& broker) {
  const auto lacks_key = [](const client::Intent& intent) {
    return intent.kind == IntentKind::kTrigger && intent.integration_key.empty();
  };
  if (std::ranges::none_of(broker.intents(), lacks_key)) return;
  const Sources sources = look_up(card, broker);
  if (!sources.key_verified) return;
  for (const client::Intent& intent : broker.intents()) {
    if (lacks_key(intent) && sources.service_id == intent.service_id) {
      broker.lend_key(intent.id, card.resolution.target->integration_key);
    }
  }
}

// The card whose viewer asked for a write tells how it goes; others only show it.
PD_ENTERS_PART void follow_intent(CardState& card, const client::Intent& intent,
                                  const Context& context) {
  if (intent.by != card.id) return;
  const Language& language = context.language;
  const bool in_dialog = card.dialog && card.dialog->intent == intent.id;
  const std::string why = intent.error ? language.text_of(*intent.error) : std::string();
  if (in_dialog) card.dialog->error = intent.error;
  switch (intent.state) {
    case IntentState::kPending:
      // Repeated from another card's notice, or by itself.
      if (in_dialog) card.dialog->stage = DialogStage::kSending;
      return;
    case IntentState::kAccepted:
      if (client::is_creation(intent.kind)) say(card, texts::kSaidAccepted, context);
      break;
    case IntentState::kSeen: {
      const std::string said = sentence_of_success(intent, language);
      if (card.undo && card.undo->intent == intent.id) {
        card.undo->said = said;
        card.undo->said_at = context.now;
      }
      tell_end(card, intent, said, context);
      break;
    }
    case IntentState::kFailed:
      tell_end(card, intent, language.fill(texts::kSaidFailed, {why}), context);
      if (in_dialog) fail_dialog(card, context);
      return;
    case IntentState::kUnconfirmed:
      say(card, texts::kUnconfirmedBody, context);
      if (!in_dialog) return;
      card.dialog->stage = DialogStage::kUnconfirmed;
      return focus(card, "dialog:retry", context);
  }
  if (!in_dialog) return;
  card.tab = SectionKind::kIncidents;  // there it is
  close_dialog(card, context);
}

void follow_incidents(CardState& card, const std::string& service_id, const client::Answer& answer,
                      const Context& context) {
  if (!answer.incidents || answer.error) return;
  const auto is_ours = [&](const pagerduty::Incident& incident) {
    return std::ranges::any_of(context.broker.intents(), [&](const client::Intent& intent) {
      return intent.incident_id == incident.id ||
             (!intent.key.empty() && intent.key == incident.incident_key);
    });
  };
  const auto known =
      std::ranges::find(card.known_incidents, service_id, &KnownIncidents::service_id);
  const bool is_first = known == card.known_incidents.end();
  std::vector<std::string> ids;
  std::vector<std::string> fresh;
  for (const pagerduty::Incident& incident : *answer.incidents) {
    ids.push_back(incident.id);
    const bool is_known =
        is_first || std::ranges::find(known->ids, incident.id) != known->ids.end();
    if (!is_known && !is_ours(incident)) fresh.push_back(incident_name(incident));
  }
  if (is_first) {
    card.known_incidents.push_back({service_id, std::move(ids)});
  } else {
    known->ids = std::move(ids);
  }
  if (fresh.empty()) return;
  say(card,
      fresh.size() == 1 ? context.language.fill(texts::kSaidNew, {fresh.front()})
                        : context.language.count(texts::kSaidManyNew, fresh.size()),
      context);
}

PD_ENTERS_PART std::string annotation_to_add(const entity::Entity* entity) {
  std::string yaml;
  if (entity != nullptr) {
    yaml += "apiVersion: " + yaml_scalar(entity->api_version) + "\n";
    yaml += "kind: " + yaml_scalar(entity->kind) + "\n";
  }
  yaml += "metadata:\n";
  if (entity != nullptr) {
    yaml += "  name: " + yaml_scalar(entity->name) + "\n";
    if (entity->namespace_explicit) {
      yaml += "  namespace: " + yaml_scalar(entity->namespace_name) + "\n";
    }
  }
  // Placeholders that are reported as such when they are left in.
  return yaml +
         "  annotations:\n"
         "    # The id of the service, the last part of its address in PagerDuty:\n"
         "    pagerduty.com/service-id: \"<service-id>\"\n"
         "    # Or the key of one of its Events API v2 integrations:\n"
         "    # pagerduty.com/integration-key: \"<integration-key>\"\n";
}

}  // namespace pd::card

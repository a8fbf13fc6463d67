// card: what the cards of one page are and do, without drawing: their state, the reducer that is
// the only place where it changes (reducer.h, a table), the view model, and Page, which joins the
// cards to the one broker (client/).
//
//   Page page;
//   page.handle(OpenCard{1, config}, now);
//   page.handle(EntityLoaded{1, text, "catalog-info.yaml"}, now);
//   for (Effect& effect : page.take_effects()) perform(effect);     // requests, timer, DOM events
//   const ViewModel shown = page.view_model(1, now);
//
// Sans-I/O: no clock, no fetch, no DOM. Events in, effects out; both are plain values. The order of
// effects is the order in which they happened.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "card/formatter.h"
#include "card/view_model.h"
#include "client/budget.h"
#include "client/types.h"
#include "entity/target.h"
#include "pagerduty/requests.h"

namespace pd::card {

using CardId = std::uint32_t;
using client::FailureReason;
using client::RequestId;

enum class Region : std::uint8_t { kUs, kEu };

// What the host page asks of one card: the element's attributes.
struct CardConfig {
  entity::ExplicitValues values;
  std::string entity_ref;
  bool expects_entity = false;  // an `entity` URL, inline data or entityData is to come
  bool read_only = false;
  std::vector<SectionKind> sections;  // empty = the default set
  Layout layout = Layout::kFull;
  std::int64_t refresh_s = 30;  // 0 = never by itself
  std::string page_url;         // client_url of triggers
  std::string lang = "en";      // BCP 47; numbers and times read as there
  std::string language;         // whose texts: as LanguageLoaded names it; "" = English
  TimeZone time_zone;
};

// ---- Events in ----
struct OpenCard {
  CardId card;
  CardConfig config;
};
struct ConfigureCard {
  CardId card;
  CardConfig config;
};
struct CloseCard {
  CardId card;
};
struct EntityLoaded {
  CardId card;
  std::string text, source;
  bool only_json = false;  // known to be JSON, not something that looks like it
  // Only when there is nothing to say about it; otherwise it is left unread (EntityUnread).
  bool only_plain = false;
};
struct EntityFailed {
  CardId card;
  Wording why;
};
struct CardVisible {
  CardId card;
  bool visible;
};
struct Activated {
  CardId card;
  std::string id;
};  // a trusted click on a node of the twin
struct FieldChanged {
  CardId card;
  std::string id, value;
};
struct RefreshAsked {
  CardId card;
};
struct ActionVerdict {
  CardId card;
  std::uint32_t ticket;
  bool allowed;
};  // answer to ActionAsked
struct PartChanged {
  CardId card;
  bool missing;
};  // the rest of the program, which the viewer needs (wasm/abi/parts.json), could not be had
// An account as the page configured it. C++ knows names and capabilities, never a secret.
struct AccountChanged {
  std::string account;  // "" = default
  Region region = Region::kUs;
  bool connected = false;  // there is something to authorise with
  bool may_write = true;   // known to be read-only: false
  int requests_per_minute = client::RequestBudget::kDefaultPerMinute;
  bool can_sign_in =
      false;  // the viewer can connect it: a click on the node "action:sign-in" says so
};
// What this page is among the tabs that share the account; see client/tabs.cpp.
struct TabChanged {
  std::string account;
  client::TabRole role = client::TabRole::kAlone;
  bool has_company = false;  // there are other tabs
  bool keeps = false;        // answers are kept for the page after this one
};
struct WantsHeard {
  std::string account, tab;
  bool leads = false;
  std::vector<client::KnownWant> wants;
  Duration refresh{};
};
struct AnswerHeard {
  client::SharedAnswer answer;
  bool is_kept = false;  // from the page before this one, not from a tab
};
struct ResponseArrived {
  RequestId request;
  int status;
  std::string body;
  // Headers that matter, when readable: seconds; < 0 = absent.
  std::int64_t retry_after_s = -1;
  std::int64_t rate_limit_reset_s = -1;
  std::optional<Time> server_date{};  // what the server's clock reads now, when it may be read
  std::int64_t age_s = 0;             // for how long a cache has had it
};
struct RequestFailed {
  RequestId request;
  FailureReason reason;
  std::string origin = {};  // see client::Failure
};
struct PageVisible {
  bool visible;
};
struct PageOnline {
  bool online;
};
struct IntentFound {
  client::Intent intent;
};  // in the journal of a page that is gone
// The texts of a language, whole; cards whose `language` it is say them from now on.
struct LanguageLoaded {
  std::string language;
  TextTable texts;
};
struct Tick {};  // a timer asked for by WakeAt is due

using Event =
    std::variant<OpenCard, ConfigureCard, CloseCard, EntityLoaded, EntityFailed, CardVisible,
                 Activated, FieldChanged, RefreshAsked, ActionVerdict, PartChanged, AccountChanged,
                 ResponseArrived, RequestFailed, PageVisible, PageOnline, TabChanged, WantsHeard,
                 AnswerHeard, IntentFound, LanguageLoaded, Tick>;

// ---- Effects out ----
struct SendRequest {
  RequestId request;
  std::string account;
  pagerduty::Request what;
  std::int64_t timeout_ms;
};
struct CancelRequest {
  RequestId request;
};
struct WakeAt {
  Time at;
};  // replaces the timer asked for before
struct CardChanged {
  CardId card;
};  // its view model is new: draw
struct Announce {
  CardId card;
  std::string text;
};
struct CopyText {
  CardId card;
  std::string text;
};
struct CardReady {
  CardId card;
};  // pd-ready: first data shown
struct CardUpdated {
  CardId card;
  SectionKind section;
};  // pd-update
struct CardFailed {
  CardId card;
  std::string section;
  Error error;
};  // pd-error; section "" = the card
struct ActionAsked {
  CardId card;
  std::uint32_t ticket;
  std::string verb, service_id, incident_id;
  std::vector<std::string> incident_ids;  // of several at once; then incident_id is empty
};  // pd-action, cancelable
struct ActionDone {
  CardId card;
  std::string verb, incident_id;
  bool ok;
  std::string message;
};  // pd-action-done
struct AuthRequired {
  CardId card;
  std::string account;
};  // pd-auth-required
struct FocusNode {
  CardId card;
  std::string id;
};  // move the focus: dialog opened, closed
struct EntityUnread {
  CardId card;
};  // of EntityLoaded: it is to be read with care

using Effect = std::variant<SendRequest, CancelRequest, WakeAt, CardChanged, Announce, CopyText,
                            CardReady, CardUpdated, CardFailed, ActionAsked, ActionDone,
                            AuthRequired, FocusNode, EntityUnread, client::KeepIntent,
                            client::DropIntent, client::ShareWants, client::ShareAnswer>;

class Page {
 public:
  // `seed` feeds the jitter of retries and the keys of writes; tests fix it, the page gives 64
  // random bits. `formatter` outlives the page.
  explicit Page(std::uint64_t seed, const Formatter& formatter = english_formatter());
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  // What follows from several events is worked out together, when effects are taken: a hundred
  // cards that appear at once ask once.
  void handle(Event event, Time now);
  std::vector<Effect> take_effects();

  // The card's view model at `now` (relative times move). An unknown card gives an empty one.
  ViewModel view_model(CardId card, Time now);
  // The earliest instant after `now` at which view_model() reads differently by itself. Ages change
  // on whole minutes, all at once, so that a page of cards redraws once a minute and not at a
  // hundred instants.
  Time next_change_of_words(CardId card, Time now) const;
  // facts() of the element: flat JSON, see facts.h. The first time it also asks for what only facts
  // tell: the effects are there afterwards.
  std::string facts(CardId card, Time now) const;
  // What the client does, as JSON; see client/diagnostics.cpp.
  std::string diagnostics(Time now) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pd::card

#include "ledger.h"

#include <algorithm>

namespace pd::sessions {
namespace {

using client::IntentKind;
using client::IntentState;

// A look counts as one before a repetition when it was the last thing before: its answer's time is
// the longest that it can be old.
constexpr Duration kLookIsGoodFor = std::chrono::seconds{11};
// What is in a log since shortly before the write was confirmed counts as its effect: clocks differ.
constexpr Duration kLogReachesBack = std::chrono::seconds{100};

// To the page, both ways to create are one.
std::string_view verb_of(IntentKind kind) {
  return client::is_creation(kind) ? "trigger" : pagerduty::word_of(kind, client::kIntentWords);
}

IntentKind kind_of(std::string_view verb) {
  const auto found = std::ranges::find(client::kIntentWords, verb);
  return static_cast<IntentKind>(found - client::kIntentWords.begin());
}

bool is_of_status(IntentKind kind) {
  return kind == IntentKind::kAcknowledge || kind == IntentKind::kResolve;
}

// Is looked for among what happened to the incident, not in how it is.
bool is_logged(IntentKind kind) {
  return kind == IntentKind::kSnooze || kind == IntentKind::kAddNote;
}

// What the intent does, in the words of the dialog.
std::string value_of(const client::Intent& intent) {
  switch (intent.kind) {
    case IntentKind::kReassign: return intent.person;
    case IntentKind::kSetPriority: return intent.target;
    case IntentKind::kSnooze: return std::to_string(intent.number);
    case IntentKind::kAddNote: return intent.details;
    default: return {};
  }
}

// Where is looked for it.
std::string place_of(const Deed& deed) {
  if (client::is_creation(deed.kind)) return deed.key;
  if (deed.kind == IntentKind::kSnooze) return deed.incident_id + "/log_entries";
  return deed.kind == IntentKind::kAddNote ? deed.incident_id + "/notes" : deed.incident_id;
}

// Both would do the same to the same incident. Of two snoozes the log does not tell how long.
bool is_alike(const Deed& a, const Deed& b) {
  return a.kind == b.kind && a.incident_id == b.incident_id &&
         (a.value == b.value || a.kind == IntentKind::kSnooze);
}

bool has_status(const Server::Incident& incident, IntentKind kind) {
  return kind == IntentKind::kResolve ? !incident.is_open()
                                      : incident.status() != IncidentStatus::kTriggered;
}

}  // namespace

void Ledger::violate(const std::string& what) { violations.push_back(what); }

std::string Ledger::name_of(const Deed& deed) const {
  return std::string(verb_of(deed.kind)) + " " +
         (client::is_creation(deed.kind) ? deed.title : deed.incident_id) + " of card " +
         std::to_string(deed.card) + ", page " + std::to_string(deed.page);
}

void Ledger::confirm(const card::ActionAsked& asked, const std::string& words, int page,
                     bool is_allowed, bool is_timed) {
  Deed deed;
  deed.kind = kind_of(asked.verb);
  deed.card = asked.card;
  deed.page = page;
  deed.service_id = asked.service_id;
  deed.incident_id = asked.incident_id;
  if (client::is_creation(deed.kind)) {
    deed.title = words;
  } else if (!is_of_status(deed.kind)) {
    deed.value = words;
  }
  deed.confirmed_at = now_;
  deed.is_timed = is_timed;
  deed.end = is_allowed ? End::kUnderWay : End::kPrevented;
  deeds_.push_back(std::move(deed));
  is_awaited_ = is_allowed;
}

bool Ledger::was_submitted() {
  const bool is_refused = std::exchange(is_awaited_, false);
  if (is_refused) deeds_.back().end = End::kRefused;
  return !is_refused;
}

Deed* Ledger::deed_of_key(std::string_view key) {
  const auto found =
      std::ranges::find_if(deeds_, [&](const Deed& d) { return !d.key.empty() && d.key == key; });
  return found == deeds_.end() ? nullptr : &*found;
}

void Ledger::turn(Deed& deed, End end) {
  deed.end = end;
  deed.is_told = false;
  news_.push_back(static_cast<std::size_t>(&deed - deeds_.data()));
}

void Ledger::keep(const client::Intent& intent) {
  Deed* deed = deed_of_key(intent.key);
  if (deed == nullptr) {
    if (!std::exchange(is_awaited_, false)) {
      return violate("unasked: a write that nobody confirmed: " + intent.subject);
    }
    deed = &deeds_.back();
    const bool is_same = intent.service_id == deed->service_id && intent.title == deed->title &&
                         intent.incident_id == deed->incident_id && value_of(intent) == deed->value;
    if (!is_same) violate("unasked: other words than were confirmed: " + name_of(*deed));
    deed->kind = intent.kind;
    deed->account = intent.account;
    deed->key = intent.key;
    deed->subject = intent.subject;
  }
  if (!intent.integration_key.empty()) violate("secret: the journal holds an integration key");
  if (deed->end == End::kSeen)
    return violate("told: what was seen is open again: " + name_of(*deed));
  switch (intent.state) {
    case IntentState::kPending: deed->end = End::kUnderWay; break;
    case IntentState::kAccepted:
      deed->end = End::kUnderWay;
      if (!has_accepted(*deed)) violate("true: not accepted, but told so: " + name_of(*deed));
      break;
    case IntentState::kSeen: break;  // is dropped
    case IntentState::kFailed: turn(*deed, End::kFailed); break;
    case IntentState::kUnconfirmed: turn(*deed, End::kUnconfirmed); break;
  }
}

void Ledger::drop(const std::string& key, bool by_viewer) {
  Deed* deed = deed_of_key(key);
  if (deed == nullptr || deed->end == End::kSeen || deed->end == End::kDismissed) return;
  if (by_viewer) {
    deed->before_dismissal = deed->end;
    deed->end = End::kDismissed;
    return;
  }
  if (!has_happened(*deed)) violate("true: told as done, and is not: " + name_of(*deed));
  deed->seen_at = now_;
  turn(*deed, End::kSeen);
}

void Ledger::done(const card::ActionDone& done) {
  for (const std::size_t index : news_) {
    Deed& deed = deeds_[index];
    const End end = done.ok ? End::kSeen : End::kFailed;
    if (deed.card == done.card && deed.end == end && verb_of(deed.kind) == done.verb) {
      deed.is_told = true;
    }
  }
}

std::vector<Deed*> Ledger::take_news() {
  std::vector<Deed*> news;
  for (const std::size_t index : std::exchange(news_, {})) news.push_back(&deeds_[index]);
  return news;
}

// ---- What leaves ----

std::size_t Ledger::deed_of_creation(const card::SendRequest& sent) {
  const bool is_event = sent.what.api == pagerduty::Api::kEvents;
  const Deed* deed =
      deed_of_key(member_of(sent.what.body, is_event ? "dedup_key" : "incident_key"));
  if (deed == nullptr) return deeds_.size();
  const std::string_view title = member_of(sent.what.body, is_event ? "summary" : "title");
  const std::string_view target = member_of(sent.what.body, is_event ? "routing_key" : "id");
  const auto service = std::ranges::find(kServices, deed->service_id, &Service::id);
  const bool is_whole = title == deed->title && service != std::end(kServices) &&
                        target == (is_event ? service->key : service->id);
  if (!is_whole) violate("unasked: sent otherwise than confirmed: " + name_of(*deed));
  return static_cast<std::size_t>(deed - deeds_.data());
}

// Of what is done to an incident, the write itself does not tell which intent it is of: the last one
// under way.
std::size_t Ledger::deed_of_write(const card::SendRequest& sent) {
  const std::optional<WriteOfOne> what = write_of_one(sent.what);
  if (!what) return deed_of_creation(sent);
  std::size_t found = deeds_.size();
  for (std::size_t i = 0; i < deeds_.size(); ++i) {
    const Deed& deed = deeds_[i];
    if (deed.kind != what->kind || deed.incident_id != what->incident_id || deed.key.empty() ||
        deed.value != what->value) {
      continue;
    }
    if (deed.end == End::kUnderWay) found = i;
  }
  return found;
}

std::ptrdiff_t Ledger::count_alike(const Deed& deed) const {
  return std::ranges::count_if(deeds_, [&](const Deed& other) { return is_alike(other, deed); });
}

CopyId Ledger::leave(const card::SendRequest& sent) {
  const std::size_t index = deed_of_write(sent);
  if (index == deeds_.size()) {
    violate("unasked: " + sent.what.method + " " + sent.what.path + " leaves, unconfirmed");
    deeds_.emplace_back();
    copies_.push_back({index, now_, true, false});
    return static_cast<CopyId>(copies_.size() - 1);
  }
  const Deed& deed = deeds_[index];
  if (deed.end != End::kUnderWay) {
    violate("unasked: sent again although it has ended: " + name_of(deed));
  }
  if (deed.account != sent.account) violate("unasked: sent to another account: " + name_of(deed));
  bool is_first = true;
  std::optional<Time> in_doubt;  // since when
  for (const Copy& copy : copies_) {
    if (copy.deed != index) continue;
    is_first = false;
    if (!copy.is_refused) in_doubt = copy.sent_at;
  }
  const auto look = looks_.find(place_of(deed));
  const bool is_looked = in_doubt && look != looks_.end() && look->second.at >= *in_doubt &&
                         now_ - look->second.at <= kLookIsGoodFor;
  // Of two alike, copy and look may have been the other's.
  const bool is_known = client::is_creation(deed.kind) || count_alike(deed) == 1;
  const bool is_missed = is_looked && !(client::is_creation(deed.kind) && look->second.is_found);
  if (in_doubt && !is_missed && is_known)
    violate("looked for: sent again without a look: " + name_of(deed));
  const bool is_shown = is_looked && look->second.is_found && was_shown(index, look->second.at);
  if (is_shown && is_known && deed.is_timed) {
    violate("looked for: sent again although the look showed it: " + name_of(deed));
  }
  copies_.push_back({index, now_, is_first, !in_doubt || is_missed});
  return static_cast<CopyId>(copies_.size() - 1);
}

void Ledger::look(std::string_view about, Time at, bool is_found) {
  looks_.insert_or_assign(std::string(about), Look{at, is_found});
}

// ---- What PagerDuty has ----

// A look at `at` had to show a copy of what is found in a log.
bool Ledger::was_shown(std::size_t deed, Time at) const {
  const Server::Incident* incident = server_.incident(deeds_[deed].incident_id);
  if (incident == nullptr || !is_logged(deeds_[deed].kind)) return false;
  return std::ranges::any_of(incident->marks, [&](const Server::Mark& mark) {
    return mark.at < at && mark.kind == deeds_[deed].kind && mark.by != kColleague &&
           copies_[static_cast<std::size_t>(mark.by)].deed == deed;
  });
}

bool Ledger::has_happened(const Deed& deed) const {
  if (client::is_creation(deed.kind)) {
    return std::ranges::any_of(server_.incidents(), [&](const Server::Incident& incident) {
      return incident.title == deed.title && incident.service->id == deed.service_id;
    });
  }
  const Server::Incident* incident = server_.incident(deed.incident_id);
  if (incident == nullptr) return false;
  if (is_of_status(deed.kind)) return has_status(*incident, deed.kind);
  return std::ranges::any_of(incident->marks, [&](const Server::Mark& mark) {
    const bool is_same =
        mark.kind == deed.kind && (mark.value == deed.value || deed.kind == IntentKind::kSnooze);
    const bool is_last = &mark == incident->last(deed.kind) && !is_logged(deed.kind);
    return is_same && !was_told(mark, deed) &&
           (is_last || !deed.is_timed || mark.at >= deed.confirmed_at - kLogReachesBack);
  });
}

// The page had told it as the effect of another write, before this one was confirmed.
bool Ledger::was_told(const Server::Mark& mark, const Deed& deed) const {
  if (!is_logged(deed.kind) || mark.by == kColleague) return false;
  const Deed& other = deeds_[copies_[static_cast<std::size_t>(mark.by)].deed];
  return &other != &deed && other.page == deed.page && other.seen_at && mark.at <= *other.seen_at &&
         *other.seen_at <= deed.confirmed_at;
}

bool Ledger::has_accepted(const Deed& deed) const {
  return has_happened(deed) || std::ranges::find(server_.events(), deed.key, &Server::Event::key) !=
                                   server_.events().end();
}

// By this very deed, not by a colleague. Of two alike, which copy was whose is not known.
bool Ledger::has_done(const Deed& deed) const {
  if (client::is_creation(deed.kind)) return has_happened(deed);
  const Server::Incident* incident = server_.incident(deed.incident_id);
  if (incident == nullptr || count_alike(deed) > 1) return false;
  // By a clock that is wrong, nothing is found in a log.
  if (is_logged(deed.kind) && !deed.is_timed) return false;
  if (!is_of_status(deed.kind)) {
    return std::ranges::any_of(incident->marks, [&](const Server::Mark& mark) {
      // What somebody changed since is not so any more.
      const bool is_there = is_logged(deed.kind) || &mark == incident->last(deed.kind);
      return is_there && mark.by != kColleague &&
             is_alike(deeds_[copies_[static_cast<std::size_t>(mark.by)].deed], deed);
    });
  }
  return std::ranges::any_of(incident->history, [&](const Server::Change& change) {
    return change.by != kColleague &&
           is_alike(deeds_[copies_[static_cast<std::size_t>(change.by)].deed], deed);
  });
}

void Ledger::check_once(const Deed& deed) {
  int count = 0;
  for (const Server::Incident& incident : server_.incidents()) {
    if (incident.title != deed.title || ++count == 1) continue;
    const CopyId by = incident.history.front().by;
    const bool may_reopen =
        incident.key == deed.key && copies_[static_cast<std::size_t>(by)].may_reopen;
    if (may_reopen) {
      ++reopened_;
    } else {
      violate("once: two incidents of " + name_of(deed));
    }
  }
}

void Ledger::check_truth() {
  for (const Deed& deed : deeds_) {
    if (client::is_creation(deed.kind)) check_once(deed);
    const End end = deed.end == End::kDismissed ? deed.before_dismissal : deed.end;
    const bool is_denied = end == End::kFailed || end == End::kPrevented || end == End::kRefused;
    if (is_denied && has_done(deed)) violate("true: told as not done, and is: " + name_of(deed));
    if (end == End::kUnderWay) violate("told: its end was never told: " + name_of(deed));
  }
}

void Ledger::add_to(Tally& tally) const {
  tally.reopened += reopened_;
  for (const Deed& deed : deeds_) {
    ++tally.writes[static_cast<std::size_t>(deed.kind)][static_cast<std::size_t>(deed.end)];
  }
}

}  // namespace pd::sessions

// Reads: from wants that are due to requests under way, page by page, to answers.
#include <algorithm>
#include <set>
#include <tuple>

#include "client/broker.h"
#include "client/details.h"
#include "client/flight_parts.h"
#include "client/freshness.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr int kMaxConcurrent = 6;              // of one account; a browser's own limit for HTTP/1.1
constexpr std::size_t kMaxBatch = 100;         // ids of one request
constexpr std::size_t kMaxBatchBytes = 3'800;  // their part of the URL, which stays below 4 KB
constexpr std::int64_t kTimeoutMs = 10'000;
constexpr int kQuickTries = 5;
constexpr Duration kRetryLater = std::chrono::minutes{5};
constexpr Duration kMetricsWindow = std::chrono::days{30};

bool is_batched(Kind kind) {
  return kind == Kind::kIncidents || kind == Kind::kOnCalls || kind == Kind::kMetrics ||
         kind == Kind::kNextOnCalls;
}

// Bytes of "&escalation_policy_ids%5B%5D=<id>", each odd byte percent-encoded.
std::size_t query_bytes(std::string_view id) {
  constexpr std::size_t kName = std::string_view("&escalation_policy_ids%5B%5D=").size();
  std::size_t bytes = kName;
  for (const char c : id) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    bytes += plain ? 1 : 3;
  }
  return bytes;
}

template <typename T>
auto share(T value) {
  return std::make_shared<const T>(std::move(value));
}

}  // namespace

// Sends what is due.
void Broker::pump(Time now) {
  run_intents(now);
  expire_tabs(now);
  for (Account& account : accounts_) {
    share_wants(account, now);
    auto under_way = std::ranges::count(flights_, account.name, &Flight::account);
    // One that knocks is enough while there is an outage.
    const int lanes = account.eased_until ? 1 : kMaxConcurrent;
    for (; under_way < lanes && may_read(account.name, now); ++under_way) {
      Flight flight = gather_flight(account, now);
      if (flight.ids.empty()) break;
      depart(std::move(flight), now);
    }
  }
}

// Of what is due: what somebody asked for, then what nobody knows yet, then what waits longest.
const std::pair<const Want, Broker::Entry>* Broker::choose_due(const Account& account,
                                                               Time now) const {
  const std::pair<const Want, Entry>* best = nullptr;
  std::tuple<int, Time> best_rank;
  for (const auto& item : entries_) {
    const auto& [want, entry] = item;
    if (!may_leave(account, want, entry, now, now)) continue;
    const int need = entry.ask_at ? 0 : entry.answer.has_data() ? 2 : 1;
    const std::tuple<int, Time> rank{need, *due_of(want, entry)};
    if (best != nullptr && rank >= best_rank) continue;
    best = &item;
    best_rank = rank;
  }
  return best;
}

// The want that is first in need, with all others of its kind that are due, or will be soon, and
// fit in.
Broker::Flight Broker::gather_flight(const Account& account, Time now) {
  Flight flight;
  const auto* first = choose_due(account, now);
  if (first == nullptr) return flight;
  flight.id = flight.request = ++last_request_;
  flight.kind = first->first.kind;
  flight.account = account.name;
  flight.departed_at = now;
  flight.ids.push_back(first->first.id);
  flight.is_listing = begin_listing(flight, account, first->second);

  const auto own_limit = [](const Entry& entry) {
    return entry.batch_limit == 0 ? kMaxBatch : entry.batch_limit;
  };
  const std::size_t limit = flight.is_listing         ? entries_.size()
                            : is_batched(flight.kind) ? own_limit(first->second)
                                                      : 1;
  std::size_t bytes = query_bytes(first->first.id);
  for (auto& [want, entry] : entries_) {
    if (flight.ids.size() >= limit) break;
    if (want.kind != flight.kind || &entry == &first->second) continue;
    const Time soon = now + joins_early(want.kind, entry.refresh);
    if (!may_leave(account, want, entry, soon, now)) continue;
    if (flight.is_listing) {
      if (!fits_listing(flight, entry)) continue;
    } else if (own_limit(entry) != limit || bytes + query_bytes(want.id) > kMaxBatchBytes) {
      continue;
    }
    flight.ids.push_back(want.id);
    bytes += query_bytes(want.id);
  }
  // One alone gets all that comes, several get what names them.
  flight.digest = flight.ids.size() == 1 ? 1 : 2;
  for (const std::string& id : flight.ids) {
    entries_[{flight.kind, flight.account, id}].flight = flight.id;
  }
  return flight;
}

void Broker::depart(Flight flight, Time now) {
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry& entry = entries_[want];
    entry.ask_at.reset();
    entry.answer.loading = true;
    if (entry.failures > 0) ++account_of(flight.account).counts.retried;
    if (!entry.answer.has_data()) effects_.emplace_back(AnswerChanged{want, false});
  }
  flights_.push_back(std::move(flight));
  send_page(flights_.back(), now);
}

pagerduty::Request Broker::make_read(const Flight& flight, Time now) const {
  if (flight.is_listing) return make_listing(flight);
  const pagerduty::PageQuery page{flight.offset, kPageSize, false};
  const std::string& first = flight.ids.front();
  const Time server_now = server_time(flight.account, now);
  if (const DetailKind* detail = find_detail(flight.kind)) {
    return detail->request(first, server_now);
  }
  switch (flight.kind) {
    case Kind::kIncidents: return pagerduty::make_list_incidents(flight.ids, page);
    case Kind::kOnCalls: return pagerduty::make_list_on_calls(flight.ids, page);
    case Kind::kService: return pagerduty::make_get_service(first);
    case Kind::kServiceByKey: return pagerduty::make_find_service(first);
    case Kind::kChanges: return pagerduty::make_list_change_events(first, kMostChanges);
    case Kind::kNextOnCalls:
      return pagerduty::make_list_next_shifts(flight.ids, server_now, server_now + kRotaSpan, page);
    default: break;
  }
  return pagerduty::make_get_service_analytics(flight.ids, {now - kMetricsWindow, now});
}

void Broker::send_page(Flight& flight, Time now) {
  if (flight.offset > 0) flight.request = ++last_request_;  // each page is a request of its own
  ++account_of(flight.account).counts.reads;
  emit({flight.request, flight.account, make_read(flight, now), kTimeoutMs}, now);
}

void Broker::deliver_all(const Flight& flight, Time now,
                         void (*fill)(void* given, Answer& answer, const std::string& id),
                         void* given) {
  const bool was_well = is_well(flight.account);
  const Time fetched_at = now - flight.age;
  recover(account_of(flight.account), now);
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry* entry = find(want);
    if (entry == nullptr || entry->flight != flight.id) continue;
    entry->flight = 0;
    entry->failures = 0;
    entry->batch_limit = 0;
    // It left before a write's answer said something newer.
    if (flight.id <= entry->changed_after) {
      ask(*entry, now);
      continue;
    }
    const bool is_alike = was_well && reads_alike(*entry, want, flight.digest, fetched_at, now);
    entry->digest = flight.digest;
    entry->answer.loading = false;
    entry->answer.error.reset();
    entry->answer.retry_at.reset();
    entry->answer.truncated = flight.truncated;
    fill(given, entry->answer, id);
    entry->answer.fetched_at = fetched_at;
    entry->arrived_at = now;
    entry->asked_at = flight.departed_at;
    entry->is_own = true;
    entry->is_kept = entry->has_outage = false;
    effects_.emplace_back(AnswerChanged{want, true, is_alike});
    share_answer(want, *entry);
  }
}

// PagerDuty answers. After an outage all that waits for a later try is asked for now.
void Broker::recover(Account& account, Time now) {
  ++account.counts.answered;
  const bool was_out = account.eased_until.has_value();
  account.failures = 0;
  account.eased_until.reset();
  if (!was_out) return;
  for (auto& [want, entry] : entries_) {
    if (want.account == account.name && entry.has_outage && entry.flight == 0) ask(entry, now);
  }
}

// Reads one good response. False: there is a next page to ask for.
bool Broker::land(Flight& flight, const Response& response, Time now) {
  const auto refuse = [&](const Error& error) {
    fail_flight(flight, {error, Remedy::kRetrySoon}, now);
    return true;
  };
  if (flight.is_listing) {
    return flight.kind == Kind::kChanges ? land_changes(flight, response, now)
                                         : land_services(flight, response, now);
  }
  if (const DetailKind* detail = find_detail(flight.kind)) {
    auto read = detail->decode(response.body);
    if (!read) return refuse(read.error());
    deliver(flight, now, [&](Answer& answer, const std::string&) { answer.detail = *read; });
    return true;
  }
  switch (flight.kind) {
    case Kind::kService: {
      auto service = pagerduty::decode_service(response.body);
      if (!service) return refuse(service.error());
      const auto shared = share(std::move(service->value));
      deliver(flight, now, [&](Answer& answer, const std::string&) { answer.service = shared; });
      return true;
    }
    case Kind::kServiceByKey: land_service_by_key(flight, response, now); return true;
    case Kind::kMetrics: land_metrics(flight, response, now); return true;
    case Kind::kChanges: {
      auto changes = pagerduty::decode_change_events(response.body);
      if (!changes) return refuse(changes.error());
      const auto shared = share(std::move(changes->value.items));
      deliver(flight, now, [&](Answer& answer, const std::string&) { answer.changes = shared; });
      return true;
    }
    case Kind::kIncidents: {
      const auto page = pagerduty::decode_incidents(response.body);
      if (!page) return refuse(page.error());
      for (const pagerduty::Incident& incident : page->value.items) {
        if (!incident.created_at) continue;
        hear_clock(account_of(flight.account), *incident.created_at, true, now);
      }
      if (turn_page(flight, page->value, flight.incidents)) return false;
      deliver(flight, now, [&](Answer& answer, const std::string& id) {
        std::vector<pagerduty::Incident> own;
        std::set<std::string_view> known;  // pages overlap when incidents open in between
        for (const pagerduty::Incident& incident : flight.incidents) {
          const bool is_own = flight.ids.size() == 1 || incident.service.id == id;
          if (is_own && known.insert(incident.id).second) own.push_back(incident);
        }
        answer.incidents = share(std::move(own));
      });
      for (const std::string& id : flight.ids) settle_by_incidents(flight.account, id);
      return true;
    }
    default: break;
  }
  const auto page = pagerduty::decode_on_calls(response.body);
  if (!page) return refuse(page.error());
  if (turn_page(flight, page->value, flight.on_calls)) return false;
  deliver(flight, now, [&](Answer& answer, const std::string& id) {
    std::vector<pagerduty::OnCall> own;
    for (const pagerduty::OnCall& on_call : flight.on_calls) {
      const bool is_own = flight.ids.size() == 1 || on_call.escalation_policy.id == id;
      if (is_own) own.push_back(on_call);
    }
    answer.on_calls = share(std::move(own));
  });
  return true;
}

// The search is documented for names only: what it found counts when one of its integrations has
// the key.
void Broker::land_service_by_key(const Flight& flight, const Response& response, Time now) {
  auto services = pagerduty::decode_services(response.body);
  if (!services) return fail_flight(flight, {services.error(), Remedy::kRetrySoon}, now);
  const auto has_key = [&](const pagerduty::Service& service) {
    return std::ranges::find(service.integrations, flight.ids.front(),
                             &pagerduty::Integration::integration_key) !=
           service.integrations.end();
  };
  const auto found = std::ranges::find_if(services->value.items, has_key);
  if (found == services->value.items.end()) {
    return fail_flight(
        flight, {make_error(ErrorCode::kNotFound, texts::kKeyIsNobodys), Remedy::kRetryLater}, now);
  }
  const auto shared = share(std::move(*found));
  deliver(flight, now, [&](Answer& answer, const std::string&) { answer.service = shared; });
}

void Broker::land_metrics(const Flight& flight, const Response& response, Time now) {
  const auto metrics = pagerduty::decode_service_analytics(response.body);
  if (!metrics) return fail_flight(flight, {metrics.error(), Remedy::kRetrySoon}, now);
  deliver(flight, now, [&](Answer& answer, const std::string& id) {
    const auto own =
        std::ranges::find(metrics->value, id, &pagerduty::ServiceAnalytics::service_id);
    answer.metrics = own == metrics->value.end() ? nullptr : share(*own);
  });
}

void Broker::fail_flight(const Flight& flight, const Verdict& verdict, Time now) {
  obey(flight.account, verdict, now);
  Account& account = account_of(flight.account);
  ++account.counts.failed;
  const bool is_outage = verdict.remedy == Remedy::kRetrySoon;
  if (is_outage) {
    ease_off(account, now);
  } else {
    account.failures = 0;
    account.eased_until.reset();
  }
  if (ListUse* use = list_use(flight)) {
    // What the list refuses may be granted one by one.
    use->failures += verdict.remedy == Remedy::kRetryLater ? 2 : 1;
    if (verdict.remedy == Remedy::kRetryLater) return release(flight, false, now);
  }
  // One bad id spoils a batch: halves of it are asked for until it is by itself.
  const bool is_spoiled = flight.ids.size() > 1 && verdict.blames_an_id;
  // All of a flight try again at the same instant, and so together.
  int failures = 0;
  for (const std::string& id : flight.ids) {
    if (const Entry* entry = find({flight.kind, flight.account, id})) {
      failures = std::max(failures, entry->failures);
    }
  }
  const Time soon = std::max(now + jitter(failures + 1), account.eased_until.value_or(now));
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry* entry = find(want);
    if (entry == nullptr || entry->flight != flight.id) continue;
    entry->flight = 0;
    if (is_spoiled) {
      entry->batch_limit = flight.ids.size() / 2;
      ask(*entry, now);
    } else {
      fail_entry(want, *entry, verdict, soon, now);
    }
  }
}

void Broker::fail_entry(const Want& want, Entry& entry, const Verdict& verdict, Time retry_soon_at,
                        Time now) {
  Answer& answer = entry.answer;
  ++entry.failures;
  answer.loading = false;
  answer.error = verdict.error;
  entry.has_outage = verdict.remedy == Remedy::kRetrySoon;
  switch (verdict.remedy) {
    case Remedy::kAskForCredentials: answer.retry_at.reset(); break;
    case Remedy::kPauseAccount: answer.retry_at = account_of(want.account).paused_until; break;
    case Remedy::kRetrySoon:
      answer.retry_at = entry.failures <= kQuickTries ? retry_soon_at : now + kRetryLater;
      break;
    case Remedy::kRetryLater: answer.retry_at = now + kRetryLater; break;
  }
  effects_.emplace_back(AnswerChanged{want, true});
  share_answer(want, entry);
}

// The wants of a flight that brought nothing for them wait for their turn again, `as_solo` by
// themselves.
void Broker::release(const Flight& flight, bool as_solo, Time now) {
  for (const std::string& id : flight.ids) {
    Entry* entry = find({flight.kind, flight.account, id});
    if (entry == nullptr || entry->flight != flight.id) continue;
    entry->flight = 0;
    entry->is_solo = entry->is_solo || as_solo;
    ask(*entry, now);
  }
}

}  // namespace pd::client

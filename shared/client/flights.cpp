// Reads: from wants that are due to requests under way, page by page, to answers.
#include <algorithm>
#include <unordered_set>

#include "client/broker.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr int kMaxConcurrent = 6;              // of one account; a browser's own limit for HTTP/1.1
constexpr std::size_t kMaxBatch = 100;         // ids of one request
constexpr std::size_t kMaxBatchBytes = 3'800;  // their part of the URL, which stays below 4 KB
constexpr std::int64_t kPageSize = 100;
constexpr std::int64_t kPagingEnd = 10'000;  // offset + limit, PagerDuty's own
constexpr std::int64_t kTimeoutMs = 10'000;
constexpr std::int64_t kChangesShown = 10;
constexpr int kQuickTries = 5;
constexpr Duration kRetryLater = std::chrono::minutes{5};
constexpr Duration kOnCallWindow = std::chrono::minutes{1};
constexpr Duration kMetricsWindow = std::chrono::days{30};

bool is_batched(Kind kind) {
  return kind == Kind::kIncidents || kind == Kind::kOnCalls || kind == Kind::kMetrics;
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
  for (const Account& account : accounts_) {
    if (!may_read(account.name, now)) continue;
    auto under_way = std::ranges::count(flights_, account.name, &Flight::account);
    for (; under_way < kMaxConcurrent; ++under_way) {
      Flight flight = gather_flight(account.name, now);
      if (flight.ids.empty()) break;
      depart(std::move(flight), now);
    }
  }
}

// The first want that is due, with all others of its kind that are due too and fit in.
Broker::Flight Broker::gather_flight(const std::string& account, Time now) {
  Flight flight;
  std::size_t limit = 1, bytes = 0;
  for (auto& [want, entry] : entries_) {
    if (!flight.ids.empty() && (want.kind != flight.kind || flight.ids.size() == limit)) break;
    if (!entry.watched || entry.flight != 0 || want.account != account) continue;
    const std::optional<Time> due = due_of(want, entry);
    if (!due || *due > now) continue;
    const std::size_t own_limit = entry.batch_limit == 0 ? kMaxBatch : entry.batch_limit;
    if (flight.ids.empty()) {
      flight.id = flight.request = ++last_request_;
      flight.kind = want.kind;
      flight.account = account;
      limit = is_batched(want.kind) ? own_limit : 1;
    } else if (own_limit != limit || bytes + query_bytes(want.id) > kMaxBatchBytes) {
      continue;
    }
    flight.ids.push_back(want.id);
    bytes += query_bytes(want.id);
    entry.flight = flight.id;
  }
  return flight;
}

void Broker::depart(Flight flight, Time now) {
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry& entry = entries_[want];
    entry.ask_at.reset();
    entry.answer.loading = true;
    if (!entry.answer.has_data()) effects_.emplace_back(AnswerChanged{want, false});
  }
  flights_.push_back(std::move(flight));
  send_page(flights_.back(), now);
}

void Broker::send_page(Flight& flight, Time now) {
  const pagerduty::PageQuery page{flight.offset, kPageSize, false};
  const std::string& first = flight.ids.front();
  pagerduty::Request request;
  switch (flight.kind) {
    case Kind::kIncidents: request = pagerduty::make_list_incidents(flight.ids, page); break;
    case Kind::kOnCalls:
      request = pagerduty::make_list_on_calls(flight.ids, now, now + kOnCallWindow, page);
      break;
    case Kind::kService: request = pagerduty::make_get_service(first); break;
    case Kind::kServiceByKey: request = pagerduty::make_find_service(first); break;
    case Kind::kChanges: request = pagerduty::make_list_change_events(first, kChangesShown); break;
    case Kind::kMetrics:
      request = pagerduty::make_get_service_analytics(flight.ids, now - kMetricsWindow, now);
      break;
  }
  if (flight.offset > 0) flight.request = ++last_request_;  // each page is a request of its own
  effects_.emplace_back(Send{flight.request, flight.account, std::move(request), kTimeoutMs});
}

// Gives each entry of the flight its data by fill(entry.answer, id).
template <typename Fill>
void Broker::deliver(const Flight& flight, Time now, Fill fill) {
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry* entry = find(want);
    if (entry == nullptr || entry->flight != flight.id) continue;
    entry->flight = 0;
    entry->failures = 0;
    entry->batch_limit = 0;
    if (std::exchange(entry->outdated, false)) {
      ask(*entry, now);
      continue;
    }
    entry->answer.loading = false;
    entry->answer.error.reset();
    entry->answer.retry_at.reset();
    entry->answer.truncated = flight.truncated;
    fill(entry->answer, id);
    entry->answer.fetched_at = now;
    effects_.emplace_back(AnswerChanged{want, true});
  }
}

// Takes a page's items; true when another page follows. A server that gives the same page again
// ends the list, as does one with a page of nothing.
template <typename Decoded, typename Items>
bool Broker::turn_page(Flight& flight, const Response& response, const Decoded& page,
                       Items& collected) {
  const std::size_t hash = std::hash<std::string>()(response.body);
  const bool repeats = flight.offset > 0 && hash == flight.last_page;
  flight.last_page = hash;
  if (repeats || page.items.empty()) {
    flight.truncated = page.more;
    return false;
  }
  collected.insert(collected.end(), page.items.begin(), page.items.end());
  if (!page.more) return false;
  // A server may give less than was asked for, and then says so.
  flight.offset += page.limit > 0 ? std::min(page.limit, kPageSize) : kPageSize;
  flight.truncated = flight.offset + kPageSize > kPagingEnd;
  return !flight.truncated;
}

// Reads one good response. False: there is a next page to ask for.
bool Broker::land(Flight& flight, const Response& response, Time now) {
  const auto refuse = [&](const Error& error) {
    fail_flight(flight, {error, Remedy::kRetrySoon}, now);
    return true;
  };
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
      if (turn_page(flight, response, page->value, flight.incidents)) return false;
      deliver(flight, now, [&](Answer& answer, const std::string& id) {
        std::vector<pagerduty::Incident> own;
        std::unordered_set<std::string_view> known;  // pages overlap when incidents open in between
        for (const pagerduty::Incident& incident : flight.incidents) {
          const bool is_own = flight.ids.size() == 1 || incident.service.id == id;
          if (is_own && known.insert(incident.id).second) own.push_back(incident);
        }
        answer.incidents = share(std::move(own));
      });
      for (const std::string& id : flight.ids) settle_by_incidents(flight.account, id, now);
      return true;
    }
    case Kind::kOnCalls: break;
  }
  const auto page = pagerduty::decode_on_calls(response.body);
  if (!page) return refuse(page.error());
  if (turn_page(flight, response, page->value, flight.on_calls)) return false;
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
    Error error{ErrorCode::kNotFound, "No service has this integration key.", std::nullopt,
                std::nullopt};
    return fail_flight(flight, {std::move(error), Remedy::kRetryLater}, now);
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
  // One bad id spoils a batch: halves of it are asked for until it is by itself.
  const bool is_spoiled = flight.ids.size() > 1 && verdict.blames_an_id;
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry* entry = find(want);
    if (entry == nullptr || entry->flight != flight.id) continue;
    entry->flight = 0;
    entry->outdated = false;
    if (is_spoiled) {
      entry->batch_limit = flight.ids.size() / 2;
      ask(*entry, now);
    } else {
      fail_entry(want, *entry, verdict, now);
    }
  }
}

void Broker::fail_entry(const Want& want, Entry& entry, const Verdict& verdict, Time now) {
  Answer& answer = entry.answer;
  ++entry.failures;
  answer.loading = false;
  answer.error = verdict.error;
  switch (verdict.remedy) {
    case Remedy::kAskForCredentials: answer.retry_at.reset(); break;
    case Remedy::kPauseAccount: answer.retry_at = account_of(want.account).paused_until; break;
    case Remedy::kRetrySoon:
      answer.retry_at =
          now + (entry.failures <= kQuickTries ? jitter(entry.failures) : kRetryLater);
      break;
    case Remedy::kRetryLater: answer.retry_at = now + kRetryLater; break;
  }
  effects_.emplace_back(AnswerChanged{want, true});
}

}  // namespace pd::client

// Reads: from wants that are due to requests under way, page by page, to answers.
#include <algorithm>

#include "client/broker.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr int kMaxConcurrent = 4;               // of one account
constexpr std::size_t kMaxBatch = 40;           // ids in one URL: below 2 KB
constexpr std::int64_t kPageSize = 100;
constexpr std::int64_t kPagingEnd = 10'000;     // offset + limit, PagerDuty's own
constexpr std::int64_t kTimeoutMs = 10'000;
constexpr std::int64_t kChangesShown = 10;
constexpr Duration kOnCallWindow = std::chrono::minutes{1};
constexpr Duration kRetryLater = std::chrono::minutes{5};

bool is_batched(Kind kind) { return kind == Kind::kIncidents || kind == Kind::kOnCalls; }

}  // namespace

int Broker::flights_of(const std::string& account) const {
  return static_cast<int>(std::ranges::count(flights_, account, &Flight::account));
}

void Broker::pump(Time now) {
  if (!page_visible_ || !online_) return;
  for (Account& account : accounts_) pump_account(account, now);
}

// Sends what is due, the batches first filled with all that is due of their kind.
void Broker::pump_account(Account& account, Time now) {
  if (!may_send(account, now)) return;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& first = entries_[i];
    const auto is_due = [&](const Entry& e) {
      return e.want.account == account.name && e.request == 0 && e.due && *e.due <= now && is_wanted(e.want, true);
    };
    if (!is_due(first)) continue;
    if (flights_of(account.name) >= kMaxConcurrent) return;
    Flight flight;
    flight.kind = first.want.kind;
    flight.account = account.name;
    flight.request = ++last_request_;
    flight.ids.push_back(first.want.id);
    first.request = flight.request;
    for (std::size_t j = i + 1; j < entries_.size() && is_batched(flight.kind) && !first.alone && flight.ids.size() < kMaxBatch; ++j) {
      Entry& other = entries_[j];
      if (other.want.kind != flight.kind || other.alone || !is_due(other)) continue;
      flight.ids.push_back(other.want.id);
      other.request = flight.request;
    }
    depart(std::move(flight), now);
  }
}

void Broker::depart(Flight flight, Time now) {
  for (Entry& entry : entries_) {
    if (entry.request != flight.request || entry.answer.loading) continue;
    entry.answer.loading = true;
    changed(entry.want);
  }
  flights_.push_back(std::move(flight));
  send_page(flights_.back(), now);
}

void Broker::send_page(Flight& flight, Time now) {
  const pagerduty::PageQuery page{flight.offset, kPageSize, false};
  pagerduty::Request request;
  switch (flight.kind) {
    case Kind::kService: request = pagerduty::make_get_service(flight.ids.front()); break;
    case Kind::kServiceByKey: request = pagerduty::make_find_service(flight.ids.front()); break;
    case Kind::kIncidents: request = pagerduty::make_list_incidents(flight.ids, page); break;
    case Kind::kOnCalls: request = pagerduty::make_list_on_calls(flight.ids, now, now + kOnCallWindow, page); break;
    case Kind::kChanges: request = pagerduty::make_list_change_events(flight.ids.front(), kChangesShown); break;
  }
  if (flight.offset > 0) {   // each page is a request of its own
    const RequestId before = flight.request;
    flight.request = ++last_request_;
    for (Entry& entry : entries_) {
      if (entry.request == before) entry.request = flight.request;
    }
  }
  effects_.emplace_back(Send{flight.request, flight.account, std::move(request), kTimeoutMs});
}

// Gives each entry of the flight its data by fill(entry.answer, id).
template <typename Fill>
void Broker::deliver(const Flight& flight, Time now, Fill fill) {
  for (Entry& entry : entries_) {
    if (entry.request != flight.request) continue;
    entry.request = 0;
    entry.failures = 0;
    entry.answer.loading = false;
    entry.answer.error.reset();
    entry.answer.retry_at.reset();
    entry.answer.truncated = flight.truncated;
    fill(entry.answer, entry.want.id);
    entry.answer.fetched_at = now;
    const std::optional<Duration> interval = refresh_interval(entry, now);
    entry.due = interval ? std::optional<Time>(now + *interval) : std::nullopt;
    changed(entry.want);
  }
}

// Reads one good response. False: there is a next page to ask for.
bool Broker::land(Flight& flight, const Response& response, Time now) {
  const auto refuse = [&](const Error& error) {
    fail_flight(flight, {error, Remedy::kRetrySoon}, now);
    return true;
  };
  // Takes a page's items; true when another page follows.
  const auto turn_page = [&](auto& page, auto& collected) {
    const bool empty = page.items.empty();
    std::ranges::move(page.items, std::back_inserter(collected));
    if (!page.more || empty) return false;
    flight.offset += kPageSize;
    flight.truncated = flight.offset + kPageSize > kPagingEnd;
    return !flight.truncated;
  };
  switch (flight.kind) {
    case Kind::kService: {
      auto service = pagerduty::decode_service(response.body);
      if (!service) return refuse(service.error());
      const auto shared = std::make_shared<const pagerduty::Service>(std::move(service->value));
      deliver(flight, now, [&](Answer& answer, const std::string&) { answer.service = shared; });
      return true;
    }
    case Kind::kServiceByKey: {
      auto services = pagerduty::decode_services(response.body);
      if (!services) return refuse(services.error());
      // The search is documented for names only: what it found counts when one of its integrations has the key.
      std::shared_ptr<const pagerduty::Service> shared;
      for (pagerduty::Service& service : services->value.items) {
        const bool has_key = std::ranges::any_of(service.integrations, [&](const pagerduty::Integration& integration) {
          return integration.integration_key == flight.ids.front();
        });
        if (has_key && !shared) shared = std::make_shared<const pagerduty::Service>(std::move(service));
      }
      if (!shared) {
        fail_flight(flight, {{ErrorCode::kNotFound, "No service has this integration key.", std::nullopt, std::nullopt}, Remedy::kRetryLater}, now);
        return true;
      }
      deliver(flight, now, [&](Answer& answer, const std::string&) { answer.service = shared; });
      return true;
    }
    case Kind::kIncidents: {
      auto page = pagerduty::decode_incidents(response.body);
      if (!page) return refuse(page.error());
      if (turn_page(page->value, flight.incidents)) return false;
      deliver(flight, now, [&](Answer& answer, const std::string& id) {
        std::vector<pagerduty::Incident> own;
        for (const pagerduty::Incident& incident : flight.incidents) {
          // Pages may overlap when incidents open in between.
          const bool known = std::ranges::find(own, incident.id, &pagerduty::Incident::id) != own.end();
          if ((incident.service.id == id || flight.ids.size() == 1) && !known) own.push_back(incident);
        }
        answer.incidents = std::make_shared<const std::vector<pagerduty::Incident>>(std::move(own));
      });
      for (const std::string& id : flight.ids) settle_by_incidents(flight.account, id, now);
      return true;
    }
    case Kind::kOnCalls: {
      auto page = pagerduty::decode_on_calls(response.body);
      if (!page) return refuse(page.error());
      if (turn_page(page->value, flight.on_calls)) return false;
      deliver(flight, now, [&](Answer& answer, const std::string& id) {
        std::vector<pagerduty::OnCall> own;
        for (const pagerduty::OnCall& on_call : flight.on_calls) {
          if (on_call.escalation_policy.id == id || flight.ids.size() == 1) own.push_back(on_call);
        }
        answer.on_calls = std::make_shared<const std::vector<pagerduty::OnCall>>(std::move(own));
      });
      return true;
    }
    case Kind::kChanges: break;
  }
  auto page = pagerduty::decode_change_events(response.body);
  if (!page) return refuse(page.error());
  const auto shared = std::make_shared<const std::vector<pagerduty::ChangeEvent>>(std::move(page->value.items));
  deliver(flight, now, [&](Answer& answer, const std::string&) { answer.changes = shared; });
  return true;
}

void Broker::obey(const std::string& name, const Verdict& verdict, Time now) {
  Account& account = account_of(name);
  if (verdict.remedy == Remedy::kPauseAccount) {
    account.paused_until = now + Duration{verdict.error.retry_after_ms.value_or(60'000)};
  } else if (verdict.remedy == Remedy::kAskForCredentials && !account.refused) {
    account.refused = true;
    effects_.emplace_back(AuthRequired{name});
  }
}

void Broker::fail_flight(const Flight& flight, const Verdict& verdict, Time now) {
  obey(flight.account, verdict, now);
  // One bad id may spoil a batch: then each is asked for by itself.
  const bool spoiled = flight.ids.size() > 1 && verdict.remedy == Remedy::kRetryLater;
  for (Entry& entry : entries_) {
    if (entry.request != flight.request) continue;
    entry.request = 0;
    if (spoiled) {
      entry.alone = true;
      entry.due = now;
      continue;
    }
    ++entry.failures;
    entry.answer.loading = false;
    entry.answer.error = verdict.error;
    switch (verdict.remedy) {
      case Remedy::kAskForCredentials: entry.due = now; break;   // as soon as there are some
      case Remedy::kPauseAccount: entry.due = account_of(flight.account).paused_until; break;
      case Remedy::kRetrySoon: entry.due = now + jitter(entry.failures); break;
      case Remedy::kRetryLater: entry.due = now + kRetryLater; break;
    }
    entry.answer.retry_at = verdict.remedy == Remedy::kAskForCredentials ? std::nullopt : entry.due;
    changed(entry.want);
  }
}

}  // namespace pd::client

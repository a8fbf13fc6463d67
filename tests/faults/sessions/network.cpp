// The network of a session: each request's way to PagerDuty and back, or not.
#include <algorithm>

#include "browser.h"

namespace pd::sessions {
namespace {

bool is_write(const pagerduty::Request& request) {
  return request.method != "GET" && !request.path.starts_with("/analytics");
}

bool may_have_worked(card::FailureReason reason) {
  using enum card::FailureReason;
  return reason != kNoCredentials && reason != kSignInFailed && reason != kRedirected &&
         reason != kBlockedByPolicy;
}

// The key or id of the incident that is looked for, or its log or notes; empty: it is a list.
std::string_view looked_for(const pagerduty::Request& request) {
  constexpr std::string_view kOne = "/incidents/";
  const std::string_view path = request.path;
  if (request.method != "GET") return {};
  return path.starts_with(kOne) ? path.substr(kOne.size(), path.find('?') - kOne.size())
                                : query_of(path, "incident_key");
}

constexpr std::string_view kNothingFound = R"({"incidents":[],"limit":5,"offset":0,"more":false})";

}  // namespace

void Browser::count_request(const std::string& account) {
  ++tally_.requests;
  const std::int64_t minute = (now_ - kStart) / std::chrono::minutes{1} + 1;
  if (std::exchange(minute_, minute) != minute) std::ranges::fill(requests_in_minute_, 0);
  Tally::Count& count = requests_in_minute_[account == kAccounts[0] ? 0 : 1];
  tally_.most_per_minute = std::max(tally_.most_per_minute, ++count);
  if (count == kMostRequestsPerMinute + 1) {
    ledger_.violate("storm: more than " + std::to_string(kMostRequestsPerMinute) +
                    " requests in a minute");
  }
}

void Browser::send(card::SendRequest& sent) {
  count_request(sent.account);
  const CopyId copy = is_write(sent.what) ? ledger_.leave(sent) : kColleague;
  const Fault& fault = is_online_ ? weather_.draw() : kUnreachable;
  ++tally_.faults[static_cast<std::size_t>(&fault - kFaults)];
  note("  -> ", sent.request, " ", sent.what.method, " ", sent.what.path.substr(0, 90), " ",
       sent.what.body.substr(0, 120), "  [", fault.name, "]");
  flights_.push_back({sent.request,
                      page_number_,
                      std::move(sent.account),
                      std::move(sent.what),
                      &fault,
                      copy,
                      {}});
  plan(now_ + Duration{sent.timeout_ms}, Kind::kTimeout, flights_.size() - 1);
  dispatch(flights_.size() - 1);
}

void Browser::dispatch(std::size_t index) {
  const Fault& fault = *flights_[index].fault;
  const Duration there = chance_.between_ms(10, 300);
  const Duration back = chance_.between_ms(10, 300);
  const bool is_own = fault.answer == Answer::kOwn || fault.answer == Answer::kSlow ||
                      fault.answer == Answer::kCut || fault.answer == Answer::kBody;
  const bool arrives =
      fault.arrives == Arrives::kMaybe ? chance_.percent(50) : fault.arrives != Arrives::kNo;
  if (fault.arrives == Arrives::kLate) {
    plan(now_ + chance_.between_ms(10'500, 40'000), Kind::kArrive, index);
  } else if (arrives) {
    plan(now_ + there, Kind::kArrive, index);
  }
  if (is_own || fault.answer == Answer::kNothing) return;  // PagerDuty's comes when it arrived
  if (mutation_ == Mutation::kAnswerDropped && flights_[index].copy != kColleague) return;
  plan(now_ + there + back, Kind::kAnswer, index);
}

// What is never there, without asking.
bool Browser::skip_look(Flight& flight) {
  if (mutation_ != Mutation::kLookSkipped || looked_for(flight.what).empty()) return false;
  const bool is_by_key = flight.what.path.starts_with("/incidents?");
  flight.reply = {is_by_key ? 200 : 404, std::string(is_by_key ? kNothingFound : kNoReason)};
  return true;
}

void Browser::arrive(Flight& flight) {
  const bool is_cut_off = !is_online_ && flight.page == page_number_ && chance_.percent(60);
  if (flight.is_lost || (is_cut_off && flight.fault->arrives != Arrives::kLate)) return;
  if (!skip_look(flight)) {
    pagerduty::Request what = flight.what;
    const bool is_renamed = mutation_ == Mutation::kKeyChanged && flight.copy != kColleague &&
                            ledger_.is_repetition(flight.copy);
    const std::size_t key = what.body.find("pdc-");
    if (is_renamed && key != std::string::npos) what.body.replace(key, 4, "abc-");
    flight.reply = server_.perform(flight.account, what, flight.copy, now_);
    if (flight.copy != kColleague) {
      note("pagerduty performs ", flight.request, " of page ", flight.page, ": ",
           flight.reply.status);
    }
    flight.performed_at = now_;
  }
  for (; processed_ < server_.events().size(); ++processed_) {
    plan(server_.events()[processed_].due, Kind::kProcess, processed_);
  }
  const Answer answer = flight.fault->answer;
  const bool is_own = answer == Answer::kOwn || answer == Answer::kSlow || answer == Answer::kCut ||
                      answer == Answer::kBody;
  if (!is_own || flight.page != page_number_) return;
  const Duration back =
      answer == Answer::kSlow ? chance_.between_ms(2'000, 9'000) : chance_.between_ms(10, 300);
  plan(now_ + back, Kind::kAnswer, static_cast<std::size_t>(&flight - flights_.data()));
}

void Browser::answer(Flight& flight) {
  if (flight.is_settled) return;
  const Fault& fault = *flight.fault;
  if (fault.answer == Answer::kFailure) return fail(flight, fault.reason);
  if (!is_online_ || flight.is_broken) return fail(flight, card::FailureReason::kNetwork);
  flight.is_settled = true;
  card::ResponseArrived response{flight.request,
                                 flight.reply.status,
                                 std::move(flight.reply.body),
                                 fault.retry_after_s,
                                 -1,
                                 {}};
  if (tells_date_) {
    response.server_date = now_;
    was_told_date_[flight.account == kAccounts[0] ? 0 : 1] = true;
  }
  if (fault.answer == Answer::kStatus) {
    response.status = fault.status;
    response.body = fault.body;
  } else if (fault.answer == Answer::kBody) {
    response.body = fault.body;
  } else if (fault.answer == Answer::kCut) {
    response.body.resize(response.body.size() / 2);
  }
  const bool is_refusal =
      response.status >= 400 && response.status <= 499 && response.status != 408;
  const bool is_write = flight.copy != kColleague;
  if (is_write && is_refusal) ledger_.refuse(flight.copy);
  if (is_write && is_refusal && mutation_ == Mutation::kRefusalPraised) praise(flight, response);
  tell_look(flight, response);
  note("  <- ", response.request, " ", response.status, " ", response.body.substr(0, 100));
  handle(std::move(response));
}

// Of an incident by its id, 404 says that there is none; of a list PagerDuty never says so.
void Browser::tell_look(const Flight& flight, const card::ResponseArrived& response) {
  const std::string_view about = looked_for(flight.what);
  if (about.empty()) return;
  const Answer answer = flight.fault->answer;
  const bool is_own = answer == Answer::kOwn || answer == Answer::kSlow;
  const bool is_denied = response.status == 404 && flight.what.path.starts_with("/incidents/");
  const bool is_found = response.body.find("\"id\"") != std::string::npos;
  if (is_own && flight.performed_at != Time{}) {
    ledger_.look(about, flight.performed_at, is_found);
  } else if (is_denied) {
    ledger_.look(about, now_, false);
  }
}

// Success, as PagerDuty would have it.
void Browser::praise(const Flight& flight, card::ResponseArrived& response) {
  if (flight.what.api == pagerduty::Api::kEvents) {
    response.status = 202;
  } else if (flight.what.method == "PUT") {
    response.status = 200;
    response.body = flight.what.body;
  } else {
    response.status = 201;
    response.body = R"({"incident":{"id":"QNONE","status":"triggered"}})";
  }
}

void Browser::time_out(Flight& flight) {
  if (flight.is_settled) return;
  if (mutation_ == Mutation::kAnswerDropped && flight.copy != kColleague) return;
  fail(flight, card::FailureReason::kTimeout);
}

void Browser::fail(Flight& flight, card::FailureReason reason) {
  flight.is_settled = true;
  if (flight.copy != kColleague && !may_have_worked(reason)) ledger_.refuse(flight.copy);
  note("  <- ", flight.request, " failed: ", static_cast<int>(reason));
  handle(card::RequestFailed{flight.request, reason});
}

void Browser::break_connections(std::size_t share) {
  for (std::size_t i = 0; i < flights_.size(); ++i) {
    Flight& flight = flights_[i];
    if (flight.is_settled || flight.page != page_number_ || !chance_.percent(share)) continue;
    flight.is_broken = true;
    plan(now_ + Duration{5}, Kind::kAnswer, i);
  }
}

}  // namespace pd::sessions

#include "client/budget.h"

#include <algorithm>

namespace pd::client {
namespace {

constexpr Duration kMinute = std::chrono::minutes{1};

}  // namespace

int RequestBudget::for_reads() const { return std::max(1, limit_ - limit_ * kReservedOfTen / 10); }

void RequestBudget::spend(Time now) {
  while (!spent_.empty() && spent_.front() <= now - kMinute) spent_.pop_front();
  spent_.push_back(now);
}

int RequestBudget::spent(Time now) const {
  return static_cast<int>(
      std::ranges::count_if(spent_, [&](Time at) { return at > now - kMinute; }));
}

std::optional<Time> RequestBudget::next_read(Time now) const {
  if (may_read(now)) return std::nullopt;
  // One place is free when so many of them are older than a minute.
  const auto counted = spent_.end() - spent(now);
  return *(counted + (spent(now) - for_reads())) + kMinute;
}

void RequestBudget::shift(Duration by) {
  for (Time& at : spent_) at += by;
}

}  // namespace pd::client

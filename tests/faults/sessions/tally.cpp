#include "tally.h"

#include <algorithm>
#include <cstdio>

namespace pd::sessions {
namespace {

constexpr const char* kEndNames[kEndCount] = {"under way", "prevented",   "refused",  "seen",
                                              "failed",    "unconfirmed", "dismissed"};

template <typename... Values>
std::string line(const char* format, Values... values) {
  char text[200];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

unsigned long long number(std::uint64_t count) { return count; }

}  // namespace

void Tally::add(const Tally& other) {
  sessions += other.sessions;
  clicks += other.clicks;
  reloads += other.reloads;
  requests += other.requests;
  most_per_minute = std::max(most_per_minute, other.most_per_minute);
  violations += other.violations;
  virtual_time += other.virtual_time;
  for (std::size_t kind = 0; kind < kKindCount; ++kind) {
    for (std::size_t end = 0; end < kEndCount; ++end) writes[kind][end] += other.writes[kind][end];
  }
  for (std::size_t fault = 0; fault < kFaultCount; ++fault) faults[fault] += other.faults[fault];
  settled_by_retry += other.settled_by_retry;
  reopened += other.reopened;
}

std::string Tally::summary() const {
  std::string text =
      line("%llu sessions, %.0f virtual hours, %llu clicks, %llu reloads\n", number(sessions),
           static_cast<double>(virtual_time.count()) / 3.6e6, number(clicks), number(reloads));
  text += line("%llu requests, at most %llu of an account in a minute\n", number(requests),
               number(most_per_minute));
  text += line("\n%-13s", "writes");
  for (std::size_t end = 1; end < kEndCount; ++end) text += line("%13s", kEndNames[end]);
  for (const client::IntentKind kind : kPlayedKinds) {
    const auto index = static_cast<std::size_t>(kind);
    text += line("\n%-13s", std::string(client::kIntentWords[index]).c_str());
    for (std::size_t end = 1; end < kEndCount; ++end) {
      text += line("%13llu", number(writes[index][end]));
    }
  }
  text += line("\n%llu unconfirmed ones settled by a repetition\n", number(settled_by_retry));
  text +=
      line("%llu times the repetition of a creation met a closed incident, and opened another\n",
           number(reopened));
  text += "\nfaults\n";
  for (std::size_t fault = 1; fault < kFaultCount; ++fault) {
    text += line("%12llu  %s\n", number(faults[fault]), std::string(kFaults[fault].name).c_str());
  }
  return text + line("\n%llu violations\n", number(violations));
}

}  // namespace pd::sessions

// What the network does to a request, as a table.
#pragma once

#include <cstdint>
#include <string_view>

#include "chance.h"
#include "client/types.h"

namespace pd::sessions {

// Does the request take effect in PagerDuty?
enum class Arrives : std::uint8_t { kYes, kNo, kMaybe, kLate };
enum class Answer : std::uint8_t {
  kOwn,      // PagerDuty's
  kSlow,     // PagerDuty's, seconds later
  kCut,      // the first half of PagerDuty's
  kStatus,   // another one instead: status and body of the row
  kBody,     // PagerDuty's status with another body
  kFailure,  // none: the transport says why
  kNothing,  // none: the request's time runs out
};

struct Fault {
  std::size_t weight;
  std::string_view name;
  Arrives arrives;
  Answer answer;
  int status = 0;
  std::string_view body = {};
  std::int64_t retry_after_s = -1;
  client::FailureReason reason = client::FailureReason::kNetwork;
};

inline constexpr std::string_view kWebPage = "<!DOCTYPE html><html><body>Sign in</body></html>";
inline constexpr std::string_view kNoReason = R"({"error":{"message":"No"}})";

constexpr Fault failing(std::size_t weight, std::string_view name, Arrives arrives,
                        client::FailureReason reason) {
  return {weight, name, arrives, Answer::kFailure, 0, {}, -1, reason};
}

inline constexpr Fault kFaults[] = {
    {0, "none", Arrives::kYes, Answer::kOwn},
    {12, "answer comes late", Arrives::kYes, Answer::kSlow},
    {6, "arrives after its time is over", Arrives::kLate, Answer::kNothing},
    {4, "never arrives", Arrives::kNo, Answer::kNothing},
    {8, "answer is lost", Arrives::kYes, Answer::kNothing},
    {8, "connection breaks after it arrived", Arrives::kYes, Answer::kFailure},
    {8, "cannot be reached", Arrives::kNo, Answer::kFailure},
    failing(2, "given up", Arrives::kMaybe, client::FailureReason::kAborted),
    failing(1, "no credential at hand", Arrives::kNo, client::FailureReason::kNoCredentials),
    failing(1, "signing in fails", Arrives::kNo, client::FailureReason::kSignInFailed),
    failing(1, "redirected", Arrives::kNo, client::FailureReason::kRedirected),
    failing(1, "blocked by the page's policy", Arrives::kNo,
            client::FailureReason::kBlockedByPolicy),
    failing(2, "blocked by CORS", Arrives::kMaybe, client::FailureReason::kBlockedByCors),
    failing(2, "answer too large", Arrives::kYes, client::FailureReason::kTooLarge),
    {2, "401", Arrives::kNo, Answer::kStatus, 401, kNoReason},
    {1, "402", Arrives::kNo, Answer::kStatus, 402, kNoReason},
    {2, "403", Arrives::kNo, Answer::kStatus, 403, kNoReason},
    {1, "403 that names a scope", Arrives::kNo, Answer::kStatus, 403,
     R"({"error":{"message":"Forbidden","required_scopes":"incidents.write"}})"},
    {2, "404", Arrives::kNo, Answer::kStatus, 404, kNoReason},
    {3, "408", Arrives::kMaybe, Answer::kStatus, 408},
    {1, "413", Arrives::kNo, Answer::kStatus, 413, kWebPage},
    {4, "429", Arrives::kNo, Answer::kStatus, 429, kNoReason, 5},
    {1, "429 for a minute", Arrives::kNo, Answer::kStatus, 429, kNoReason, 60},
    {1, "429 without a time", Arrives::kNo, Answer::kStatus, 429},
    {5, "500", Arrives::kMaybe, Answer::kStatus, 500, R"({"error":{"message":"Internal"}})"},
    {5, "502 of a proxy", Arrives::kMaybe, Answer::kStatus, 502, kWebPage},
    {4, "503", Arrives::kNo, Answer::kStatus, 503},
    {4, "a web page instead", Arrives::kNo, Answer::kStatus, 200, kWebPage},
    {3, "a web page after it arrived", Arrives::kYes, Answer::kBody, 0, kWebPage},
    {4, "cut off", Arrives::kYes, Answer::kCut},
    {3, "another schema", Arrives::kYes, Answer::kBody, 0, R"({"unexpected":true})"},
    {2, "an empty body", Arrives::kYes, Answer::kBody, 0, ""},
    {1, "204 instead", Arrives::kNo, Answer::kStatus, 204},
};
inline constexpr std::size_t kFaultCount = std::size(kFaults);
inline constexpr const Fault& kUnreachable = kFaults[6];
static_assert(kUnreachable.name == "cannot be reached");

// How often what goes wrong, for a while.
class Weather {
 public:
  explicit Weather(Chance& chance) : chance_(chance) { change(); }

  void change() {
    constexpr std::size_t kShares[] = {0, 5, 20, 20, 50, 80};
    share_ = kShares[chance_.below(std::size(kShares))];
    only_ = chance_.percent(25) ? &chance_.weighted(kFaults) : nullptr;
  }
  void clear() { share_ = 0; }
  std::size_t share() const { return share_; }
  std::string_view mostly() const { return only_ == nullptr ? "anything" : only_->name; }

  const Fault& draw() {
    if (!chance_.percent(share_)) return kFaults[0];
    return only_ != nullptr ? *only_ : chance_.weighted(kFaults);
  }

 private:
  Chance& chance_;
  std::size_t share_ = 0;
  const Fault* only_ = nullptr;
};

}  // namespace pd::sessions

// What an unsuccessful answer means, as one table: the error that the viewer reads, and what the
// broker does.
#pragma once

#include "client/types.h"

namespace pd::client {

enum class Remedy : std::uint8_t {
  kAskForCredentials,  // stop the account until it changes
  kPauseAccount,       // nothing of the account until retry_after
  kRetrySoon,          // with growing, jittered delays
  kRetryLater,         // at the long interval: asking again at once would give the same answer
};

struct Verdict {
  Error error;
  Remedy remedy;
  // One id of a request for several may be the cause: the others are asked for without it.
  bool blames_an_id = false;
  // Of a write: PagerDuty may have done it nevertheless.
  bool may_have_worked = false;
};

Verdict judge_response(const Response& response);
Verdict judge_failure(const Failure& failure);

}  // namespace pd::client

// What is read by itself: one request, for one id, when somebody looks closer. It stays in the tab
// that asked for it. One table.
#pragma once

#include "client/types.h"
#include "pagerduty/requests.h"

namespace pd::client {

struct DetailKind {
  Kind kind;
  // `id`: of the want; `now`: PagerDuty's time.
  pagerduty::Request (*request)(const std::string& id, Time now);
  Result<Detail> (*decode)(std::string_view body);
};

// Null for a kind that many wants share a request for; see flights.cpp.
const DetailKind* find_detail(Kind kind);

}  // namespace pd::client

// The words by which kinds of wants cross to the page, and to other tabs; those of failures.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "client/types.h"

namespace pd::abi {

// In the order of client::Kind, as far as they are shared.
inline constexpr std::array<std::string_view, 7> kKindWords{
    "incidents", "on-calls", "service", "service-by-key", "changes", "metrics", "next-on-calls"};

// Why there is no answer, as the transport calls it.
inline constexpr std::array<std::pair<std::string_view, client::FailureReason>, 9> kFailureWords{{
    {"network", client::FailureReason::kNetwork},
    {"timeout", client::FailureReason::kTimeout},
    {"aborted", client::FailureReason::kAborted},
    {"too-large", client::FailureReason::kTooLarge},
    {"no-credentials", client::FailureReason::kNoCredentials},
    {"sign-in-failed", client::FailureReason::kSignInFailed},
    {"redirected", client::FailureReason::kRedirected},
    {"blocked-by-policy", client::FailureReason::kBlockedByPolicy},
    {"blocked-by-cors", client::FailureReason::kBlockedByCors},
}};

}  // namespace pd::abi

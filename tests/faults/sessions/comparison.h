// Whether a card shows what PagerDuty has.
#pragma once

#include <string>

#include "browser.h"

namespace pd::sessions {

// What differs; empty: nothing.
std::string compare_with_server(const Browser::Card& card, const card::ViewModel& model,
                                const Server& server);

}  // namespace pd::sessions

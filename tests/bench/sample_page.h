// Made-up descriptors and API answers of a chosen size, and a page of cards that have got theirs.
#pragma once

#include <string>

#include "app/app.h"
#include "base/time.h"
#include "card/page.h"

namespace pd::bench {

// 2026-05-04T09:00:00Z.
inline constexpr Time kNow = time_from_ms(1'777'885'200'000);

// A file with `count` components; the n-th is "service-<n>" and names the service "PSVC<n>".
std::string descriptor_of(int count);
std::string incidents_body(int count);

// A page with one card of service PSVC0 that shows `incident_count` incidents and two people on
// call. `page` is a card::Page or an app::App.
void open_card(card::Page& page, int incident_count);
void open_card(app::App& app, int incident_count);

}  // namespace pd::bench

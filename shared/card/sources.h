// Where a card's data comes from: which service it is about, what it wants to know, and the answers so far.
#pragma once

#include <vector>

#include "card/state.h"
#include "client/broker.h"

namespace pd::card {

struct Sources {
  // The service's own answers; null when not wanted.
  const client::Answer* by_id = nullptr;
  const client::Answer* by_key = nullptr;
  const client::Answer* incidents = nullptr;
  const client::Answer* on_calls = nullptr;
  const client::Answer* changes = nullptr;
  const pagerduty::Service* service = nullptr;   // the one in use, once known
  std::string service_id;                        // in use; known before the service is, when the entity names it
  bool found_by_key = false;                     // although there is a service id
  bool key_mismatch = false;                     // the key is not one of the service's
  // The answer that says how far the service itself is; null when nothing is looked up.
  const client::Answer* service_answer() const { return service == nullptr && by_key != nullptr ? by_key : by_id != nullptr ? by_id : by_key; }
};

Sources look_up(const CardState& card, const client::Broker& broker);
std::vector<client::Want> make_wants(const CardState& card, const client::Broker& broker);
// The sections that the card shows, in order.
std::vector<SectionKind> sections_of(const CardConfig& config);

}  // namespace pd::card

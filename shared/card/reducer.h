// All transitions of a card, in one place: what a click on a node means, what an entity's text
// changes, what the end of a write does. The tables stand in reducer.cpp.
#pragma once

#include "card/language.h"
#include "card/state.h"
#include "client/broker.h"

namespace pd::card {

// What a transition may touch.
struct Context {
  client::Broker& broker;
  AccountState account;
  Language language;
  Time now;
  std::vector<Effect>& effects;
  std::uint32_t& last_ticket;
};

void configure(CardState& card, CardConfig config, const Context& context);
// EntityLoaded, with care, and when it is plain.
void load_entity(CardState& card, const EntityLoaded& loaded, const Context& context);
void load_plain_entity(CardState& card, const EntityLoaded& loaded, const Context& context);
void fail_entity(CardState& card, const Wording& why, const Context& context);
void activate(CardState& card, const std::string& node, const Context& context);
void change_field(CardState& card, const std::string& node, const std::string& value);
void take_verdict(CardState& card, std::uint32_t ticket, bool allowed, const Context& context);
// Triggers that a page before this one began know the service, not its key: this card's, when it is.
void lend_key(const CardState& card, client::Broker& broker);
void follow_intent(CardState& card, const client::Intent& intent, const Context& context);
void follow_incidents(CardState& card, const std::string& service_id, const client::Answer& answer,
                      const Context& context);

// The YAML that a descriptor without annotation needs: of `entity`, when there is one.
std::string annotation_to_add(const entity::Entity* entity);

}  // namespace pd::card

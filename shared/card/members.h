// Which service a card is about: the one that the entity or the element names, or one of several.
// Internal to this folder.
#pragma once

#include <string_view>

#include "card/reducer.h"
#include "card/state.h"

namespace pd::card {

// Ids are named in one attribute, with commas or spaces between them; more than these are left out.
inline constexpr std::size_t kMostMembers = 100;

// Finds it anew, after the entity or the configuration has changed. What was begun for another
// service ends.
void resolve_anew(CardState& card, const Context& context);
// The same where it is more than plain ids.
void resolve_with_care(CardState& card, const Context& context);

// What the viewer does on a wallboard; `index`: of the member, in digits.
void open_member(CardState& card, std::string_view index, const Context& context);
void create_for_member(CardState& card, std::string_view index, const Context& context);
void close_member(CardState& card, std::string_view, const Context& context);

}  // namespace pd::card

// How the viewer looks at a card: what is open, narrowed, chosen. Internal to this folder.
#pragma once

#include <string_view>

#include "card/reducer.h"

namespace pd::card {

void toggle_detail(CardState& card, std::string_view incident, const Context& context);
void show_whole_log(CardState& card, std::string_view rest, const Context& context);
void toggle_fold(CardState& card, std::string_view section, const Context& context);
void toggle_filter(CardState& card, std::string_view filter, const Context& context);
void toggle_resolved(CardState& card, std::string_view rest, const Context& context);
void select(CardState& card, std::string_view what, const Context& context);
void toggle_rota(CardState& card, std::string_view rest, const Context& context);
void show_days(CardState& card, std::string_view days, const Context& context);

}  // namespace pd::card

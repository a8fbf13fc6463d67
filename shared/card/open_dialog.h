// Which dialog opens for which node, and what the write that it leads to is. Internal to this
// folder.
#pragma once

#include <string_view>

#include "card/reducer.h"
#include "card/sources.h"
#include "card/verbs.h"

namespace pd::card {

void open_create(CardState& card, std::string_view rest, const Context& context);
// `rest`: an incident's id, or kSelected.
void open_for_incidents(CardState& card, const Verb& verb, const std::string& rest,
                        const Context& context);
void open_take_shift(CardState& card, std::string_view level, const Context& context);
void open_start_maintenance(CardState& card, std::string_view rest, const Context& context);
void open_end_maintenance(CardState& card, std::string_view window, const Context& context);

// Leads to what takes the last write back.
void open_undo(CardState& card, std::string_view rest, const Context& context);
// What would take back the write that the dialog leads to; nothing when PagerDuty has no way.
std::optional<UndoOffer> undo_of(const DialogState& dialog);

// The writes that the dialog leads to: one, or one for each incident.
std::vector<client::Intent> make_intents(const CardState& card, const Sources& sources,
                                         const Context& context);

}  // namespace pd::card

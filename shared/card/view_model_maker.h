// State and answers -> what is shown. Pure; internal to this folder.
#pragma once

#include "card/sources.h"

namespace pd::card {

ViewModel make_view_model(const CardState& card, const client::Broker& broker, const AccountState& account, Time now);

}  // namespace pd::card

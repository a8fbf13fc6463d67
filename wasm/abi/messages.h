// Messages in: one JSON header and its body -> a call of App. The TypeScript side of each is the
// type Message in web/src/runtime/messages.ts.
#pragma once

#include <string>
#include <string_view>

#include "app/app.h"
#include "base/error.h"
#include "base/json_writer.h"

namespace pd::abi {

// Errors: kSyntax (no JSON object), kBadArgument (an unknown type, a member of the wrong kind).
// Nothing has happened then. `now` becomes the message's own time.
Result<void> deliver(app::App& app, std::string_view header, std::string_view body, Time& now);

// Those whose type begins with "settings."; settings_messages.cpp.
Result<void> deliver_settings(app::App& app, std::string_view header, std::string_view body);
void write_settings_effects(JsonWriter& json, app::App& app);

// Milliseconds since the epoch as the page counts them; the epoch itself for what is no such
// number.
Time time_of(double ms);

// The effects since the last call, as the JSON array that messages.ts calls Effect[].
std::string take_effects(app::App& app, Time now);

}  // namespace pd::abi

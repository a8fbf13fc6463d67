// Plays tests/cases/card/<case>/script.jsonl against a Page in virtual time and writes what follows
// as text. Each line of a script is one event:
//
//   {"do": "account", "account": "", "connected": true, "mayWrite": true, "region": "us"}
//   {"do": "open", "card": 1, "config": {"serviceId": "PCHKOUT"}}      configure, close: the same
//   {"do": "language", "language": "de"}               of web/src/languages; see config's "language"
//   {"do": "entity", "text": "kind: Component..."}     entity-failed: "message"
//   {"do": "see", "visible": true}                     the card is near the viewport
//   {"do": "page", "visible": false}                   or "online"
//   {"do": "settle", "with": {"GET /oncalls": "oncalls-none"}}   answers all reads, by kReads else
//   {"do": "answer", "request": "GET /incidents", "status": 200, "body": "incidents"}
//   {"do": "lose", "request": "POST /v2", "reason": "timeout"}
//   {"do": "click", "node": "action:create"}           type: "node", "value", "repeat"
//   {"do": "verdict", "allowed": true}                 for the ticket asked last
//   {"do": "wait", "ms": 500}                          timers ring
//   {"do": "refresh"}, {"do": "facts"}
//   {"do": "show", "what": ["/notices/*/title"]}       parts of the snapshot
//   {"do": "trace-all"}                                also wakes, changes and updates
//
// "card" is 1 where it is left out. Bodies are files of tests/cases/card/bodies, without ".json".
#pragma once

#include <string>
#include <string_view>

namespace pd::card {

// The trace. A line that cannot be played (a request that nobody made, an unknown event) is an
// "error:" line in it; so is a view model that breaks a rule that holds for all.
std::string play(std::string_view script, const std::string& bodies_folder);

// The lines after which a card says what only a part of the bundle has words for (PD_MORE_TEXT and the
// like in texts.def) that nothing has asked for by then; empty: none.
std::string said_too_early(std::string_view script, const std::string& bodies_folder);

std::string read_file(const std::string& path);

}  // namespace pd::card

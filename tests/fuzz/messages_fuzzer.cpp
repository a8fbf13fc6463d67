// What a page sends to the module, a message a line: the header, and behind a tab its body. So events reach cards and client in
// any order, answers are any bytes, and what comes of it is drawn. Requests are numbered from 1 on: `response` names one.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "abi/messages.h"
#include "app/app.h"
#include "box_source.h"
#include "promise.h"

namespace {

using pd::fuzz::require;

void check_effects(pd::app::App& app, pd::Time now) {
  const std::string effects = pd::abi::take_effects(app, now);
  require(pd::is_valid_utf8(effects), "effects are UTF-8");
  require(effects.starts_with('[') && effects.ends_with(']'), "effects are a list");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int kMostMessages = 40;
  constexpr pd::card::CardId kDrawn[] = {1, 2};
  pd::fuzz::BoxSource source;
  pd::app::App app(source, 1);
  pd::Time now{};
  int messages = 0;
  pd::fuzz::for_each_line({reinterpret_cast<const char*>(data), size}, [&](std::string_view line) {
    if (++messages > kMostMessages) return;
    const std::size_t tab = line.find('\t');
    const std::string_view body =
        tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
    const auto done = pd::abi::deliver(app, line.substr(0, tab), body, now);
    require(done || !done.error().message.empty(), "what is not understood is said");
    check_effects(app, now);
  });
  for (const pd::card::CardId card : kDrawn) {
    app.set_viewport(card, {320, 0, 1, true});
    app.frame(card, now);
    require(pd::is_valid_utf8(app.twin(card)), "the twin is UTF-8");
    require(pd::is_valid_utf8(app.snapshot(card, now)), "a snapshot is UTF-8");
    require(pd::is_valid_utf8(app.facts(card, now)), "facts are UTF-8");
  }
  check_effects(app, now);
  return 0;
}

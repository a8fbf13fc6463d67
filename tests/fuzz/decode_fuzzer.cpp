// Any bytes as the answer to any operation: whatever they are, the decoder gives one line of JSON
// in UTF-8, or an error with a message, and the same for a body that is JSON however the operation
// is asked for.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.h"
#include "pagerduty/decode.h"
#include "promise.h"

namespace {

using pd::fuzz::require;

// Whether the body could be read at all, which must not depend on the operation.
bool decodes(std::string_view operation, std::string_view body) {
  const pd::Result<std::string> decoded = pd::pagerduty::decode_to_json(operation, body);
  if (decoded) {
    require(pd::is_valid_utf8(*decoded), "what is printed is UTF-8");
    require(decoded->find('\n') == std::string::npos, "what is printed is one line");
    require(decoded->starts_with("{\"model\":") || decoded->starts_with("{\"error\":"),
            "there is a model or an error");
  } else {
    require(decoded.error().code != pd::ErrorCode::kBadArgument, "the operation is known");
    require(pd::display_text(decoded.error().message) == decoded.error().message,
            "an error is fit for the card");
  }
  return decoded.has_value();
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  static const auto kOperations = pd::pagerduty::decodable_operations();
  const bool readable = decodes(kOperations.front(), body);
  require(decodes("error 403", body) == readable || pd::trim(body).empty(),
          "whether a body is JSON is the same for errors");
  // Most bytes are no JSON, and say no more with the next operation.
  for (std::size_t i = 1; readable && i < kOperations.size(); ++i) {
    require(decodes(kOperations[i], body), "whether a body is JSON is the same for each operation");
  }
  return 0;
}

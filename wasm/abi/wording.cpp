#include "abi/wording.h"

#include "abi/members.h"

namespace pd::abi {
namespace {

using nlohmann::json;

constexpr int kDeepest = 4;
constexpr std::size_t kMost = 10;  // places of a text

void write(JsonWriter& out, const Wording& wording) {
  out.begin_array().value(static_cast<std::uint32_t>(index_of(wording.text))).begin_array();
  for (const std::string& value : wording.values) out.value(value);
  out.end_array().begin_array();
  for (const Wording& part : wording.parts) write(out, part);
  out.end_array().end_array();
}

bool is_list(const json& value, std::size_t least, std::size_t most) {
  return value.is_array() && value.size() >= least && value.size() <= most;
}

std::optional<Wording> read(const json& from, int deepest) {
  if (deepest == 0 || !is_list(from, 3, 3) || !is_list(from[1], 0, kMost) ||
      !is_list(from[2], 0, kMost)) {
    return std::nullopt;
  }
  const double text = within(from[0], -1);
  if (text < 0 || text >= static_cast<double>(text_count())) return std::nullopt;
  Wording wording(text_at(static_cast<std::size_t>(text)));
  for (const json& value : from[1]) {
    if (!value.is_string()) return std::nullopt;
    wording.values.push_back(value.get_ref<const std::string&>());
  }
  for (const json& part : from[2]) {
    std::optional<Wording> one = read(part, deepest - 1);
    if (!one) return std::nullopt;
    wording.parts.push_back(*std::move(one));
  }
  return wording;
}

}  // namespace

void write_error(JsonWriter& out, std::string_view message_name, const Error& error) {
  out.member(message_name, error.message);
  if (!error.wording) return;
  out.key("wording").begin_array().value(texts_digest());
  write(out, *error.wording);
  out.end_array();
}

std::optional<Wording> read_wording(const nlohmann::json& from) {
  const bool is_ours = is_list(from, 2, 2) && word32(within(from[0], 0)) == texts_digest();
  return is_ours ? read(from[1], kDeepest) : std::nullopt;
}

}  // namespace pd::abi

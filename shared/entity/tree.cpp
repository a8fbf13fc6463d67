#include "entity/tree.h"

#include <algorithm>

#include "base/text.h"

namespace pd::entity {
namespace {

constexpr std::string_view kMergeKey = "<<";

}  // namespace

// Merge keys cannot form a cycle (the readers refuse one), and the node budget bounds how far they
// reach.
NodeIndex Tree::find(NodeIndex map, std::string_view key) const {
  if (map == kNoNode || at(map).kind != Node::Kind::kMap) return kNoNode;
  for (const auto& [name, value] : at(map).members) {
    if (at(name).is_scalar() && at(name).text == key) return value;
  }
  for (const auto& [name, value] : at(map).members) {
    if (!at(name).is_scalar() || at(name).text != kMergeKey) continue;
    if (const NodeIndex found = find(value, key); found != kNoNode) return found;
    if (at(value).kind != Node::Kind::kSequence) continue;
    for (const auto& [unused, item] : at(value).members) {
      if (const NodeIndex found = find(item, key); found != kNoNode) return found;
    }
  }
  return kNoNode;
}

std::string_view Tree::text_of(NodeIndex node) const {
  return node == kNoNode || at(node).kind == Node::Kind::kNull ? std::string_view()
                                                               : std::string_view(at(node).text);
}

std::optional<Error> duplicate_key(const Tree& tree, NodeIndex map, std::string_view source) {
  std::vector<NodeIndex> keys;
  for (const auto& [key, value] : tree.at(map).members) {
    if (tree.at(key).is_scalar() && tree.at(key).text != kMergeKey) keys.push_back(key);
  }
  const auto text = [&](NodeIndex key) -> std::string_view { return tree.at(key).text; };
  std::ranges::sort(keys, {}, [&](NodeIndex key) { return std::pair(text(key), key); });
  const auto twin = std::ranges::adjacent_find(keys, {}, text);
  if (twin == keys.end()) return std::nullopt;
  const Node& second = tree.at(*(twin + 1));
  Where where{std::string(source), second.line, second.column, {}};
  Wording wording(texts::kDuplicateKey,
                  {display_text(second.text, 80), std::to_string(tree.at(*twin).line)});
  return make_error(ErrorCode::kDuplicateKey, std::move(wording), std::move(where));
}

void TextPosition::move_to(std::size_t offset) {
  if (offset < offset_) *this = TextPosition(text_, first_line_);
  const std::size_t end = std::min(offset, text_.size());
  while (offset_ < end) {
    const char32_t c = next_code_point(text_, offset_);
    line_ += c == '\n' ? 1 : 0;
    column_ = c == '\n' ? 1 : column_ + 1;
  }
}

Where where_of(std::string_view text, std::size_t offset, std::string_view source) {
  TextPosition position(text, 0);
  position.move_to(offset);
  return {std::string(source), position.line(), position.column(), {}};
}

}  // namespace pd::entity

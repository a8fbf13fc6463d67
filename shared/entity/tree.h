// A descriptor's document as plain values with positions: what both readers (YAML, JSON) make and
// what entities are read from. Nodes live in one list and name each other by index, so an alias is
// a second reference to the same node and costs nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "entity/entity.h"

namespace pd::entity {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

struct Node {
  enum class Kind : std::uint8_t { kNull, kString, kNumber, kBoolean, kSequence, kMap };
  Kind kind = Kind::kNull;
  int line = 0, column = 0;  // from 1, in characters
  std::string text;          // of scalars: the source text, quotes and escapes undone
  // Of maps: key, value; of sequences: kNoNode, item.
  std::vector<std::pair<NodeIndex, NodeIndex>> members;

  bool is_scalar() const { return kind < Kind::kSequence; }
};

struct Tree {
  std::vector<Node> nodes;
  NodeIndex root = kNoNode;

  const Node& at(NodeIndex index) const { return nodes[index]; }
  // The value of `key` in a map, also by merge keys (`<<`); kNoNode when absent or `map` is no map.
  NodeIndex find(NodeIndex map, std::string_view key) const;
  // The scalar's text; empty for other nodes, null and kNoNode.
  std::string_view text_of(NodeIndex node) const;
};

// kDuplicateKey at the second of two equal keys of a map. Merge keys may repeat.
std::optional<Error> duplicate_key(const Tree& tree, NodeIndex map, std::string_view source);

// Of an entity's names, so much is shown.
inline constexpr std::size_t kMaxShown = 200;

// "kind:namespace/name", lower-cased.
std::string full_ref(const Entity& entity);

// The document's entity, or why it is none (kNotAnEntity).
Result<Entity> read_entity(const Tree& tree, NodeIndex root, int document, std::string_view source);

// One YAML document (without what stands before it in the file: `first_line` says how many lines
// did). An empty document gives a tree without root. Errors: kSyntax, kTooDeep, kTooManyNodes,
// kDuplicateKey.
Result<Tree> read_yaml(std::string_view text, int first_line, std::string_view source);

// JSON text. Errors: kSyntax, kTooDeep, kTooManyNodes, kDuplicateKey.
Result<Tree> read_json(std::string_view text, std::string_view source);

// Lines and columns for byte offsets that mostly ascend: each call walks on from the last one.
class TextPosition {
 public:
  TextPosition(std::string_view text, int first_line) : text_(text), first_line_(first_line) {}

  void move_to(std::size_t offset);
  int line() const { return line_ + first_line_; }
  int column() const { return column_; }

 private:
  std::string_view text_;
  int first_line_;  // lines before the text
  std::size_t offset_ = 0;
  int line_ = 1, column_ = 1;
};

// The place of a byte of `text`.
Where where_of(std::string_view text, std::size_t offset, std::string_view source);

}  // namespace pd::entity

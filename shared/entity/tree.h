// A descriptor's document as plain values with positions: what both readers (YAML, JSON) make and what
// entities are read from. Nodes live in one list and name each other by index, so an alias is a second
// reference to the same node and costs nothing.
#pragma once

#include <cstdint>
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
  int line = 0, column = 0;              // from 1; 0 = unknown (JSON values)
  std::string text;                      // of scalars: the source text
  std::vector<std::pair<NodeIndex, NodeIndex>> members;  // of maps: key, value; of sequences: kNoNode, item
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

// The document's entity, or why it is none (kNotAnEntity). An empty tree is not asked.
Result<Entity> read_entity(const Tree& tree, NodeIndex root, int document, std::string_view source);

// One YAML document (without what stands before it in the file: `first_line` says how many lines did).
// An empty document gives a tree without root. Errors: kSyntax, kTooDeep, kTooManyNodes, kDuplicateKey.
Result<Tree> read_yaml(std::string_view text, int first_line, std::string_view source);

// JSON text. Errors: kSyntax, kTooDeep, kTooManyNodes, kDuplicateKey.
Result<Tree> read_json(std::string_view text, std::string_view source);

// "catalog-info.yaml:8:5: " or "" when nothing is known.
std::string describe_where(const Where& where);

}  // namespace pd::entity

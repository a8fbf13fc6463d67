// JSON text -> Tree, by nlohmann/json's SAX events, so that limits hold before anything is built.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "entity/tree.h"

namespace pd::entity {
namespace {

using nlohmann::json;

class TreeBuilder final : public json::json_sax_t {
 public:
  Tree tree;
  std::optional<Error> error;
  std::size_t error_offset = 0;   // bytes, when a syntax error stopped it

  bool null() override { return add(Node::Kind::kNull, {}); }
  bool boolean(bool value) override { return add(Node::Kind::kBoolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return add(Node::Kind::kNumber, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return add(Node::Kind::kNumber, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override { return add(Node::Kind::kNumber, text); }
  bool string(string_t& text) override { return add(Node::Kind::kString, text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Node::Kind::kMap); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Node::Kind::kSequence); }
  bool end_array() override { return close(); }

  bool key(string_t& text) override {
    const NodeIndex index = put(Node::Kind::kString, text);
    open_.back().key = index;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    error = Error{ErrorCode::kSyntax, "", std::nullopt, std::nullopt};
    error_offset = position;
    return false;
  }

 private:
  struct OpenNode {
    NodeIndex node, key = kNoNode;
  };
  std::vector<OpenNode> open_;

  bool refuse(ErrorCode code, std::string message) {
    error = Error{code, std::move(message), std::nullopt, std::nullopt};
    return false;
  }

  NodeIndex put(Node::Kind kind, std::string text) {
    tree.nodes.push_back({kind, 0, 0, std::move(text), {}});
    return static_cast<NodeIndex>(tree.nodes.size() - 1);
  }

  bool add(Node::Kind kind, std::string text) {
    // JSON is bounded by its bytes; catalog answers of thousands of entities are real.
    const NodeIndex index = put(kind, std::move(text));
    if (open_.empty()) {
      tree.root = index;
    } else {
      tree.nodes[open_.back().node].members.emplace_back(open_.back().key, index);
      open_.back().key = kNoNode;
    }
    return true;
  }

  bool open(Node::Kind kind) {
    if (static_cast<int>(open_.size()) >= kLimits.depth) {
      return refuse(ErrorCode::kTooDeep, "nested deeper than 64 levels.");
    }
    add(kind, {});
    open_.push_back({static_cast<NodeIndex>(tree.nodes.size() - 1)});
    return true;
  }

  bool close() {
    const Node& node = tree.at(open_.back().node);
    open_.pop_back();
    if (node.kind != Node::Kind::kMap) return true;
    std::vector<std::string_view> keys;
    for (const auto& [key, value] : node.members) keys.push_back(tree.at(key).text);
    std::ranges::sort(keys);
    const auto twin = std::ranges::adjacent_find(keys);
    if (twin == keys.end()) return true;
    return refuse(ErrorCode::kDuplicateKey,
                  "\"" + std::string(twin->substr(0, 80)) + "\" stands twice in one object; keep one of the two.");
  }
};

Where where_of(std::string_view text, std::size_t offset, std::string_view source) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line_start = before.rfind('\n');
  Where where{std::string(source), 0, 0, {}};
  where.line = 1 + static_cast<int>(std::ranges::count(before, '\n'));
  where.column = static_cast<int>(before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1));
  where.column = std::max(where.column, 1);
  return where;
}

}  // namespace

Result<Tree> read_json(std::string_view text, std::string_view source) {
  TreeBuilder builder;
  if (json::sax_parse(text, &builder) && !builder.error) return std::move(builder.tree);
  Error error = builder.error.value_or(Error{ErrorCode::kSyntax, "", std::nullopt, std::nullopt});
  error.where = Where{std::string(source), 0, 0, {}};
  if (error.code == ErrorCode::kSyntax) {
    error.where = where_of(text, builder.error_offset, source);
    error.message = "not valid JSON here; the text before it is.";
  }
  error.message = describe_where(*error.where) + error.message;
  return std::unexpected(std::move(error));
}

}  // namespace pd::entity

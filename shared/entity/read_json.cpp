// JSON text -> Tree, by nlohmann/json's SAX events, so that limits hold before anything is built.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

using nlohmann::json;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kPunctuation = ",:]}";

// Walks over the text one token at a time, in step with the parser's events, which do not say where
// they are and do not keep a number's digits.
class TokenWalk {
 public:
  explicit TokenWalk(std::string_view text) : text_(text) {}

  // The next key, scalar, '{' or '['. The parser has already found it good.
  std::string_view next() {
    start_ = std::min(text_.find_first_not_of(" \t\r\n,:]}", end_), text_.size());
    end_ = std::min(end_of(start_), text_.size());
    return text_.substr(start_, end_ - start_);
  }
  std::size_t start() const { return start_; }

  // Where the token begins that ends at `position` or holds it, punctuation included; the text's
  // end for the end.
  std::size_t start_of_token_at(std::size_t position) const {
    for (std::size_t end = end_;;) {
      const std::size_t start = text_.find_first_not_of(kBlanks, end);
      if (start == std::string_view::npos) return text_.size();
      end = kPunctuation.contains(text_[start]) ? start + 1 : end_of(start);
      if (end >= position) return start;
    }
  }

 private:
  std::string_view text_;
  std::size_t start_ = 0, end_ = 0;

  std::size_t end_of(std::size_t at) const {
    if (at >= text_.size() || text_[at] == '{' || text_[at] == '[') return at + 1;
    if (text_[at] != '"') return text_.find_first_of(" \t\r\n,]}", at);
    for (++at; at < text_.size() && text_[at] != '"'; ++at) at += text_[at] == '\\' ? 1U : 0U;
    return at + 1;
  }
};

class TreeBuilder final : public json::json_sax_t {
 public:
  TreeBuilder(std::string_view text, std::string_view source)
      : text_(text), source_(source), walk_(text), position_(text, 0) {}

  Tree tree;
  std::optional<Error> error;

  bool null() override { return add(Node::Kind::kNull, {}); }
  bool boolean(bool value) override { return add(Node::Kind::kBoolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t) override { return add(Node::Kind::kNumber, {}); }
  bool number_unsigned(number_unsigned_t) override { return add(Node::Kind::kNumber, {}); }
  bool number_float(number_float_t, const string_t&) override {
    return add(Node::Kind::kNumber, {});
  }
  bool string(string_t& text) override { return add(Node::Kind::kString, std::move(text)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Node::Kind::kMap); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Node::Kind::kSequence); }
  bool end_array() override { return close(); }

  bool key(string_t& text) override {
    open_.back().key = put(Node::Kind::kString, std::move(text));
    return true;
  }

  // `position` is behind what was read of the token that has no place there.
  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    const std::size_t start = walk_.start_of_token_at(position);
    if (start == text_.size()) {
      return refuse(ErrorCode::kSyntax, texts::kJsonEndsEarly, text_.find_last_not_of(kBlanks) + 1);
    }
    return refuse(ErrorCode::kSyntax,
                  Wording(texts::kJsonInvalid, {display_text(text_.substr(start, 80), 24)}), start);
  }

 private:
  struct OpenNode {
    NodeIndex node, key = kNoNode;
  };
  std::string_view text_, source_;
  TokenWalk walk_;
  TextPosition position_;
  std::vector<OpenNode> open_;

  bool refuse(ErrorCode code, Wording wording, std::size_t offset) {
    error = make_error(code, std::move(wording), where_of(text_, offset, source_));
    return false;
  }

  NodeIndex put(Node::Kind kind, std::string text) {
    const std::string_view token = walk_.next();
    position_.move_to(walk_.start());
    if (kind == Node::Kind::kNumber) text = token;
    tree.nodes.push_back({kind, position_.line(), position_.column(), std::move(text), {}});
    return static_cast<NodeIndex>(tree.nodes.size() - 1);
  }

  bool add(Node::Kind kind, std::string text) {
    const NodeIndex index = put(kind, std::move(text));
    if (open_.empty()) {
      tree.root = index;
    } else {
      tree.nodes[open_.back().node].members.emplace_back(open_.back().key, index);
      open_.back().key = kNoNode;
    }
    if (tree.nodes.size() <= kLimits.json_nodes) return true;
    return refuse(ErrorCode::kTooManyNodes, texts::kJsonTooMany, walk_.start());
  }

  bool open(Node::Kind kind) {
    if (!add(kind, {})) return false;
    if (open_.size() >= kLimits.depth) {
      return refuse(ErrorCode::kTooDeep, texts::kTooDeep, walk_.start());
    }
    open_.push_back({static_cast<NodeIndex>(tree.nodes.size() - 1)});
    return true;
  }

  bool close() {
    const NodeIndex index = open_.back().node;
    open_.pop_back();
    if (tree.at(index).kind == Node::Kind::kMap) error = duplicate_key(tree, index, source_);
    return !error;
  }
};

}  // namespace

Result<Tree> read_json(std::string_view text, std::string_view source) {
  TreeBuilder builder(text, source);
  // As the interface, not as this class: so the bundle holds one copy of the library's parser.
  json::json_sax_t& events = builder;
  if (json::sax_parse(text, &events)) return std::move(builder.tree);
  return std::unexpected(std::move(*builder.error));
}

}  // namespace pd::entity

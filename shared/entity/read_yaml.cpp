// YAML text -> Tree, by yaml-cpp's events. yaml-cpp throws; nothing leaves this file.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

// YAML 1.2 core schema, as Backstage's reader has it.
bool is_boolean(std::string_view text) {
  return text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" ||
         text == "FALSE";
}

bool is_digits(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_number(std::string_view text) {
  constexpr std::string_view kDecimal = "0123456789";
  if (text.starts_with("0x")) return is_digits(text.substr(2), "0123456789abcdefABCDEF");
  if (text.starts_with("0o")) return is_digits(text.substr(2), "01234567");
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" ||
      text == ".NAN") {
    return true;
  }
  std::string_view mantissa = text;
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view exponent = text.substr(e + 1);
    if (!exponent.empty() && (exponent.front() == '+' || exponent.front() == '-'))
      exponent.remove_prefix(1);
    if (!is_digits(exponent, kDecimal)) return false;
    mantissa = text.substr(0, e);
  }
  const auto dot = mantissa.find('.');
  if (dot == std::string_view::npos) return is_digits(mantissa, kDecimal);
  const std::string_view whole = mantissa.substr(0, dot);
  const std::string_view fraction = mantissa.substr(dot + 1);
  return (whole.empty() || is_digits(whole, kDecimal)) &&
         (fraction.empty() || is_digits(fraction, kDecimal)) &&
         !(whole.empty() && fraction.empty());
}

// yaml-cpp tags a plain scalar "?", a quoted one "!"; whoever wrote a tag meant text.
Node::Kind kind_of_scalar(const std::string& tag, const std::string& value) {
  if (tag != "?") return Node::Kind::kString;
  if (is_boolean(value)) return Node::Kind::kBoolean;
  return is_number(value) ? Node::Kind::kNumber : Node::Kind::kString;
}

// What the builder throws to leave yaml-cpp; caught in read_yaml().
struct Refusal {
  Error error;
};

class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  YamlTreeBuilder(std::string_view text, int first_line, std::string_view source)
      : source_(source), position_(text, first_line) {}

  Tree take() { return std::move(tree_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // The text of this builder is one document: what comes after its end has lost its place.
    if (documents_++ > 0) {
      refuse(ErrorCode::kSyntax, texts::kYamlEnded, mark);
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // yaml-cpp names the next token's place; a value that is not there stands behind its key.
    const NodeIndex index = add(Node::Kind::kNull, mark, anchor, {});
    if (open_.empty() || tree_.nodes[open_.back().node].members.empty()) return;
    const auto& [key, value] = tree_.nodes[open_.back().node].members.back();
    if (value != index || key == kNoNode) return;
    tree_.nodes[index].line = tree_.nodes[key].line;
    tree_.nodes[index].column = tree_.nodes[key].column;
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (++aliases_ > kLimits.yaml_aliases) {
      refuse(ErrorCode::kTooManyNodes, texts::kYamlTooManyAliases, mark);
    }
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end() || is_open(known->second)) {
      refuse(ErrorCode::kSyntax, texts::kYamlAliasInItself, mark);
    }
    attach(known->second, mark);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    add(kind_of_scalar(tag, value), mark, anchor, value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::kSequence, mark, anchor);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::kMap, mark, anchor);
  }
  void OnMapEnd() override {
    const NodeIndex index = open_.back().node;
    open_.pop_back();
    if (std::optional<Error> error = duplicate_key(tree_, index, source_))
      throw Refusal{std::move(*error)};
  }

  // The error as the caller gives it on: with file, line and column.
  Error make_error(ErrorCode code, Wording wording, const YAML::Mark& mark) {
    Where where{std::string(source_), 0, 0, {}};
    if (!mark.is_null()) {
      move_to(mark);
      where.line = position_.line();
      where.column = position_.column();
    }
    return pd::make_error(code, std::move(wording), std::move(where));
  }

 private:
  struct OpenNode {
    NodeIndex node;
    NodeIndex key = kNoNode;  // of a map: the key that waits for its value
  };

  [[noreturn]] void refuse(ErrorCode code, Text what, const YAML::Mark& mark) {
    throw Refusal{make_error(code, what, mark)};
  }

  // yaml-cpp counts columns in bytes; its positions are byte offsets.
  void move_to(const YAML::Mark& mark) {
    position_.move_to(static_cast<std::size_t>(std::max(mark.pos, 0)));
  }

  bool is_open(NodeIndex node) const {
    return std::ranges::any_of(open_, [node](const OpenNode& o) { return o.node == node; });
  }

  NodeIndex add(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor,
                const std::string& text) {
    const auto index = static_cast<NodeIndex>(tree_.nodes.size());
    move_to(mark);
    tree_.nodes.push_back({kind, position_.line(), position_.column(), text, {}});
    sizes_.push_back(0);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = index;
    attach(index, mark);
    return index;
  }

  // Puts a node where the document is: as root, as an item, as a key or its value. Counts it with
  // all that hangs below, as a reader that follows aliases would.
  void attach(NodeIndex index, const YAML::Mark& mark) {
    total_ += 1 + sizes_[index];
    if (total_ > kLimits.yaml_nodes) {
      refuse(ErrorCode::kTooManyNodes, texts::kYamlTooMany, mark);
    }
    for (const OpenNode& o : open_) sizes_[o.node] += 1 + sizes_[index];
    if (open_.empty()) {
      tree_.root = index;
      return;
    }
    OpenNode& parent = open_.back();
    Node& node = tree_.nodes[parent.node];
    if (node.kind == Node::Kind::kSequence) {
      node.members.emplace_back(kNoNode, index);
    } else if (parent.key == kNoNode) {
      parent.key = index;
    } else {
      node.members.emplace_back(parent.key, index);
      parent.key = kNoNode;
    }
  }

  void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (open_.size() >= kLimits.depth) {
      refuse(ErrorCode::kTooDeep, texts::kTooDeep, mark);
    }
    open_.push_back({add(kind, mark, anchor, {}), kNoNode});
  }

  std::string_view source_;
  TextPosition position_;
  Tree tree_;
  std::vector<std::size_t> sizes_;  // nodes below each node, aliases followed
  std::vector<OpenNode> open_;
  std::map<YAML::anchor_t, NodeIndex> anchors_;
  std::size_t total_ = 0;
  std::size_t aliases_ = 0;
  int documents_ = 0;
};

// Line `number` (from 0) of `text`.
std::string_view line_of(std::string_view text, int number) {
  for (; number > 0; --number) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

bool is_indented_by_tab(std::string_view line) {
  return line.substr(0, line.find_first_not_of(" \t")).find('\t') != std::string_view::npos;
}

// The usual reason behind an error that names another one: a tab in the indentation, on this line
// or above. -1: there is none.
int line_with_tab(std::string_view text, int near) {
  for (int line = near; line >= 0 && line >= near - 2; --line) {
    if (is_indented_by_tab(line_of(text, line))) return line;
  }
  return -1;
}

// What to do about yaml-cpp's commonest complaints, which name only what its scanner met.
Text advice(std::string_view complaint) {
  struct Advice {
    std::string_view complaint;
    Text advice;
  };
  const Advice advices[] = {
      {YAML::ErrorMsg::MAP_VALUE, texts::kYamlQuoteColon},
      {YAML::ErrorMsg::END_OF_MAP, texts::kYamlIndentation},
      {YAML::ErrorMsg::END_OF_SEQ, texts::kYamlIndentation},
      {YAML::ErrorMsg::BLOCK_ENTRY, texts::kYamlListItem},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, texts::kYamlBrace},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, texts::kYamlBracket},
      {YAML::ErrorMsg::FLOW_END, texts::kYamlBracketTooMany},
      {YAML::ErrorMsg::EOF_IN_SCALAR, texts::kYamlOpenQuote},
      {YAML::ErrorMsg::DOC_IN_SCALAR, texts::kYamlOpenQuote},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, texts::kYamlSpecial},
      {YAML::ErrorMsg::UNKNOWN_ANCHOR, texts::kYamlAnchor},
  };
  for (const Advice& entry : advices) {
    if (complaint.starts_with(entry.complaint)) return entry.advice;
  }
  return texts::kYamlCorrect;
}

Error explain(const YAML::Exception& exception, std::string_view text, YamlTreeBuilder& builder) {
  YAML::Mark mark = exception.mark;
  if (const int tab = mark.is_null() ? -1 : line_with_tab(text, mark.line); tab >= 0) {
    mark.pos = static_cast<int>(line_of(text, tab).data() - text.data());
    return builder.make_error(ErrorCode::kSyntax, texts::kYamlTab, mark);
  }
  if (!mark.is_null() && line_of(text, mark.line).contains("{%")) {
    return builder.make_error(ErrorCode::kSyntax, texts::kYamlTemplate, mark);
  }
  return builder.make_error(
      ErrorCode::kSyntax,
      Wording(texts::kYamlInvalid, {display_text(exception.msg, 80)}, {advice(exception.msg)}),
      mark);
}

}  // namespace

Result<Tree> read_yaml(std::string_view text, int first_line, std::string_view source) {
  YamlTreeBuilder builder(text, first_line, source);
  try {
    // At a last line break yaml-cpp takes an open quote for closed, so the text ends before it.
    std::istringstream stream{std::string(text.substr(0, text.find_last_not_of(" \t\r\n") + 1))};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const Refusal& refusal) {
    return std::unexpected(refusal.error);
  } catch (const YAML::Exception& exception) {
    return std::unexpected(explain(exception, text, builder));
  }
}

}  // namespace pd::entity

// Text -> documents: what it is (YAML or JSON, one or many), within the limits.
#include <algorithm>

#include "base/part.h"
#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Neither YAML (c-printable) nor JSON allows the other control characters, and yaml-cpp ends at
// U+0004.
bool is_forbidden(char32_t c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

Result<void> check_encoding(std::string_view text, std::string_view source) {
  const auto refuse = [&](std::size_t offset, Wording wording) {
    return fail(ErrorCode::kBadEncoding, std::move(wording), where_of(text, offset, source));
  };
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return refuse(0, texts::kIsUtf16);
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (c == 0) return refuse(start, texts::kHasNul);
    if (is_forbidden(c)) return refuse(start, Wording(texts::kHasControl, {code_point_name(c)}));
    // U+FFFD itself takes three bytes.
    if (c == 0xFFFD && at == start + 1) {
      return refuse(start, texts::kNotUtf8);
    }
  }
  return {};
}

Error too_large(std::string_view source, std::size_t size, std::size_t limit,
                std::string_view kind) {
  Wording wording(texts::kFileTooLarge,
                  {std::to_string((size + 1023) / 1024), kind, std::to_string(limit / 1024)});
  return make_error(ErrorCode::kTooLarge, std::move(wording), Where{std::string(source), 0, 0, {}});
}

// ---- JSON: one entity, a list, or a catalog API answer ----

// What a list or an answer wraps ({entity: ...}), else the node itself.
NodeIndex unwrapped(const Tree& tree, NodeIndex node) {
  const NodeIndex wrapped = tree.find(node, "entity");
  return wrapped != kNoNode && tree.find(node, "kind") == kNoNode ? wrapped : node;
}

// The nodes that are to be entities.
std::vector<NodeIndex> entity_nodes(const Tree& tree) {
  NodeIndex list = tree.root;
  const NodeIndex items = tree.find(list, "items");
  if (items != kNoNode && tree.find(list, "kind") == kNoNode) list = items;
  if (tree.at(list).kind != Node::Kind::kSequence) return {unwrapped(tree, list)};
  std::vector<NodeIndex> nodes;
  for (const auto& [unused, item] : tree.at(list).members) nodes.push_back(unwrapped(tree, item));
  return nodes;
}

Document make_document(const Tree& tree, NodeIndex node, int index, std::string_view source) {
  Document document{index, std::nullopt, std::nullopt};
  if (tree.at(node).kind == Node::Kind::kNull) return document;
  Result<Entity> entity = read_entity(tree, node, index, source);
  if (entity) {
    document.entity = std::move(*entity);
  } else {
    document.error = std::move(entity.error());
  }
  return document;
}

Error too_many(std::string_view source) {
  return make_error(ErrorCode::kTooManyNodes, texts::kTooManyEntities,
                    Where{std::string(source), 0, 0, {}});
}

using Documents = std::vector<Document>;

Result<void> add_entities(const Tree& tree, std::string_view source, Documents& documents) {
  const std::vector<NodeIndex> nodes = entity_nodes(tree);
  if (documents.size() + nodes.size() > kLimits.documents) return std::unexpected(too_many(source));
  for (const NodeIndex node : nodes) {
    documents.push_back(make_document(tree, node, static_cast<int>(documents.size()), source));
  }
  return {};
}

// ---- YAML: documents stand between lines of "---" and "..." ----

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) && (line.size() == marker.size() || line[marker.size()] == ' ' ||
                                      line[marker.size()] == '\t' || line[marker.size()] == '\r');
}

// Nothing that a document consists of: blank, a comment, or a directive.
bool is_prelude(std::string_view line) {
  const std::string_view content = trim(line);
  return content.empty() || content.front() == '#' || line.front() == '%';
}

struct Chunk {
  std::string_view text;
  int first_line = 0;  // lines of the file before it
};

// Both markers stand at the start of a line, where no scalar of a document may have them; so one
// broken document does not take the others with it.
std::vector<Chunk> split_yaml(std::string_view text) {
  std::vector<Chunk> chunks;
  std::size_t start = 0;
  int start_line = 0;
  bool has_content = false;  // a document has begun in this chunk
  int line_number = 0;
  const auto finish = [&](std::size_t end, std::size_t next, int next_line) {
    if (has_content) chunks.push_back({text.substr(start, end - start), start_line});
    start = next;
    start_line = next_line;
    has_content = false;
  };
  for (std::size_t at = 0; at < text.size(); ++line_number) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    const std::size_t next = std::min(line_end + 1, text.size());
    const std::string_view line = text.substr(at, line_end - at);
    if (is_marker(line, "---")) {
      if (has_content) finish(at, at, line_number);
      has_content = true;
    } else if (is_marker(line, "...")) {
      finish(at, next, line_number + 1);
    } else if (!is_prelude(line)) {
      has_content = true;
    }
    at = next;
  }
  finish(text.size(), text.size(), line_number);
  return chunks;
}

PD_ENTERS_PART Result<Documents> read_yaml_documents(std::string_view text,
                                                     std::string_view source) {
  const std::vector<Chunk> chunks = split_yaml(text);
  if (chunks.size() > kLimits.documents) return std::unexpected(too_many(source));
  Documents documents;
  for (const Chunk& chunk : chunks) {
    const int index = static_cast<int>(documents.size());
    Result<Tree> tree = read_yaml(chunk.text, chunk.first_line, source);
    if (!tree) {
      documents.push_back({index, std::nullopt, std::move(tree.error())});
    } else if (tree->root == kNoNode) {
      documents.push_back({index, std::nullopt, std::nullopt});
    } else if (auto added = add_entities(*tree, source, documents); !added) {
      return std::unexpected(std::move(added.error()));
    }
  }
  return documents;
}

Result<Documents> read_json_documents(std::string_view text, std::string_view source) {
  const Result<Tree> tree = read_json(text, source);
  if (!tree) return std::unexpected(tree.error());
  Documents documents;
  if (auto added = add_entities(*tree, source, documents); !added)
    return std::unexpected(std::move(added.error()));
  return documents;
}

// What begins like JSON and is not may be YAML's flow style. If it is neither, the JSON error is
// the one to read.
Result<Documents> read_json_or_flow_yaml(std::string_view text, const ReadOptions& options) {
  const std::string_view source = options.source;
  Result<Documents> as_json = read_json_documents(text, source);
  if (as_json || options.only_json || text.size() > kLimits.yaml_bytes) return as_json;
  Result<Documents> as_yaml = read_yaml_documents(text, source);
  const bool readable = as_yaml && std::ranges::any_of(*as_yaml, [](const Document& d) {
                          return d.entity.has_value();
                        });
  return readable ? as_yaml : as_json;
}

// YAML's flow style begins like JSON too, but seldom with a quoted key.
bool looks_like_json(std::string_view text) {
  const std::string_view content = trim(text);
  if (content.empty() || (content.front() != '{' && content.front() != '[')) return false;
  const std::string_view rest = trim(content.substr(1));
  const std::string_view may_follow = content.front() == '{' ? "\"}" : "\"]{[";
  return rest.empty() || may_follow.contains(rest.front());
}

bool looks_like_html(std::string_view text) {
  const std::string start = to_lower_ascii(trim(text).substr(0, 15));
  return start.starts_with("<!doctype html") || start.starts_with("<html");
}

}  // namespace

Result<std::vector<Document>> read_documents(std::string_view text, const ReadOptions& options) {
  const std::string_view source = options.source;
  const bool json = options.only_json || looks_like_json(text.substr(0, 4096));
  const std::size_t limit = json ? kLimits.json_bytes : kLimits.yaml_bytes;
  if (text.size() > limit) {
    return std::unexpected(too_large(source, text.size(), limit, json ? "JSON" : "YAML"));
  }
  if (const auto encoding = check_encoding(text, source); !encoding)
    return std::unexpected(encoding.error());
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const Where whole{std::string(source), 0, 0, {}};
  if (looks_like_html(text)) {
    return fail(ErrorCode::kSyntax, texts::kFileIsWebPage, whole);
  }

  Result<Documents> documents =
      json ? read_json_or_flow_yaml(text, options) : read_yaml_documents(text, source);
  if (documents && documents->empty()) {
    return fail(ErrorCode::kEmptyInput, texts::kNoEntityInIt, whole);
  }
  return documents;
}

}  // namespace pd::entity

// Text -> documents: what it is (YAML or JSON, one or many), within the limits.
#include <algorithm>

#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Where where_of(std::string_view text, std::size_t offset, std::string_view source) {
  const std::string_view before = text.substr(0, offset);
  Where where{std::string(source), 1 + static_cast<int>(std::ranges::count(before, '\n')), 1, {}};
  const auto line_start = before.rfind('\n');
  const std::string_view line = before.substr(line_start == std::string_view::npos ? 0 : line_start + 1);
  std::size_t at = 0;
  while (at < line.size()) {
    next_code_point(line, at);
    ++where.column;
  }
  return where;
}

Result<void> check_encoding(std::string_view text, std::string_view source) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    const Where where{std::string(source), 1, 1, {}};
    return fail(ErrorCode::kBadEncoding, describe_where(where) + "this is UTF-16; save it as UTF-8.", where);
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (c == 0) {
      const Where where = where_of(text, start, source);
      return fail(ErrorCode::kBadEncoding, describe_where(where) + "a NUL byte; this is not a text file.", where);
    }
    if (c == 0xFFFD && at == start + 1) {
      const Where where = where_of(text, start, source);
      return fail(ErrorCode::kBadEncoding,
                  describe_where(where) + "this is not UTF-8 (is it Latin-1?); save it as UTF-8.", where);
    }
  }
  return {};
}

Error too_large(std::string_view source, std::size_t size, std::size_t limit, std::string_view kind) {
  const Where where{std::string(source), 0, 0, {}};
  return {ErrorCode::kTooLarge,
          describe_where(where) + std::to_string(size / 1024) + " KB of " + std::string(kind) +
              " are more than the limit of " + std::to_string(limit / 1024) + " KB.",
          std::nullopt, where};
}

// ---- JSON: one entity, a list, or a catalog API answer ----

// The nodes that are to be entities.
std::vector<NodeIndex> entity_nodes(const Tree& tree) {
  std::vector<NodeIndex> found;
  NodeIndex list = tree.root;
  if (tree.at(list).kind == Node::Kind::kMap) {
    const NodeIndex items = tree.find(list, "items");
    const bool is_answer = items != kNoNode && tree.at(items).kind == Node::Kind::kSequence &&
                           tree.find(list, "metadata") == kNoNode;
    if (!is_answer) {
      const NodeIndex wrapped = tree.find(list, "entity");
      const bool wraps = wrapped != kNoNode && tree.find(list, "kind") == kNoNode;
      return {wraps ? wrapped : list};
    }
    list = items;
  }
  if (tree.at(list).kind != Node::Kind::kSequence) return {list};
  for (const auto& [unused, item] : tree.at(list).members) {
    const NodeIndex wrapped = tree.find(item, "entity");
    found.push_back(wrapped != kNoNode && tree.find(item, "kind") == kNoNode ? wrapped : item);
  }
  return found;
}

// `documents` of one tree; `first` is the index that the first of them gets.
void add_entities(const Tree& tree, int first, std::string_view source, std::vector<Document>& documents) {
  int index = first;
  for (const NodeIndex node : entity_nodes(tree)) {
    Document document{index, std::nullopt, std::nullopt};
    if (tree.at(node).kind != Node::Kind::kNull) {
      Result<Entity> entity = read_entity(tree, node, index, source);
      if (entity) {
        document.entity = std::move(*entity);
      } else {
        document.error = std::move(entity.error());
      }
    }
    documents.push_back(std::move(document));
    ++index;
  }
}

// ---- YAML: documents stand between lines of "---" and "..." ----

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) &&
         (line.size() == marker.size() || line[marker.size()] == ' ' || line[marker.size()] == '\t' ||
          line[marker.size()] == '\r');
}

// Nothing that a document consists of: blank, a comment, or a directive.
bool is_prelude(std::string_view line) {
  const std::string_view content = trim(line);
  return content.empty() || content.front() == '#' || line.front() == '%';
}

struct Chunk {
  std::string_view text;
  int first_line = 0;     // lines of the file before it
};

// Both markers stand at the start of a line, where no scalar of a document may have them; so one broken
// document does not take the others with it.
std::vector<Chunk> split_yaml(std::string_view text) {
  std::vector<Chunk> chunks;
  std::size_t start = 0;
  int start_line = 0;
  bool has_content = false;    // a document has begun in this chunk
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

std::vector<Document> read_yaml_documents(std::string_view text, std::string_view source) {
  std::vector<Document> documents;
  for (const Chunk& chunk : split_yaml(text)) {
    const int index = static_cast<int>(documents.size());
    Result<Tree> tree = read_yaml(chunk.text, chunk.first_line, source);
    if (!tree) {
      documents.push_back({index, std::nullopt, std::move(tree.error())});
    } else if (tree->root == kNoNode) {
      documents.push_back({index, std::nullopt, std::nullopt});
    } else {
      add_entities(*tree, index, source, documents);
    }
  }
  return documents;
}

Result<std::vector<Document>> read_json_documents(std::string_view text, std::string_view source) {
  Result<Tree> tree = read_json(text, source);
  if (!tree) return std::unexpected(std::move(tree.error()));
  std::vector<Document> documents;
  add_entities(*tree, 0, source, documents);
  return documents;
}

// JSON begins so; a YAML flow mapping may too, and what is no JSON is then tried as YAML.
bool looks_like_json(std::string_view text) {
  const std::string_view content = trim(text);
  return !content.empty() && (content.front() == '{' || content.front() == '[');
}

bool looks_like_html(std::string_view text) {
  const std::string start = to_lower_ascii(trim(text).substr(0, 15));
  return start.starts_with("<!doctype html") || start.starts_with("<html");
}

}  // namespace

Result<std::vector<Document>> read_documents(std::string_view text, const ReadOptions& options) {
  const std::string_view source = options.source;
  const bool json = looks_like_json(text.substr(0, 4096));
  const std::size_t limit = json ? kLimits.json_bytes : kLimits.yaml_bytes;
  if (text.size() > limit) {
    return std::unexpected(too_large(source, text.size(), limit, json ? "JSON" : "YAML"));
  }
  if (const auto encoding = check_encoding(text, source); !encoding) return std::unexpected(encoding.error());
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const Where whole{std::string(source), 0, 0, {}};
  if (looks_like_html(text)) {
    return fail(ErrorCode::kSyntax,
                describe_where(whole) + "this is a web page, not a descriptor; use the address of the raw file.",
                whole);
  }

  std::vector<Document> documents;
  Result<std::vector<Document>> as_json = json ? read_json_documents(text, source) : documents;
  if (json && as_json) return as_json;
  if (text.size() <= kLimits.yaml_bytes) documents = read_yaml_documents(text, source);
  // What begins like JSON and is neither: the JSON error is the one to read.
  const bool readable = std::ranges::any_of(documents, [](const Document& d) { return d.entity.has_value(); });
  if (json && !readable) return as_json;
  if (documents.empty()) {
    return fail(ErrorCode::kEmptyInput, describe_where(whole) + "there is nothing in it.", whole);
  }
  return documents;
}

}  // namespace pd::entity

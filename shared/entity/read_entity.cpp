// Tree -> Entity.
#include <algorithm>

#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

// Merge keys may name maps that merge others; deeper than this is a cycle in all but name.
constexpr int kMaxMergeDepth = 8;

NodeIndex find_in(const Tree& tree, NodeIndex map, std::string_view key, int depth) {
  if (map == kNoNode || tree.at(map).kind != Node::Kind::kMap || depth > kMaxMergeDepth) return kNoNode;
  for (const auto& [name, value] : tree.at(map).members) {
    if (tree.at(name).kind < Node::Kind::kSequence && tree.at(name).text == key) return value;
  }
  for (const auto& [name, value] : tree.at(map).members) {
    if (tree.at(name).text != "<<") continue;
    if (tree.at(value).kind == Node::Kind::kMap) return find_in(tree, value, key, depth + 1);
    for (const auto& [unused, item] : tree.at(value).members) {
      const NodeIndex found = find_in(tree, item, key, depth + 1);
      if (found != kNoNode) return found;
    }
  }
  return kNoNode;
}

ScalarKind scalar_kind(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::kNull: return ScalarKind::kNull;
    case Node::Kind::kString: return ScalarKind::kString;
    case Node::Kind::kNumber: return ScalarKind::kNumber;
    case Node::Kind::kBoolean: return ScalarKind::kBoolean;
    case Node::Kind::kSequence:
    case Node::Kind::kMap: break;
  }
  return ScalarKind::kNotScalar;
}

class EntityReader {
 public:
  EntityReader(const Tree& tree, int document, std::string_view source)
      : tree_(tree), source_(source) {
    entity_.document = document;
  }

  Result<Entity> read(NodeIndex root) {
    entity_.where = where_of(root, {});
    if (tree_.at(root).kind != Node::Kind::kMap) return refuse("it is not a mapping");
    const NodeIndex metadata = tree_.find(root, "metadata");
    entity_.api_version = text(root, "apiVersion");
    entity_.kind = text(root, "kind");
    entity_.name = text(metadata, "name");
    if (entity_.kind.empty()) return refuse("it has no kind");
    if (entity_.name.empty()) return refuse("it has no metadata.name");
    entity_.title = display_text(text(metadata, "title"), 200);
    entity_.owner = display_text(text(tree_.find(root, "spec"), "owner"), 200);
    if (const std::string name = text(metadata, "namespace"); !name.empty()) {
      entity_.namespace_name = name;
      entity_.namespace_explicit = true;
    }
    entity_.entity_ref = to_lower_ascii(entity_.kind) + ":" + to_lower_ascii(entity_.namespace_name) + "/" +
                         to_lower_ascii(entity_.name);
    read_annotations(tree_.find(metadata, "annotations"));
    note_misplaced(metadata, "labels", "metadata.labels");
    note_misplaced(tree_.find(root, "spec"), "annotations", "spec.annotations");
    return std::move(entity_);
  }

 private:
  const Tree& tree_;
  std::string_view source_;
  Entity entity_;

  std::string text(NodeIndex map, std::string_view key) const {
    return std::string(trim(tree_.text_of(tree_.find(map, key))));
  }

  Where where_of(NodeIndex node, std::string path) const {
    return {std::string(source_), tree_.at(node).line, tree_.at(node).column, std::move(path)};
  }

  Result<Entity> refuse(std::string_view why) const {
    return fail(ErrorCode::kNotAnEntity,
                describe_where(entity_.where) + "this is not a Backstage entity: " + std::string(why) +
                    ". It needs apiVersion, kind and metadata.name.",
                entity_.where);
  }

  void read_annotations(NodeIndex annotations) {
    if (annotations == kNoNode) return;
    const Node& node = tree_.at(annotations);
    entity_.annotations = node.kind == Node::Kind::kMap    ? AnnotationsShape::kMap
                          : node.kind == Node::Kind::kNull ? AnnotationsShape::kNull
                                                           : AnnotationsShape::kNotAMap;
    entity_.integration_key = annotation(annotations, kIntegrationKeyAnnotation);
    entity_.service_id = annotation(annotations, kServiceIdAnnotation);
    entity_.account = annotation(annotations, kAccountAnnotation);
    for (const auto& [key, value] : node.members) {
      if (key != kNoNode && looks_like_ours(tree_.at(key).text)) {
        entity_.near_misses.push_back(display_text(tree_.at(key).text, 80));
      }
    }
  }

  Annotation annotation(NodeIndex annotations, std::string_view name) const {
    const NodeIndex value = tree_.find(annotations, name);
    if (value == kNoNode) return {};
    return {scalar_kind(tree_.at(value).kind), std::string(tree_.text_of(value)),
            where_of(value, "metadata.annotations[\"" + std::string(name) + "\"]")};
  }

  static bool is_ours(std::string_view name) {
    return name == kIntegrationKeyAnnotation || name == kServiceIdAnnotation || name == kAccountAnnotation;
  }
  static bool looks_like_ours(std::string_view name) {
    const std::string lower = to_lower_ascii(name);
    return !is_ours(name) && lower.find("pagerduty") != std::string::npos &&
           (lower.find("service") != std::string::npos || lower.find("integration") != std::string::npos ||
            lower.find("account") != std::string::npos || is_ours(lower));
  }

  // An annotation of ours in a place where nobody looks for it.
  void note_misplaced(NodeIndex parent, std::string_view member, std::string_view path) {
    const NodeIndex place = tree_.find(parent, member);
    if (place == kNoNode) return;
    for (const auto& [key, value] : tree_.at(place).members) {
      if (key != kNoNode && is_ours(tree_.at(key).text)) {
        entity_.near_misses.push_back(std::string(path) + "[\"" + tree_.at(key).text + "\"]");
      }
    }
  }
};

}  // namespace

NodeIndex Tree::find(NodeIndex map, std::string_view key) const { return find_in(*this, map, key, 0); }

std::string_view Tree::text_of(NodeIndex node) const {
  if (node == kNoNode || at(node).kind >= Node::Kind::kSequence) return {};
  return at(node).text;
}

Result<Entity> read_entity(const Tree& tree, NodeIndex root, int document, std::string_view source) {
  return EntityReader(tree, document, source).read(root);
}

std::string describe_where(const Where& where) {
  std::string text = where.source;
  if (where.line > 0) {
    text += (text.empty() ? "line " : ":") + std::to_string(where.line);
    if (where.column > 0) text += ":" + std::to_string(where.column);
  }
  return text.empty() ? text : text + ": ";
}

}  // namespace pd::entity

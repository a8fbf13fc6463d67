// Tree -> Entity.
#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

constexpr std::size_t kMaxNearMisses = 8;
constexpr std::string_view kPlaceOfAnnotations = "metadata.annotations";

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

bool is_ours(std::string_view name) {
  return name == kIntegrationKeyAnnotation || name == kServiceIdAnnotation ||
         name == kAccountAnnotation;
}

// Somebody meant PagerDuty: "pagerduty.com/service_id", "PagerDuty.com/Service-Id",
// "pager-duty/routing-key".
bool is_nearly_ours(std::string_view name) {
  if (is_ours(name)) return false;
  const std::string lower = to_lower_ascii(name);
  const auto says = [&lower](std::string_view word) {
    return lower.find(word) != std::string::npos;
  };
  return says("pager") &&
         (says("service") || says("integration") || says("routing") || says("account"));
}

// A name that says itself that it is a secret's: "pagerduty.com/api-token", "pagerduty-client_secret".
bool is_a_secrets(std::string_view name) {
  constexpr std::string_view kSecrets =
      " token apitoken accesstoken refreshtoken usertoken oauthtoken apikey apiaccesskey restapikey "
      "accesskey secret clientsecret oauthsecret password authorization credential credentials ";
  std::string word = to_lower_ascii(name);
  if (word.find("pager") == std::string::npos) return false;
  word.erase(0, word.rfind('/') + 1);
  std::erase_if(word, [](char c) { return c == '-' || c == '_' || c == '.'; });
  for (const std::string_view owner : {"pagerduty", "pd"}) {
    if (word.starts_with(owner)) word.erase(0, owner.size());
  }
  return kSecrets.contains(" " + word + " ");
}

class EntityReader {
 public:
  EntityReader(const Tree& tree, int document, std::string_view source)
      : tree_(tree), source_(source) {
    entity_.document = document;
  }

  Result<Entity> read(NodeIndex root) {
    entity_.where = where_of(root, {});
    if (tree_.at(root).kind != Node::Kind::kMap) return refuse(texts::kNoMapping);
    const NodeIndex metadata = tree_.find(root, "metadata");
    const NodeIndex spec = tree_.find(root, "spec");
    entity_.api_version = text(root, "apiVersion");
    entity_.kind = text(root, "kind");
    entity_.name = text(metadata, "name");
    if (entity_.kind.empty()) return refuse(texts::kNoKind);
    if (entity_.name.empty()) return refuse(texts::kNoName);
    entity_.title = text(metadata, "title");
    entity_.owner = text(spec, "owner");
    if (std::string name = text(metadata, "namespace"); !name.empty()) {
      entity_.namespace_name = std::move(name);
      entity_.namespace_explicit = true;
    }
    entity_.entity_ref = full_ref(entity_);
    read_wholes(spec);
    read_parts(tree_.find(root, "relations"));
    read_annotations(tree_.find(metadata, "annotations"));
    note_misplaced(root, "");
    note_misplaced(tree_.find(root, "annotations"), "annotations");
    note_misplaced(metadata, "metadata");
    note_misplaced(tree_.find(metadata, "labels"), "metadata.labels");
    note_misplaced(tree_.find(metadata, "annotation"), "metadata.annotation");
    note_misplaced(spec, "spec");
    note_misplaced(tree_.find(spec, "annotations"), "spec.annotations");
    return std::move(entity_);
  }

 private:
  const Tree& tree_;
  std::string_view source_;
  Entity entity_;

  std::string text(NodeIndex map, std::string_view key) const {
    return display_text(tree_.text_of(tree_.find(map, key)), kMaxShown);
  }

  void read_wholes(NodeIndex spec) {
    constexpr std::pair<const char*, const char*> kWholes[] = {{"system", "system"},
                                                               {"domain", "domain"},
                                                               {"subdomainOf", "domain"},
                                                               {"subcomponentOf", "component"}};
    for (const auto& [key, kind] : kWholes) {
      if (std::string ref = text(spec, key); !ref.empty()) {
        entity_.wholes.push_back({kind, std::move(ref)});
      }
    }
  }

  // Of a catalog's answer: [{type: hasPart, targetRef: component:default/checkout}].
  void read_parts(NodeIndex relations) {
    if (relations == kNoNode) return;
    for (const auto& [key, relation] : tree_.at(relations).members) {
      if (key != kNoNode || text(relation, "type") != "hasPart") continue;
      entity_.parts.push_back(to_lower(text(relation, "targetRef")));
    }
  }

  Where where_of(NodeIndex node, std::string path) const {
    return {std::string(source_), tree_.at(node).line, tree_.at(node).column, std::move(path)};
  }

  Result<Entity> refuse(Text why) const {
    return fail(ErrorCode::kNotAnEntity, Wording(texts::kNoEntity, {}, {why}), entity_.where);
  }

  void read_annotations(NodeIndex annotations) {
    if (annotations == kNoNode) return;
    const Node& node = tree_.at(annotations);
    entity_.annotations = node.kind == Node::Kind::kMap    ? AnnotationsShape::kMap
                          : node.kind == Node::Kind::kNull ? AnnotationsShape::kNull
                                                           : AnnotationsShape::kNotAMap;
    entity_.annotations_where = where_of(annotations, std::string(kPlaceOfAnnotations));
    entity_.integration_key = annotation(annotations, kIntegrationKeyAnnotation);
    entity_.service_id = annotation(annotations, kServiceIdAnnotation);
    entity_.account = annotation(annotations, kAccountAnnotation);
    note_keys(annotations, kPlaceOfAnnotations, is_nearly_ours);
  }

  Annotation annotation(NodeIndex annotations, std::string_view name) const {
    const NodeIndex value = tree_.find(annotations, name);
    if (value == kNoNode) return {};
    const Where where = where_of(value, path_of(kPlaceOfAnnotations, name));
    if (const auto text = unquoted_template(tree_.at(value))) {
      return {ScalarKind::kString, *text, where};
    }
    return {scalar_kind(tree_.at(value).kind), std::string(tree_.text_of(value)), where};
  }

  // To YAML, {{ name }} without quotes is a mapping whose key is a mapping.
  std::optional<std::string> unquoted_template(const Node& node) const {
    if (node.kind != Node::Kind::kMap || node.members.size() != 1) return std::nullopt;
    const Node& inner = tree_.at(node.members.front().first);
    if (inner.kind != Node::Kind::kMap || inner.members.size() != 1) return std::nullopt;
    return "{{ " + std::string(tree_.text_of(inner.members.front().first)) + " }}";
  }

  static std::string path_of(std::string_view map, std::string_view key) {
    return std::string(map) + "[\"" + std::string(key) + "\"]";
  }

  // An annotation of ours in a place where nobody looks for it.
  void note_misplaced(NodeIndex map, std::string_view path) { note_keys(map, path, is_ours); }

  void note_keys(NodeIndex map, std::string_view path, bool (*is_meant)(std::string_view)) {
    if (map == kNoNode || tree_.at(map).kind != Node::Kind::kMap) return;
    for (const auto& [key, value] : tree_.at(map).members) {
      if (entity_.near_misses.size() == kMaxNearMisses) return;
      const bool is_secret =
          is_a_secrets(tree_.text_of(key)) && !trim(tree_.text_of(value)).empty();
      if (!is_secret && !is_meant(tree_.text_of(key))) continue;
      const std::string name = display_text(tree_.text_of(key), kMaxShown);
      entity_.near_misses.push_back({name, where_of(key, path_of(path, name)), is_secret});
    }
  }
};

}  // namespace

Result<Entity> read_entity(const Tree& tree, NodeIndex root, int document,
                           std::string_view source) {
  return EntityReader(tree, document, source).read(root);
}

}  // namespace pd::entity

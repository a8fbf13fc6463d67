// entity: from a descriptor's text to the PagerDuty target it names.
//
//   auto documents = pd::entity::read_documents(text, {.source = "catalog-info.yaml"});
//   auto chosen = pd::entity::select_entity(*documents, "component:default/checkout-api");
//   auto resolution = pd::entity::resolve_target(**chosen, explicit_values);
//   if (resolution.target) show_card(*resolution.target);
//
// Limits: YAML 256 KB, JSON 4 MB, depth 64, node and alias budgets, no cycles (kLimits below).
// Third-party types (yaml-cpp, nlohmann/json) stay inside read_yaml.cpp and read_json.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace pd::entity {

// Names as Backstage documents them:
// https://backstage.io/docs/features/software-catalog/well-known-annotations and the PagerDuty
// plugin's README.
inline constexpr std::string_view kIntegrationKeyAnnotation = "pagerduty.com/integration-key";
inline constexpr std::string_view kServiceIdAnnotation = "pagerduty.com/service-id";
inline constexpr std::string_view kAccountAnnotation = "pagerduty.com/account";

// The namespace of an entity, or of a ref, that names none.
inline constexpr std::string_view kDefaultNamespace = "default";

struct Limits {
  std::size_t yaml_bytes = 256 * 1024;
  std::size_t json_bytes = 4 * 1024 * 1024;
  std::size_t depth = 64;
  std::size_t yaml_nodes = 50'000;  // of one document, after aliases are followed
  std::size_t yaml_aliases = 1'000;
  std::size_t json_nodes = 500'000;
  std::size_t documents = 10'000;  // entities of one file
};
inline constexpr Limits kLimits{};

// What a scalar of an annotation was, before any rule is applied.
enum class ScalarKind : std::uint8_t { kAbsent, kNull, kString, kNumber, kBoolean, kNotScalar };

// One PagerDuty annotation as written. `text` is the source text of the scalar (numbers keep their
// digits: 1234567e8 stays so).
struct Annotation {
  ScalarKind kind = ScalarKind::kAbsent;
  std::string text;
  Where where;
};

// An annotation that was meant for PagerDuty but is not read: a name nearly right, the right one in
// a place where nobody looks, or a secret's (`pagerduty.com/api-token`), which nobody may read.
struct NearMiss {
  std::string name;  // fit for display
  Where where;
  bool is_secret = false;
};

enum class AnnotationsShape : std::uint8_t { kAbsent, kMap, kNull, kNotAMap };

// What an entity says that it is part of: a ref as written, and the kind that one without means.
struct Whole {
  std::string kind, ref;
};

struct Entity {
  std::string api_version, kind, name, title;  // fit for display
  std::string namespace_name{kDefaultNamespace};
  bool namespace_explicit = false;
  std::string entity_ref;  // lower-cased "kind:namespace/name"
  std::string owner;       // spec.owner, as written; may be empty
  AnnotationsShape annotations = AnnotationsShape::kAbsent;
  Where annotations_where;
  Annotation integration_key, service_id, account;
  std::vector<NearMiss> near_misses;
  std::vector<Whole> wholes;       // spec.system, spec.domain, spec.subdomainOf, ...
  std::vector<std::string> parts;  // targets of relations of type hasPart, completed
  int document = 0;                // index in the file, from 0
  Where where;                     // where the entity begins
};

// A document of the file: an entity, nothing at all, or an error that leaves the others readable.
struct Document {
  int index = 0;
  std::optional<Entity> entity;  // absent: empty document, or `error`
  std::optional<Error> error;
};

struct ReadOptions {
  std::string source;      // file name or URL, for messages
  bool only_json = false;  // it is JSON: not YAML's flow style, which may look alike
};

// Reads YAML (one or many documents), JSON, an array of entities, or a Backstage catalog API answer
// ({items: [...]}, a list of {entity}, or one entity). Decides by content, not by name.
// Errors that concern the whole text are the result's: kTooLarge, kBadEncoding, kEmptyInput,
// kTooManyNodes, and all of JSON's. An error inside one document is that document's.
Result<std::vector<Document>> read_documents(std::string_view text,
                                             const ReadOptions& options = {});

// The one entity of JSON text, when there is nothing in it that anybody need be told of, small and
// without a name that might be meant for PagerDuty but its annotations; absent where there may be.
// As read_documents() reads it, but for places, owner, parts and wholes. What it annotates is judged
// by resolve_plain().
std::optional<Entity> read_plain(std::string_view text, std::string_view source);

// "[kind:][namespace/]name", parts lower-cased; kind and namespace may be absent. Error:
// kBadEntityRef. https://backstage.io/docs/features/software-catalog/references#string-references
struct EntityRef {
  std::string kind, namespace_name, name;
  bool operator==(const EntityRef&) const = default;
};
Result<EntityRef> parse_entity_ref(std::string_view text);

// The entity that `ref` names (case-insensitive); all of them with an empty `ref`. A ref without a
// namespace means the default one where that has such an entity, else any. Of several, the first
// that names a service (id or key), else the first with any of PagerDuty's annotations, else the
// first. Points into `documents`. Errors: kBadEntityRef, kEntityNotFound (the message lists what
// there is), or, where no document is an entity, the first document's own error or kEmptyInput.
Result<const Entity*> select_entity(const std::vector<Document>& documents, std::string_view ref);

// What `whole` is made of, and what its parts are made of, each once, `whole` not among them: the
// entities that name it (spec.system, spec.domain, ...) and those that its relations of type
// hasPart name. Points into `documents`.
std::vector<const Entity*> parts_of(const std::vector<Document>& documents, const Entity& whole);

}  // namespace pd::entity

// Which entity of a file: entity refs, as Backstage writes and compares them.
// https://backstage.io/docs/features/software-catalog/references
#include <algorithm>

#include "base/text.h"
#include "entity/entity.h"

namespace pd::entity {
namespace {

bool carries_annotation(const Entity& entity) {
  const auto says_something = [](const Annotation& annotation) {
    return annotation.kind != ScalarKind::kAbsent && annotation.kind != ScalarKind::kNull &&
           (annotation.kind == ScalarKind::kNotScalar || !trim(annotation.text).empty());
  };
  return says_something(entity.service_id) || says_something(entity.integration_key);
}

bool matches(const Entity& entity, const EntityRef& ref) {
  return equals_ignoring_case(entity.name, ref.name) &&
         (ref.kind.empty() || equals_ignoring_case(entity.kind, ref.kind)) &&
         (ref.namespace_name.empty() || equals_ignoring_case(entity.namespace_name, ref.namespace_name));
}

std::string list_of(const std::vector<const Entity*>& entities) {
  constexpr std::size_t kMost = 8;
  std::string list;
  for (std::size_t i = 0; i < entities.size() && i < kMost; ++i) {
    list += (i == 0 ? "" : ", ") + entities[i]->entity_ref;
  }
  if (entities.size() > kMost) list += " and " + std::to_string(entities.size() - kMost) + " more";
  return list;
}

const Error* first_error(const std::vector<Document>& documents) {
  for (const Document& document : documents) {
    if (document.error) return &*document.error;
  }
  return nullptr;
}

// One part of a ref: what Backstage allows in names and kinds.
bool is_part(std::string_view part) {
  return !part.empty() && part.find_first_of(":/ \t\r\n") == std::string_view::npos;
}

}  // namespace

Result<EntityRef> parse_entity_ref(std::string_view text) {
  const std::string_view whole = trim(text);
  std::string_view rest = whole;
  EntityRef ref;
  bool good = true;
  if (const auto colon = rest.find(':'); colon != std::string_view::npos) {
    ref.kind = to_lower_ascii(rest.substr(0, colon));
    good = is_part(ref.kind);
    rest.remove_prefix(colon + 1);
  }
  if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
    ref.namespace_name = to_lower_ascii(rest.substr(0, slash));
    good = good && is_part(ref.namespace_name);
    rest.remove_prefix(slash + 1);
  }
  ref.name = to_lower_ascii(rest);
  if (good && is_part(ref.name)) return ref;
  return fail(ErrorCode::kBadEntityRef, "\"" + display_text(whole, 80) +
                                            "\" is not an entity ref; write [kind:][namespace/]name, for "
                                            "example component:default/checkout-api.");
}

Result<const Entity*> select_entity(const std::vector<Document>& documents, std::string_view ref_text) {
  std::vector<const Entity*> entities;
  for (const Document& document : documents) {
    if (document.entity) entities.push_back(&*document.entity);
  }
  const Error* error = first_error(documents);
  if (entities.empty()) {
    if (error != nullptr) return std::unexpected(*error);
    return fail(ErrorCode::kEmptyInput, "There is no entity in the descriptor.");
  }
  if (trim(ref_text).empty()) {
    const auto annotated = std::ranges::find_if(entities, [](const Entity* e) { return carries_annotation(*e); });
    return annotated != entities.end() ? *annotated : entities.front();
  }
  const Result<EntityRef> ref = parse_entity_ref(ref_text);
  if (!ref) return std::unexpected(ref.error());
  const auto found = std::ranges::find_if(entities, [&](const Entity* e) { return matches(*e, *ref); });
  if (found != entities.end()) return *found;
  std::string message = "There is no \"" + display_text(trim(ref_text), 120) + "\" in the descriptor; it has " +
                        list_of(entities) + ".";
  if (error != nullptr) message += " One document could not be read: " + error->message;
  return fail(ErrorCode::kEntityNotFound, std::move(message));
}

}  // namespace pd::entity

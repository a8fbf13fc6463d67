// What a System or a Domain is made of, as Backstage's model has it:
// https://backstage.io/docs/features/software-catalog/descriptor-format
#include <algorithm>

#include "base/text.h"
#include "entity/entity.h"

namespace pd::entity {
namespace {

// A ref as `from` writes it, completed: lower-cased "kind:namespace/name". Empty when it is none.
std::string complete(const Whole& whole, const Entity& from) {
  const Result<EntityRef> ref = parse_entity_ref(whole.ref);
  if (!ref) return {};
  const std::string& kind = ref->kind.empty() ? whole.kind : ref->kind;
  const std::string& space =
      ref->namespace_name.empty() ? to_lower(from.namespace_name) : ref->namespace_name;
  return kind + ":" + space + "/" + ref->name;
}

bool is_part_of(const Entity& part, const Entity& whole) {
  return std::ranges::any_of(
             part.wholes,
             [&](const Whole& named) { return complete(named, part) == whole.entity_ref; }) ||
         std::ranges::find(whole.parts, part.entity_ref) != whole.parts.end();
}

}  // namespace

std::vector<const Entity*> parts_of(const std::vector<Document>& documents, const Entity& whole) {
  std::vector<const Entity*> parts;
  const auto is_new = [&](const Entity& entity) {
    return entity.entity_ref != whole.entity_ref &&
           std::ranges::none_of(
               parts, [&](const Entity* part) { return part->entity_ref == entity.entity_ref; });
  };
  const auto add_parts_of = [&](const Entity& one) {
    for (const Document& document : documents) {
      if (document.entity && is_new(*document.entity) && is_part_of(*document.entity, one)) {
        parts.push_back(&*document.entity);
      }
    }
  };
  add_parts_of(whole);
  for (std::size_t i = 0; i < parts.size(); ++i) add_parts_of(*parts[i]);
  return parts;
}

}  // namespace pd::entity

// Which entity of a file: entity refs, as Backstage writes and compares them.
// https://backstage.io/docs/features/software-catalog/references
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "entity/entity.h"

namespace pd::entity {
namespace {

// How much an entity says about PagerDuty: 2 names a service, 1 carries one of the annotations, 0
// none.
int rank_of(const Entity* entity) {
  const auto is_there = [](const Annotation& annotation) {
    return annotation.kind != ScalarKind::kAbsent;
  };
  const auto says_something = [&](const Annotation& annotation) {
    return annotation.kind == ScalarKind::kNotScalar || !trim(annotation.text).empty();
  };
  if (says_something(entity->service_id) || says_something(entity->integration_key)) return 2;
  return is_there(entity->service_id) || is_there(entity->integration_key) ||
                 is_there(entity->account)
             ? 1
             : 0;
}

using Entities = std::vector<const Entity*>;

Entities matches_of(const Entities& entities, const EntityRef& ref) {
  const auto is = [](const std::string& wanted, const std::string& part) {
    return wanted.empty() || wanted == to_lower(part);
  };
  Entities matches;
  std::ranges::copy_if(entities, std::back_inserter(matches), [&](const Entity* e) {
    return is(ref.name, e->name) && is(ref.kind, e->kind) &&
           is(ref.namespace_name, e->namespace_name);
  });
  return matches;
}

// Backstage completes a ref without a namespace by the default one.
void prefer_default_namespace(Entities& matches) {
  const auto is_elsewhere = [](const Entity* e) {
    return to_lower(e->namespace_name) != kDefaultNamespace;
  };
  if (!std::ranges::all_of(matches, is_elsewhere)) std::erase_if(matches, is_elsewhere);
}

Wording list_of(const Entities& entities) {
  constexpr std::size_t kMost = 8;
  std::string list;
  for (std::size_t i = 0; i < entities.size() && i < kMost; ++i) {
    list += (i == 0 ? "" : ", ") + entities[i]->entity_ref;
  }
  if (entities.size() <= kMost) return {texts::kPlain, {list}};
  return {texts::kListAndMore, {list, std::to_string(entities.size() - kMost)}};
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
    ref.kind = to_lower(rest.substr(0, colon));
    good = is_part(ref.kind);
    rest.remove_prefix(colon + 1);
  }
  if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
    ref.namespace_name = to_lower(rest.substr(0, slash));
    good = good && is_part(ref.namespace_name);
    rest.remove_prefix(slash + 1);
  }
  ref.name = to_lower(rest);
  if (good && is_part(ref.name)) return ref;
  return fail(ErrorCode::kBadEntityRef, Wording(texts::kNoEntityRef, {display_text(whole, 80)}));
}

Result<const Entity*> select_entity(const std::vector<Document>& documents,
                                    std::string_view ref_text) {
  Entities entities;
  for (const Document& document : documents) {
    if (document.entity) entities.push_back(&*document.entity);
  }
  const Error* error = first_error(documents);
  if (entities.empty()) {
    if (error != nullptr) return std::unexpected(*error);
    return fail(ErrorCode::kEmptyInput, texts::kNoEntityInDescriptor);
  }
  if (trim(ref_text).empty()) return *std::ranges::max_element(entities, {}, rank_of);
  const Result<EntityRef> ref = parse_entity_ref(ref_text);
  if (!ref) return std::unexpected(ref.error());
  Entities matches = matches_of(entities, *ref);
  if (ref->namespace_name.empty()) prefer_default_namespace(matches);
  if (!matches.empty()) return *std::ranges::max_element(matches, {}, rank_of);
  Wording wording(texts::kNotInDescriptor, {display_text(trim(ref_text), 120)},
                  {list_of(entities)});
  if (error != nullptr) {
    wording = Wording(texts::kSentences, {},
                      {std::move(wording), Wording(texts::kOneUnreadable, {error->message})});
  }
  return fail(ErrorCode::kEntityNotFound, std::move(wording));
}

}  // namespace pd::entity

#include "card/members.h"

#include <algorithm>
#include <charconv>

#include "base/part.h"
#include "base/text.h"
#include "card/open_dialog.h"

namespace pd::card {
namespace {

constexpr std::string_view kBetweenIds = ", \t\r\n";
// A template that was left in, such as ${{ values.id }}, has blanks of its own.
constexpr std::string_view kBeginsTemplate = "${<[%#", kEndsTemplate = "}>]%#";

// Where the id or the template ends that begins there.
std::size_t end_of_id(std::string_view text, std::size_t begin) {
  const bool is_template = kBeginsTemplate.contains(text[begin]);
  const std::size_t last = is_template ? text.find_first_of(kEndsTemplate, begin + 1) : begin;
  return std::min(text.find_first_of(kBetweenIds, last), text.size());
}

std::vector<std::string> ids_in(std::string_view text) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; (at = text.find_first_not_of(kBetweenIds, at)) < text.size();) {
    const std::size_t end = end_of_id(text, at);
    ids.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return ids;
}

void add(Members& members, const entity::Resolution& resolution, std::string name,
         std::string entity_ref) {
  auto& [usable, unusable, left_out] = members;
  if (!resolution.target) {
    unusable.insert(unusable.end(), resolution.diagnostics.begin(), resolution.diagnostics.end());
  } else if (std::ranges::find(usable, *resolution.target, &Member::target) == usable.end()) {
    if (usable.size() == kMostMembers)
      ++left_out;
    else
      usable.push_back({*resolution.target, std::move(name), std::move(entity_ref)});
  }
}

const entity::Entity* entity_of(const CardState& card) {
  return card.entity ? &*card.entity : nullptr;
}

// Of the ids that the element is given, or of the parts of an entity that names no service itself.
// A single one is no "several".
Members find_members(const CardState& card) {
  const entity::ExplicitValues& given = card.config.values;
  Members found;
  const std::vector<std::string> ids = ids_in(given.service_id);
  if (ids.size() > 1) {
    const std::string account =
        entity::resolve_target(entity_of(card), {ids.front(), {}, given.account}).account.value;
    for (const std::string& id : ids) {
      add(found, entity::resolve_target(nullptr, {id, {}, account}), id, {});
    }
  }
  const bool names_none = ids.empty() && trim(given.integration_key).empty() && card.entity &&
                          !entity::resolve_target(entity_of(card), given).target;
  if (names_none) {
    for (const entity::Entity& part : card.parts) {
      add(found, entity::resolve_target(&part, {{}, {}, given.account}),
          part.title.empty() ? part.name : part.title, part.entity_ref);
    }
  }
  return found;
}

bool has_told(const entity::Resolution& resolution, const entity::Diagnostic& diagnostic) {
  return std::ranges::any_of(resolution.diagnostics, [&](const entity::Diagnostic& told) {
    return told.message == diagnostic.message;
  });
}

// A member's as if it were the only one; of the wallboard, no target, and what is wrong with the members that are not in it. A
// secret is told on both.
entity::Resolution resolution_of(const CardState& card) {
  entity::Resolution resolution = entity::resolve_target(entity_of(card), card.config.values);
  if (card.members.usable.empty()) return resolution;
  std::erase_if(resolution.diagnostics, [](const entity::Diagnostic& diagnostic) {
    return diagnostic.code != entity::DiagnosticCode::kSecret;
  });
  resolution.target.reset();
  if (card.opened) {
    resolution.target = card.members.usable[*card.opened].target;
    return resolution;
  }
  for (const entity::Diagnostic& diagnostic : card.members.unusable) {
    if (!has_told(resolution, diagnostic)) resolution.diagnostics.push_back(diagnostic);
  }
  return resolution;
}

// What was begun for another service ends here: a confirmed sentence must not come true for this
// one.
void turn_to(CardState& card, entity::Resolution resolution) {
  const bool is_same = resolution.target == card.resolution.target;
  card.resolution = std::move(resolution);
  card.copied = false;
  if (is_same) return;
  card.known_incidents.clear();
  card.dialog.reset();
  card.undo.reset();
  card.browsing = {};
}

PD_ENTERS_PART void turn_to_service(CardState& card, const Context& context) {
  entity::Resolution resolution = resolution_of(card);
  for (const entity::Diagnostic& diagnostic : resolution.diagnostics) {
    if (diagnostic.code != entity::DiagnosticCode::kSecret || has_told(card.resolution, diagnostic))
      continue;
    context.effects.emplace_back(CardFailed{
        card.id, "", {ErrorCode::kSecretInMarkup, diagnostic.message, {}, diagnostic.where}});
  }
  turn_to(card, std::move(resolution));
}

void focus(const CardState& card, std::string node, const Context& context) {
  context.effects.emplace_back(FocusNode{card.id, std::move(node)});
}

}  // namespace

void resolve_anew(CardState& card, const Context& context) {
  const entity::ExplicitValues& given = card.config.values;
  std::optional<entity::Resolution> plain = entity::resolve_plain(entity_of(card), given);
  const bool is_to_come = !card.entity && card.config.expects_entity && given.secrets.empty() &&
                          given.service_id.empty() && given.integration_key.empty();
  if (is_to_come) plain.emplace();
  if (!plain) return resolve_with_care(card, context);
  card.members.clear();
  card.opened.reset();
  turn_to(card, *std::move(plain));
}

PD_ENTERS_PART void resolve_with_care(CardState& card, const Context& context) {
  Members found = find_members(card);
  if (found.usable != card.members.usable) card.opened.reset();
  card.members = std::move(found);
  turn_to_service(card, context);
}

void open_member(CardState& card, std::string_view index, const Context& context) {
  std::size_t which = card.members.usable.size();
  std::from_chars(index.data(), index.data() + index.size(), which);
  if (which >= card.members.usable.size()) return;
  card.opened = which;
  turn_to_service(card, context);
  focus(card, "wallboard:back", context);
}

// Its dialog at once; behind it the card is about that service.
void create_for_member(CardState& card, std::string_view index, const Context& context) {
  open_member(card, index, context);
  open_create(card, {}, context);
}

void close_member(CardState& card, std::string_view, const Context& context) {
  if (!card.opened) return;
  const std::string row = "open:" + std::to_string(*card.opened);
  card.opened.reset();
  turn_to_service(card, context);
  focus(card, row, context);
}

}  // namespace pd::card

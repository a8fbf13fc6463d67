// Any bytes as a descriptor: they are read, selected from and resolved without a crash, and what
// comes out keeps its promises. The first line of the bytes, when it begins with '@', is the entity
// ref.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "entity/entity.h"
#include "entity/resolution_json.h"
#include "entity/target.h"
#include "promise.h"

namespace {

using namespace pd::entity;
using pd::fuzz::require;

void check_error(const pd::Error& error) {
  require(!error.message.empty(), "an error has a message");
  require(pd::is_valid_utf8(error.message), "an error's message is UTF-8");
  require(pd::display_text(error.message, 100'000) == error.message,
          "an error's message is fit for the card");
}

void check_value(const std::string& value) {
  require(value.size() <= 255, "a usable value is short");
  for (const char c : value)
    require(static_cast<unsigned char>(c) > 0x20 && c != 0x7F, "a usable value is one word");
}

void check_entity(const Entity& entity) {
  for (const auto* text :
       {&entity.kind, &entity.name, &entity.namespace_name, &entity.title, &entity.owner}) {
    pd::fuzz::require_display_text(*text);
  }
  require(!entity.kind.empty() && !entity.name.empty(), "an entity has a kind and a name");
  require(entity.where.line > 0 && entity.where.column > 0, "an entity has a place");
  const Resolution resolution = resolve_target(&entity);
  require(resolution.target || !resolution.diagnostics.empty(), "no target without a reason");
  for (const Diagnostic& d : resolution.diagnostics) {
    require(pd::is_valid_utf8(d.message) && !d.message.empty(),
            "a diagnostic has a message in UTF-8");
    require(d.where.line > 0, "a diagnostic has a place");
  }
  if (!resolution.target) return;
  require(!resolution.target->service_id.empty() || !resolution.target->integration_key.empty(),
          "a target names a service");
  check_value(resolution.target->service_id);
  check_value(resolution.target->integration_key);
  check_value(resolution.target->account);
}

// What is read without care is what the careful reader makes of it, and it has nothing to say.
void check_plain(std::string_view text) {
  const auto plain = read_plain(text, "input");
  if (!plain) return;
  const auto documents = read_documents(text, {.source = "input", .only_json = true});
  require(documents && documents->size() == 1 && documents->front().entity,
          "a plain text is an entity");
  const Entity& entity = *documents->front().entity;
  require(plain->entity_ref == entity.entity_ref && plain->title == entity.title,
          "a plain entity is the same");
  const auto resolution = resolve_plain(&*plain, {});
  if (!resolution) return;
  const Resolution careful = resolve_target(&entity);
  require(resolution->target == careful.target && careful.diagnostics.empty(),
          "there is nothing to say about a plain entity");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string_view ref;
  if (text.starts_with('@')) {
    const std::size_t end = text.find('\n');
    ref = text.substr(1, end == std::string_view::npos ? end : end - 1);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  check_plain(text);
  const auto documents = read_documents(text, {.source = "input"});
  if (documents) {
    require(!documents->empty(), "a file that can be read has a document");
    for (const Document& document : *documents) {
      if (document.error) check_error(*document.error);
      if (document.entity) check_entity(*document.entity);
    }
    const auto chosen = select_entity(*documents, ref);
    if (!chosen) check_error(chosen.error());
  } else {
    check_error(documents.error());
  }
  require(pd::is_valid_utf8(resolve_file(text, "input", ref).json_lines), "JSON lines are UTF-8");
  return 0;
}

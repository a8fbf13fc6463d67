// JSON text -> Entity, for what most pages give: one entity about which there is nothing to say. Less
// than the careful reader needs, and the same result; where it cannot tell, it gives nothing.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

using nlohmann::json;

// Below them nobody needs to be told of a limit.
constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::size_t kMostDepth = 32;

// Maps in each other of which members are read.
enum Inside : std::uint8_t { kNowhere, kEntity, kMetadata, kAnnotations };

struct Member {
  Inside inside;
  std::string_view name;
  std::string Entity::* text;
  Annotation Entity::* annotation;  // when `text` is null; when both are, it is the next map
};
constexpr Member kMembers[] = {
    {kEntity, "kind", &Entity::kind, nullptr},
    {kEntity, "metadata", nullptr, nullptr},
    {kMetadata, "name", &Entity::name, nullptr},
    {kMetadata, "namespace", &Entity::namespace_name, nullptr},
    {kMetadata, "title", &Entity::title, nullptr},
    {kMetadata, "annotations", nullptr, nullptr},
    {kAnnotations, kServiceIdAnnotation, nullptr, &Entity::service_id},
    {kAnnotations, kIntegrationKeyAnnotation, nullptr, &Entity::integration_key},
    {kAnnotations, kAccountAnnotation, nullptr, &Entity::account},
};

// Each event says whether the text may still be plain.
class PlainReader final : public json::json_sax_t {
 public:
  Entity entity;

  bool null() override { return is_unread(); }
  bool boolean(bool) override { return is_unread(); }
  bool number_integer(number_integer_t) override { return is_unread(); }
  bool number_unsigned(number_unsigned_t) override { return is_unread(); }
  bool number_float(number_float_t, const string_t&) override { return is_unread(); }
  bool binary(binary_t&) override { return false; }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override {
    return false;
  }

  bool string(string_t& text) override {
    if (const Member* member = std::exchange(member_, nullptr)) {
      if (member->text != nullptr) {
        entity.*member->text = display_text(text, kMaxShown);
      } else if (member->annotation != nullptr) {
        entity.*member->annotation = {ScalarKind::kString, std::move(text), {}};
      } else {
        return false;
      }
    }
    return !depths_.empty();
  }

  bool key(string_t& name) override {
    const auto names_here = names_.begin() + static_cast<std::ptrdiff_t>(depths_.back());
    if (std::find(names_here, names_.end(), name) != names_.end()) return false;
    const auto is_it = [&](const Member& member) {
      return member.inside == inside_ && depths_.size() == inside_ && member.name == name;
    };
    const auto* found = std::ranges::find_if(kMembers, is_it);
    member_ = found != std::end(kMembers) ? found : nullptr;
    // Whatever else may be meant for PagerDuty is read with care.
    const bool is_ours = member_ != nullptr && member_->annotation != nullptr;
    if (!is_ours && to_lower_ascii(name).find("pager") != std::string::npos) return false;
    names_.push_back(std::move(name));
    return true;
  }

  bool start_object(std::size_t) override {
    const Member* member = std::exchange(member_, nullptr);
    const bool is_next = member != nullptr && member->text == nullptr && !member->annotation;
    if (member != nullptr && !is_next) return false;
    if (depths_.empty() || is_next) inside_ = static_cast<Inside>(inside_ + 1);
    depths_.push_back(names_.size());
    return depths_.size() < kMostDepth;
  }
  bool end_object() override {
    if (depths_.size() == inside_) inside_ = static_cast<Inside>(inside_ - 1);
    names_.resize(depths_.back());
    depths_.pop_back();
    return true;
  }
  bool start_array(std::size_t) override {
    if (!is_unread()) return false;
    depths_.push_back(names_.size());
    return depths_.size() < kMostDepth;
  }
  bool end_array() override {
    depths_.pop_back();
    return true;
  }

 private:
  const Member* member_ = nullptr;   // whose value comes next
  Inside inside_ = kNowhere;         // the innermost of the maps that are read
  std::vector<std::string> names_;   // of all maps that have begun
  std::vector<std::size_t> depths_;  // for each map and list that has begun: the names before it

  // A value that is not read here, within the entity.
  bool is_unread() const { return member_ == nullptr && !depths_.empty(); }
};

}  // namespace

std::string full_ref(const Entity& entity) {
  return to_lower(entity.kind + ":" + entity.namespace_name + "/" + entity.name);
}

std::optional<Entity> read_plain(std::string_view text, std::string_view source) {
  // To the parser a NUL is the end.
  if (text.size() > kMostBytes || text.find('\0') != std::string_view::npos) return {};
  PlainReader reader;
  json::json_sax_t& events = reader;  // see read_json()
  if (!json::sax_parse(text, &events)) return {};
  Entity& entity = reader.entity;
  if (entity.kind.empty() || entity.name.empty() || entity.namespace_name.empty()) return {};
  entity.entity_ref = full_ref(entity);
  entity.where.source = source;
  for (Annotation* annotation : {&entity.service_id, &entity.integration_key, &entity.account}) {
    annotation->where.source = source;
  }
  return std::move(entity);
}

}  // namespace pd::entity

#include <nlohmann/json.hpp>

#include "card/enum_words.h"
#include "card/snapshot.h"
#include "card/snapshot_members.h"

namespace pd::card {
namespace {

using nlohmann::json;

class Reader {
 public:
  Reader(const json& object, std::string path, std::string& wrong)
      : object_(object), path_(std::move(path)), wrong_(wrong) {}

  template <typename T>
  void operator()(const char* name, T& value) {
    const auto found = object_.find(name);
    if (found != object_.end() && !found->is_null())
      read(*found, value, path_.empty() ? name : path_ + "." + name);
  }

 private:
  const json& object_;
  std::string path_;
  std::string& wrong_;  // path of the first member of another kind

  bool expect(bool good, const std::string& path) {
    if (!good && wrong_.empty()) wrong_ = path;
    return good;
  }
  void read(const json& from, std::string& text, const std::string& path) {
    if (expect(from.is_string(), path)) text = from.get<std::string>();
  }
  void read(const json& from, bool& flag, const std::string& path) {
    if (expect(from.is_boolean(), path)) flag = from.get<bool>();
  }
  void read(const json& from, int& number, const std::string& path) {
    if (expect(from.is_number_integer(), path)) number = from.get<int>();
  }
  void read(const json& from, float& number, const std::string& path) {
    if (expect(from.is_number(), path)) number = from.get<float>();
  }
  template <typename T>
  void read(const json& from, std::optional<T>& value, const std::string& path) {
    read(from, value.emplace(), path);
  }
  template <typename T>
  void read(const json& from, std::vector<T>& items, const std::string& path) {
    if (!expect(from.is_array(), path)) return;
    items.clear();
    for (const json& item : from) {
      const std::string index = "[" + std::to_string(items.size()) + "]";
      read(item, items.emplace_back(), path + index);
    }
  }
  template <typename T>
  void read(const json& from, T& part, const std::string& path) {
    if constexpr (std::is_enum_v<T>) {
      const std::optional<T> value =
          from.is_string() ? value_of<T>(from.get_ref<const std::string&>()) : std::nullopt;
      if (expect(value.has_value(), path)) part = *value;
    } else if (expect(from.is_object(), path)) {
      Reader reader(from, path, wrong_);
      members(part, reader);
    }
  }
};

}  // namespace

Result<ViewModel> read_snapshot(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return fail(ErrorCode::kSyntax, "The snapshot is not a JSON object.");
  ViewModel view_model;
  std::string wrong;
  Reader reader(object, {}, wrong);
  members(view_model, reader);
  if (!wrong.empty())
    return fail(ErrorCode::kBadArgument,
                "The snapshot's \"" + wrong + "\" is not what belongs there.");
  return view_model;
}

}  // namespace pd::card

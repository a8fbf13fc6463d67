#include "pagerduty/parse_json.h"

#include <utility>
#include <vector>

namespace pd::pagerduty {
namespace {

class ValueBuilder final : public Json::json_sax_t {
 public:
  Json take() { return std::move(root_); }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& text) override { return put(std::move(text)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::value_t::object); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::value_t::array); }
  bool end_array() override { return close(); }
  // Of members with one name the last counts.
  bool key(string_t& name) override {
    member_ = &open_.back()->get_ref<Json::object_t&>()[std::move(name)];
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  Json root_;
  std::vector<Json*> open_;  // containers that have begun, the outermost first
  Json* member_ = nullptr;   // of the innermost one, when it is an object: what waits for its value

  Json& place() {
    if (open_.empty()) return root_;
    if (open_.back()->is_object()) return *member_;
    return open_.back()->get_ref<Json::array_t&>().emplace_back();
  }
  bool put(Json value) {
    place() = std::move(value);
    return true;
  }
  bool open(Json::value_t kind) {
    Json& container = place();
    container = kind;
    open_.push_back(&container);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
};

}  // namespace

Json parse_json(std::string_view text) {
  ValueBuilder builder;
  // As the interface, not as this class: see the header.
  Json::json_sax_t& events = builder;
  return Json::sax_parse(text, &events) ? builder.take() : Json(Json::value_t::discarded);
}

}  // namespace pd::pagerduty

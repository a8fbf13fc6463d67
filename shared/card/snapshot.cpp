#include "card/snapshot.h"

#include "base/json_writer.h"
#include "card/enum_words.h"
#include "card/snapshot_members.h"

namespace pd::card {
namespace {

// Each kind of member has one function that writes it, given by its address: the view model has some
// two hundred of them, and what is written out for each counts in the bundle.
class Writer {
 public:
  JsonWriter json;

  template <typename T>
  void operator()(std::string_view name, const T& value) {
    put(name, &value, &write<T>);
  }
  template <typename T>
  void operator()(std::string_view name, const std::optional<T>& value) {
    put(name, value ? &*value : nullptr, &write<T>);
  }
  template <typename T>
  void operator()(std::string_view name, const std::vector<T>& items) {
    put_list(name, items.data(), items.size(), sizeof(T), &write<T>);
  }

 private:
  using Write = void (*)(Writer&, const void*);

  [[gnu::noinline]] void put(std::string_view name, const void* value, Write one) {
    json.key(name);
    if (value == nullptr) {
      json.null();
    } else {
      one(*this, value);
    }
  }
  [[gnu::noinline]] void put_list(std::string_view name, const void* first, std::size_t count,
                                  std::size_t size, Write one) {
    json.key(name).begin_array();
    const auto* at = static_cast<const char*>(first);
    for (std::size_t i = 0; i < count; ++i) one(*this, at + i * size);
    json.end_array();
  }

  template <typename T>
  static void write(Writer& writer, const void* erased) {
    const T& value = *static_cast<const T*>(erased);
    if constexpr (std::is_enum_v<T>) {
      writer.json.value(word_of(value));
    } else if constexpr (requires { writer.json.value(value); }) {
      writer.json.value(value);
    } else {
      writer.json.begin_object();
      members(value, writer);
      writer.json.end_object();
    }
  }
};

}  // namespace

std::string write_snapshot(const ViewModel& view_model) {
  Writer writer;
  writer.json.begin_object();
  members(view_model, writer);
  writer.json.end_object();
  return writer.json.take();
}

}  // namespace pd::card

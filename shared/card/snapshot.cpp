#include "card/snapshot.h"

#include "base/json_writer.h"
#include "card/enum_words.h"
#include "card/snapshot_members.h"

namespace pd::card {
namespace {

struct Writer {
  JsonWriter json;

  template <typename T>
  void operator()(std::string_view name, const T& value) {
    json.key(name);
    write(value);
  }

 private:
  void write(const std::string& text) { json.value(text); }
  void write(bool flag) { json.value(flag); }
  void write(int number) { json.value(number); }
  void write(float number) { json.value(number); }
  template <typename T>
  void write(const std::optional<T>& value) {
    if (value) {
      write(*value);
    } else {
      json.null();
    }
  }
  template <typename T>
  void write(const std::vector<T>& items) {
    json.begin_array();
    for (const T& item : items) write(item);
    json.end_array();
  }
  template <typename T>
  void write(const T& part) {
    if constexpr (std::is_enum_v<T>) {
      json.value(word_of(part));
    } else {
      json.begin_object();
      members(part, *this);
      json.end_object();
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

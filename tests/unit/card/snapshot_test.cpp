#include "card/snapshot.h"

#include <gtest/gtest.h>

#include "card/enum_words.h"
#include "card/snapshot_members.h"

namespace pd::card {
namespace {

// Gives every member of the list in snapshot_members.h a value of its own: what a snapshot loses is
// then missed.
struct Filler {
  int next = 0;

  template <typename T>
  void operator()(const char*, T& value) {
    fill(value);
  }
  void fill(std::string& text) { text = "text \"" + std::to_string(++next) + "\" \xE2\x9C\x93\n"; }
  void fill(bool& flag) { flag = !flag; }
  void fill(int& number) { number = ++next; }
  void fill(float& number) { number = static_cast<float>(++next) / 8; }
  template <typename T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <typename T>
  void fill(std::vector<T>& items) {
    items.resize(2);
    for (T& item : items) fill(item);
  }
  template <typename T>
  void fill(T& part) {
    if constexpr (std::is_enum_v<T>) {
      part = static_cast<T>(++next % static_cast<int>(Words<T>::kAll.size()));
    } else {
      members(part, *this);
    }
  }
};

TEST(Snapshot, ReadsBackWhatItWrote) {
  ViewModel model;
  Filler filler;
  filler.fill(model);
  const std::string text = write_snapshot(model);
  const Result<ViewModel> again = read_snapshot(text);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(write_snapshot(*again), text);
  EXPECT_EQ(again->sections[1].on_call[1].people[1].contacts[1].href,
            model.sections[1].on_call[1].people[1].contacts[1].href);
  EXPECT_EQ(again->dialog->fields[1].choices[1].selected, true);
}

TEST(Snapshot, OfNothingIsTheDefault) {
  const Result<ViewModel> model = read_snapshot("{}");
  ASSERT_TRUE(model);
  EXPECT_EQ(write_snapshot(*model), write_snapshot(ViewModel{}));
}

TEST(Snapshot, IgnoresWhatItDoesNotKnow) {
  EXPECT_TRUE(read_snapshot(R"({"of_a_later_version": 1, "name": "PagerDuty"})"));
}

TEST(Snapshot, NamesThePlaceOfWhatIsWrong) {
  struct Row {
    const char* name;
    const char* text;
    ErrorCode code;
    const char* says;
  };
  const Row rows[] = {
      {"no JSON", "{", ErrorCode::kSyntax, "JSON"},
      {"a list", "[]", ErrorCode::kSyntax, "object"},
      {"a text for a flag", R"({"busy":"yes"})", ErrorCode::kBadArgument, "busy"},
      {"an unknown word", R"({"notices":[{},{"tone":"loud"}]})", ErrorCode::kBadArgument,
       "notices[1].tone"},
      {"a number for a part", R"({"header":{"title":3}})", ErrorCode::kBadArgument, "header.title"},
      {"a part for a list", R"({"tabs":{}})", ErrorCode::kBadArgument, "tabs"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Result<ViewModel> model = read_snapshot(row.text);
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, row.code);
    EXPECT_NE(model.error().message.find(row.says), std::string::npos) << model.error().message;
  }
}

}  // namespace
}  // namespace pd::card

#include "base/texts.h"

#include <gtest/gtest.h>

namespace pd {
namespace {

TEST(Fill, EndsASentenceOnce) {
  EXPECT_EQ(fill("Zuletzt {0}.", {"vor 5 Min."}), "Zuletzt vor 5 Min.");
  EXPECT_EQ(fill("Zuletzt {0}.", {"heute"}), "Zuletzt heute.");
  EXPECT_EQ(fill("{0}..", {"a."}), "a..") << "one full stop is the sentence's, others are text";
}

TEST(Fill, PutsValuesInTheirPlacesOnly) {
  EXPECT_EQ(fill("{0} and {1}, {0}", {"a", "b"}), "a and b, a");
  EXPECT_EQ(fill("{0}", {"{1}", "b"}), "{1}") << "a value is not a pattern";
  EXPECT_EQ(fill("{2}", {"a"}), "");
  EXPECT_EQ(fill("brace { alone", {}), "brace { alone");
  EXPECT_EQ(fill("{x}", {"a"}), "{x}");
}

TEST(English, HasATextForEachNameInItsPlace) {
  std::size_t places = 0;
#define PD_ANY_TEXT(part, name, said)                                    \
  EXPECT_EQ(english(texts::k##name), said) << #name;                     \
  EXPECT_EQ(text_at(index_of(texts::k##name)), texts::k##name) << #name; \
  ++places;
#define PD_ANY_PLURAL(part, name, one, other)                                                   \
  EXPECT_EQ(english(texts::k##name), "") << #name;                                              \
  EXPECT_EQ(english(texts::k##name##Other), other) << #name;                                    \
  EXPECT_EQ(index_of(texts::k##name##Other) - index_of(texts::k##name), kPlurals - 1) << #name; \
  places += kPlurals;
#include "base/texts.def"
  EXPECT_EQ(places, text_count());
}

TEST(English, OfAPartStandsBehindTheCores) {
  EXPECT_EQ(part_of(texts::kRefresh), TextPart::kCore);
  EXPECT_EQ(part_of(texts::kSnooze), TextPart::kMore);
  EXPECT_EQ(part_of(texts::kNearMiss), TextPart::kEntity);
  EXPECT_EQ(part_of(texts::kYamlTab), TextPart::kYaml);
  EXPECT_EQ(index_of(texts::kCardName), 0U);
  EXPECT_LT(index_of(texts::kRefresh), index_of(texts::kSnooze));
  EXPECT_LT(index_of(texts::kSnooze), index_of(texts::kNearMiss));
  EXPECT_LT(index_of(texts::kNearMiss), index_of(texts::kYamlTab));
}

}  // namespace
}  // namespace pd

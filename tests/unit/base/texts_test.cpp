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

}  // namespace
}  // namespace pd

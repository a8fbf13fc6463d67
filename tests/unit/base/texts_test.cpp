#include "base/texts.h"

#include <gtest/gtest.h>

namespace pd {
namespace {

TEST(Fill, PutsValuesInTheirPlacesOnly) {
  EXPECT_EQ(fill("{0} and {1}, {0}", {"a", "b"}), "a and b, a");
  EXPECT_EQ(fill("{0}", {"{1}", "b"}), "{1}") << "a value is not a pattern";
  EXPECT_EQ(fill("{2}", {"a"}), "");
  EXPECT_EQ(fill("brace { alone", {}), "brace { alone");
  EXPECT_EQ(fill("{x}", {"a"}), "{x}");
}

}  // namespace
}  // namespace pd

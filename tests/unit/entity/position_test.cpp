#include <gtest/gtest.h>

#include "entity/tree.h"

namespace pd::entity {
namespace {

TEST(TextPosition, CountsLinesAndCharactersFromOne) {
  struct Case {
    std::string name, text;
    std::size_t offset;
    int line, column;
  };
  const Case cases[] = {
      {"start", "ab", 0, 1, 1},
      {"second character", "ab", 1, 1, 2},
      {"end", "ab", 2, 1, 3},
      {"beyond the end", "ab", 99, 1, 3},
      {"on a line break", "a\nb", 1, 1, 2},
      {"after a line break", "a\nb", 2, 2, 1},
      {"after CR LF", "a\r\nb", 3, 2, 1},
      {"after two-, three- and four-byte characters", "\xC3\xBC\xE6\x97\xA5\xF0\x9F\x9A\x80x", 9, 1,
       4},
      {"after a byte that is no UTF-8", "\xFCx", 1, 1, 2},
  };
  for (const Case& c : cases) {
    const Where where = where_of(c.text, c.offset, "a.yaml");
    EXPECT_EQ(where, (Where{"a.yaml", c.line, c.column, {}})) << c.name;
  }
}

TEST(TextPosition, GoesBackWhenAskedTo) {
  TextPosition position("ab\ncd", 10);
  position.move_to(4);
  EXPECT_EQ(position.line(), 12);
  EXPECT_EQ(position.column(), 2);
  position.move_to(1);
  EXPECT_EQ(position.line(), 11);
  EXPECT_EQ(position.column(), 2);
}

std::string places_of(const Tree& tree) {
  std::string places;
  for (const Node& node : tree.nodes) {
    places += std::to_string(node.line) + ":" + std::to_string(node.column) + "=" + node.text + " ";
  }
  return places;
}

TEST(ReadJson, GivesEveryValueItsPlaceAndSourceText) {
  const auto tree = read_json(
      "{\"a\": [1.50, -0,\n  \"\\u00e9\\\"\", true],\n\"\xE6\x97\xA5\": {} , \"c\":null}", "");
  ASSERT_TRUE(tree);
  EXPECT_EQ(places_of(*tree),
            "1:1= 1:2=a 1:7= 1:8=1.50 1:14=-0 2:3=\xC3\xA9\" 2:15=true 3:1=\xE6\x97\xA5 3:6= "
            "3:11=c 3:15= ");
}

TEST(ReadYaml, GivesEveryValueItsPlaceAndSourceText) {
  const auto tree = read_yaml("a: [1.50, 'x']\n\xE6\x97\xA5: {k: 007}\nc:\n", 5, "");
  ASSERT_TRUE(tree);
  EXPECT_EQ(places_of(*tree),
            "6:1= 6:1=a 6:4= 6:5=1.50 6:11=x 7:1=\xE6\x97\xA5 7:4= 7:5=k 7:8=007 8:1=c 8:1= ");
}

TEST(ReadYaml, TellsScalarsApartAsYaml12Does) {
  struct Case {
    std::string text;
    Node::Kind kind;
  };
  using enum Node::Kind;
  const Case cases[] = {
      {"true", kBoolean},    {"False", kBoolean},     {"TRUE", kBoolean}, {"tRUE", kString},
      {"yes", kString},      {"on", kString},         {"~", kNull},       {"null", kNull},
      {"NULL", kNull},       {"nULL", kString},       {"12", kNumber},    {"-12", kNumber},
      {"+12", kNumber},      {"0x1F", kNumber},       {"0o17", kNumber},  {"0b11", kString},
      {"1.5", kNumber},      {".5", kNumber},         {"5.", kNumber},    {".", kString},
      {"1e3", kNumber},      {"1.5E-3", kNumber},     {"1e", kString},    {"e3", kString},
      {".inf", kNumber},     {"-.Inf", kNumber},      {".nan", kNumber},  {"1_000", kString},
      {"12:30:45", kString}, {"2026-05-04", kString}, {"1.2.3", kString}, {"'12'", kString},
      {"\"true\"", kString}, {"!!str 12", kString},   {"\"\"", kString},
  };
  for (const Case& c : cases) {
    const auto tree = read_yaml("v: [" + c.text + "]\n", 0, "");
    ASSERT_TRUE(tree) << c.text << tree.error().message;
    EXPECT_EQ(tree->at(tree->at(tree->find(tree->root, "v")).members.front().second).kind, c.kind)
        << c.text;
  }
}

}  // namespace
}  // namespace pd::entity

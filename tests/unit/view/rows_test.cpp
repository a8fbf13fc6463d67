// A list of more rows than the twin holds: which rows it has, what they say of the others.
#include <algorithm>

#include "states.h"

namespace pd::view {
namespace {

constexpr const char* kList = "section:incidents:list";

class Rows : public WithFonts {
 protected:
  static card::ViewModel with_rows(int count) {
    card::ViewModel model = read_state("on-fire");
    card::Section& section =
        *std::ranges::find(model.sections, card::SectionKind::kIncidents, &card::Section::kind);
    const card::IncidentRow row = section.incidents.front();
    section.incidents.clear();
    for (int i = 0; i < count; ++i) {
      card::IncidentRow& added = section.incidents.emplace_back(row);
      added.id = "incident:" + std::to_string(i);
      added.title.id = added.id + ":title";
      for (card::Action& action : added.actions) action.id = added.id + ":" + action.label;
    }
    return model;
  }
  // As App draws: once anew, then unchanged, each at its own scroll position.
  paint::Painted scrolled(const card::ViewModel& model, float top, bool unchanged) {
    scroll_ = {{kList, top}};
    input_.scroll_css_px = &scroll_;
    input_.memory = &memory_;
    input_.unchanged = unchanged;
    return paint(model, 480, input_);
  }
  Input input_;

 private:
  std::vector<std::pair<std::string, float>> scroll_;
  Memory memory_;
};

std::vector<const TwinNode*> items_of(const Output& output) {
  std::vector<const TwinNode*> items;
  for (const TwinNode& node : output.twin) {
    if (node.parent == kList) items.push_back(&node);
  }
  return items;
}

TEST_F(Rows, AreAllInTheTwinOfAnOrdinaryList) {
  const Output output = paint(with_rows(200)).output;
  const std::vector<const TwinNode*> items = items_of(output);
  ASSERT_EQ(items.size(), 200U);
  EXPECT_EQ(items.back()->id, "incident:199");
  EXPECT_EQ(items.front()->set_size, 0);  // the shell counts them itself
  const TwinNode* list = find(output, kList);
  ASSERT_NE(list, nullptr);
  EXPECT_TRUE(list->scroller);
  EXPECT_GT(list->content_height, 10 * list->rect.height);
  EXPECT_LT(output.height_css_px, 1200);
}

TEST_F(Rows, FarFromTheWindowOfALongListAreOnlyCounted) {
  const card::ViewModel model = with_rows(5000);
  const Output output = scrolled(model, 50'000, false).output;
  const std::vector<const TwinNode*> items = items_of(output);
  ASSERT_FALSE(items.empty());
  EXPECT_LT(items.size(), 80U);
  for (const TwinNode* item : items) {
    EXPECT_EQ(item->set_size, 5000);
    EXPECT_EQ("incident:" + std::to_string(item->position - 1), item->id);
  }
  // Those in the window are among them, with more on both sides for Tab to go to.
  EXPECT_LT(items.front()->rect.y, 49'000);
  EXPECT_GT(items.back()->rect.y, 51'000);
}

TEST_F(Rows, ComeToTheTwinWhenScrollingReachesThem) {
  const card::ViewModel model = with_rows(5000);
  EXPECT_TRUE(scrolled(model, 0, false).output.twin_complete);
  EXPECT_FALSE(scrolled(model, 20, true).output.twin_complete);
  const Output there = scrolled(model, 100'000, true).output;
  EXPECT_TRUE(there.twin_complete);
  EXPECT_EQ(find(there, "incident:0"), nullptr);
  EXPECT_NE(find(there, "header:heading"), nullptr);
  EXPECT_FALSE(scrolled(model, 100'001, true).output.twin_complete);
}

TEST_F(Rows, DrawTheSameWhetherOrNotTheTwinIsMade) {
  const card::ViewModel model = with_rows(5000);
  const paint::Painted anew = scrolled(model, 30'000, false);
  EXPECT_EQ(scrolled(model, 30'000, true).image.pixels, anew.image.pixels);
}

TEST_F(Rows, KeepTheirNodesWhileOneOfThemHasTheFocus) {
  const card::ViewModel model = with_rows(5000);
  input_.focused_node = "incident:2:Resolve";
  scrolled(model, 0, false);
  const Output away = scrolled(model, 100'000, true).output;
  EXPECT_NE(find(away, "incident:2:Resolve"), nullptr);
  EXPECT_EQ(items_of(away).front()->position, 3);
  input_.focused_node = "";
  EXPECT_EQ(find(scrolled(model, 200'000, true).output, "incident:2:Resolve"), nullptr);
}

TEST_F(Rows, AreWindowedAlsoWhereTheCardScrollsAsAWhole) {
  const card::ViewModel model = with_rows(5000);
  Input input;
  input.max_height_css_px = 500;
  std::vector<std::pair<std::string, float>> scroll{{"card:body", 60'000}};
  input.scroll_css_px = &scroll;
  const Output output = paint(model, 480, input).output;
  const std::vector<const TwinNode*> items = items_of(output);
  ASSERT_FALSE(items.empty());
  EXPECT_LT(items.size(), 80U);
  EXPECT_GT(items.front()->position, 100);
}

}  // namespace
}  // namespace pd::view

// Where the pointer is, what it hits, and what that draws.
#include "states.h"

namespace pd::view {
namespace {

class Pointer : public WithFonts {
 protected:
  static Input at(const Rect& rect, float dx = 0, float dy = 0) {
    Input input;
    input.pointer_x_css_px = rect.x + rect.width / 2 + dx;
    input.pointer_y_css_px = rect.y + rect.height / 2 + dy;
    return input;
  }
};

TEST_F(Pointer, HitsWhatTheTwinHasThere) {
  const card::ViewModel model = read_state("calm");
  const Output output = paint(model).output;
  int hit = 0;
  for (const TwinNode& node : output.twin) {
    if (node.role != Role::kButton && node.role != Role::kLink && node.role != Role::kTab) continue;
    EXPECT_EQ(paint(model, 480, at(node.rect)).output.hovered_node, node.id);
    ++hit;
  }
  EXPECT_GT(hit, 8);
}

TEST_F(Pointer, HitsNothingOutside) {
  const card::ViewModel model = read_state("calm");
  EXPECT_EQ(paint(model).output.hovered_node, "");
  EXPECT_EQ(paint(model, 480, at({470, 300, 20, 20})).output.hovered_node, "");
}

TEST_F(Pointer, DrawsHoveredAndPressedDifferently) {
  const card::ViewModel model = read_state("on-fire");
  const paint::Painted still = paint(model);
  for (const char* id : {"action:create", "action:refresh", "tab:changes", "header:title"}) {
    const TwinNode* node = find(still.output, id);
    ASSERT_NE(node, nullptr) << id;
    const Input over = at(node->rect);
    const paint::Painted hovered = paint(model, 480, over);
    EXPECT_NE(hovered.hash, still.hash) << id;
    if (node->role != Role::kButton) continue;
    Input down = over;
    down.pointer_down = true;
    EXPECT_NE(paint(model, 480, down).hash, hovered.hash) << id;
  }
}

TEST_F(Pointer, DoesNotHoverADisabledButton) {
  card::ViewModel model = read_state("calm");
  model.header.actions.front().enabled = false;
  const paint::Painted still = paint(model);
  const TwinNode* node = find(still.output, model.header.actions.front().id);
  ASSERT_NE(node, nullptr);
  EXPECT_TRUE(node->disabled);
  const paint::Painted over = paint(model, 480, at(node->rect));
  EXPECT_EQ(over.output.hovered_node, "");
  EXPECT_EQ(over.hash, still.hash);
}

TEST_F(Pointer, DoesNotReachWhatLiesBehindADialog) {
  card::ViewModel open = read_state("dialog-edit");
  card::ViewModel closed = open;
  closed.dialog.reset();
  const Output behind = paint(closed).output;
  const Output output = paint(open).output;
  const TwinNode* panel = find(output, open.dialog->id);
  ASSERT_NE(panel, nullptr);
  for (const TwinNode& node : behind.twin) {
    if (node.role != Role::kButton) continue;
    const std::string hovered = paint(open, 480, at(node.rect)).output.hovered_node;
    EXPECT_NE(hovered, node.id);
  }
  const TwinNode* next = find(output, open.dialog->actions.back().id);
  ASSERT_NE(next, nullptr);
  EXPECT_EQ(next->parent, open.dialog->id);
  EXPECT_EQ(paint(open, 480, at(next->rect)).output.hovered_node, next->id);
}

TEST_F(Pointer, FollowsAScrolledList) {
  const card::ViewModel model = read_state("many");
  const Output output = paint(model).output;
  const TwinNode* list = find(output, "section:incidents:list");
  ASSERT_NE(list, nullptr);
  ASSERT_GT(list->content_height, list->rect.height);
  std::vector<std::pair<std::string, float>> scroll{{list->id, 300.0F}};
  int hit = 0;
  for (const TwinNode& node : output.twin) {
    if (node.role != Role::kButton || !node.parent.starts_with("incident:")) continue;
    const Rect on_card{node.rect.x + list->rect.x, node.rect.y + list->rect.y - 300,
                       node.rect.width, node.rect.height};
    Input input = at(on_card);
    input.scroll_css_px = &scroll;
    const bool in_sight = input.pointer_y_css_px >= list->rect.y &&
                          input.pointer_y_css_px < list->rect.y + list->rect.height;
    const std::string hovered = paint(model, 480, input).output.hovered_node;
    EXPECT_EQ(hovered == node.id, in_sight) << node.id;
    hit += in_sight ? 1 : 0;
  }
  EXPECT_GT(hit, 3);
}

TEST_F(Pointer, ScrollingNeverPassesTheEnds) {
  const card::ViewModel model = read_state("many");
  const auto hash_at = [&](float top) {
    std::vector<std::pair<std::string, float>> scroll{{"section:incidents:list", top}};
    Input input;
    input.scroll_css_px = &scroll;
    return paint(model, 480, input).hash;
  };
  EXPECT_EQ(hash_at(-500), hash_at(0));
  EXPECT_NE(hash_at(40), hash_at(0));
  EXPECT_EQ(hash_at(1e6F), hash_at(2e6F));
}

TEST_F(Pointer, NothingIsDrawnBeyondAScrolledListsWindow) {
  // Rows of the model differ in what lies above and below the window only; the pixels there must
  // not.
  const card::ViewModel model = read_state("many");
  const paint::Painted top = paint(model);
  const TwinNode* list = find(top.output, "section:incidents:list");
  ASSERT_NE(list, nullptr);
  std::vector<std::pair<std::string, float>> scroll{{list->id, 237.0F}};
  Input input;
  input.scroll_css_px = &scroll;
  const paint::Painted moved = paint(model, 480, input);
  const auto first = static_cast<int>(list->rect.y);
  const auto last = static_cast<int>(list->rect.y + list->rect.height);
  for (int y = 0; y < top.image.height; ++y) {
    if (y >= first && y < last) continue;
    for (int x = 0; x < top.image.width; ++x) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(top.image.width) +
                      static_cast<std::size_t>(x);
      ASSERT_EQ(top.image.pixels[at], moved.image.pixels[at]) << x << ", " << y;
    }
  }
}

TEST_F(Pointer, ASpinnerTurnsUnlessMotionIsReduced) {
  card::ViewModel model = read_state("calm");
  EXPECT_FALSE(paint(model).output.animating);
  model.header.actions.front().busy = true;
  EXPECT_TRUE(paint(model).output.animating);
  Input input;
  input.reduced_motion = true;
  EXPECT_FALSE(paint(model, 480, input).output.animating);
  Input later = input;
  later.time_s = 0.4F;
  EXPECT_EQ(paint(model, 480, input).hash, paint(model, 480, later).hash);
}

TEST_F(Pointer, AnUnchangedFrameDrawsTheSameFromMemory) {
  const card::ViewModel model = read_state("many");
  std::vector<std::pair<std::string, float>> scroll{{"section:incidents:list", 250.0F}};
  Memory memory;
  Input input;
  input.memory = &memory;
  input.scroll_css_px = &scroll;
  const paint::Painted first = paint(model, 480, input);
  input.unchanged = true;
  const paint::Painted again = paint(model, 480, input);
  EXPECT_EQ(again.image.pixels, first.image.pixels);
  EXPECT_LT(again.output.twin.size(), first.output.twin.size() / 2);
}

}  // namespace
}  // namespace pd::view

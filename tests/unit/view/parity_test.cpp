// The twin and the picture are two accounts of one frame. For every golden state: each control is hit
// where its node lies and nowhere else, by one node of its name; each text that is drawn is in the
// twin, in its place, and can be read on its ground.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <variant>

#include "../../golden/settings_states.h"
#include "drawn.h"
#include "places.h"
#include "states.h"
#include "view/ui.h"

namespace pd::view {
namespace {

constexpr float kReadable = 4.5F;  // WCAG 2.2, 1.4.3
constexpr float kVisible = 3.0F;   // 1.4.11

using Model = std::variant<card::ViewModel, settings::ViewModel>;

struct State {
  std::string name;
  Model model;
};

std::vector<State> states() {
  std::vector<State> all;
  const std::filesystem::path folder = source_dir() / "tests/golden/states";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    card::ViewModel model = read_state(name);
    all.push_back({name, model});
    model.layout = card::Layout::kTrigger;
    all.push_back({name + " as trigger", std::move(model)});
  }
  for (auto& [name, model] : settings_states()) all.push_back({name, std::move(model)});
  std::ranges::sort(all, {}, &State::name);
  return all;
}

bool is_field(Role role) {
  return role == Role::kTextBox || role == Role::kSearchBox || role == Role::kSelect;
}
bool is_control(Role role) {
  return role == Role::kLink || role == Role::kButton || role == Role::kTab ||
         role == Role::kRadio || role == Role::kCheckBox || is_field(role);
}

// Its text is a symbol for where the picture cannot be seen.
bool is_icon_button(const TwinNode& node) {
  return node.role == Role::kButton && node.rect.width <= 32;
}

bool holds(const Rect& rect, float x, float y, float slack = 0) {
  return x >= rect.x - slack && x < rect.x + rect.width + slack && y >= rect.y - slack &&
         y < rect.y + rect.height + slack;
}

// A node where it lies on the card.
struct Placed {
  TwinNode node;
  Rect rect;
  Rect window;            // of the scroller that it is in
  bool is_inert = false;  // behind a dialog
  // Of what is drawn there, texts apart, with what lies left of it; of controls.
  float contrast = 1;

  bool is_in_sight() const {
    return rect.y >= window.y && rect.y + rect.height <= window.y + window.height;
  }
};

bool is_in(const Output& output, const TwinNode& node, const std::string& ancestor) {
  for (const TwinNode* at = &node; at != nullptr; at = find(output, at->parent)) {
    if (at->id == ancestor) return true;
  }
  return false;
}

std::vector<Placed> place(const Output& output) {
  std::map<std::string, std::size_t> by_id;
  std::vector<Placed> all;
  const auto dialog = std::ranges::find(output.twin, Role::kDialog, &TwinNode::role);
  for (const TwinNode& node : output.twin) {
    Placed at{node, node.rect, {0, 0, 1e6F, 1e6F}};
    for (std::string parent = node.parent; !parent.empty();) {
      const Placed& around = all[by_id.at(parent)];
      if (around.node.scroller) {
        at.rect.x += around.rect.x;
        at.rect.y += around.rect.y;
        at.window = around.rect;
        break;
      }
      parent = around.node.parent;
    }
    at.is_inert = dialog != output.twin.end() && !is_in(output, node, dialog->id);
    by_id[node.id] = all.size();
    all.push_back(std::move(at));
  }
  return all;
}

// The greatest contrast of a pixel in `rect` with what lies left of it.
float contrast_in(const png::Image& image, const Rect& rect) {
  const auto pixel = [&](int x, int y) {
    const int column = std::clamp(x, 0, image.width - 1);
    const int row = std::clamp(y, 0, image.height - 1);
    return image.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) +
                        static_cast<std::size_t>(column)];
  };
  const auto left = static_cast<int>(rect.x);
  const auto top = static_cast<int>(rect.y);
  const auto right = static_cast<int>(rect.x + rect.width);
  const auto bottom = static_cast<int>(rect.y + rect.height);
  std::set<Color> colors;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) colors.insert(pixel(x, y));
  }
  const Color ground = pixel(left - 2, (top + bottom) / 2);
  float best = 1;
  for (const Color color : colors) best = std::max(best, contrast(color, ground));
  return best;
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != kSoftBreak) letters += c;
  }
  return letters;
}

// Whether `drawn` is a part of `text`, or its beginning with an ellipsis.
bool is_part(std::string drawn, const std::string& text) {
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  const std::string letters = letters_of(text);
  if (letters.empty()) return false;
  if (drawn == kWholeRun || letters.contains(drawn)) return true;
  if (drawn.ends_with(kEllipsis)) drawn.resize(drawn.size() - kEllipsis.size());
  return letters.contains(drawn);
}

// Of people: drawn beside their names, which say the same.
std::set<std::string> initials_of(const Model& model) {
  std::set<std::string> initials;
  const auto* card = std::get_if<card::ViewModel>(&model);
  if (card == nullptr) return initials;
  for (const card::Section& section : card->sections) {
    for (const card::OnCallLevel& level : section.on_call) {
      for (const card::Person& person : level.people) initials.insert(person.initials);
    }
  }
  return initials;
}

class Parity : public WithFonts {
 protected:
  // One state at one width in one theme.
  struct Seen {
    const State* state = nullptr;
    Input input;
    std::string where;
    std::vector<DrawnText> texts;
    std::vector<Placed> nodes;
  };
  // They are drawn once for all tests.
  const std::vector<Seen>& all() {
    if (!seen_.empty()) return seen_;
    states_ = states();
    Sheet sheet(*source_);
    for (const State& state : states_) {
      for (const float width : {280.0F, 320.0F, 480.0F, 900.0F}) draw(sheet, state, width, false);
      for (const float width : {320.0F, 900.0F}) draw(sheet, state, width, true);
    }
    return seen_;
  }
  static std::string hovered(Sheet& sheet, const Seen& seen, float x, float y) {
    Input input = seen.input;
    input.pointer_x_css_px = x;
    input.pointer_y_css_px = y;
    return std::visit([&](const auto& model) { return sheet.draw(model, input).hovered_node; },
                      seen.state->model);
  }
  static void TearDownTestSuite() {
    seen_.clear();
    states_.clear();
  }

 private:
  static void draw(Sheet& sheet, const State& state, float width, bool dark) {
    Seen seen;
    seen.state = &state;
    seen.input.width_css_px = width;
    seen.where = state.name + " at " + std::to_string(static_cast<int>(width)) +
                 (dark ? ", dark" : ", light");
    Frame frame = std::visit([&](const auto& model) { return sheet.read(model, seen.input, dark); },
                             state.model);
    seen.texts = std::move(frame.texts);
    seen.nodes = place(frame.output);
    for (Placed& at : seen.nodes) {
      if (is_control(at.node.role)) at.contrast = contrast_in(frame.picture, at.rect);
    }
    seen_.push_back(std::move(seen));
  }
  static std::vector<State> states_;
  static std::vector<Seen> seen_;
};
std::vector<State> Parity::states_;
std::vector<Parity::Seen> Parity::seen_;

TEST_F(Parity, EveryTextThatIsDrawnIsInTheTwinInItsPlace) {
  for (const Seen& seen : all()) {
    const std::set<std::string> initials = initials_of(seen.state->model);
    for (const DrawnText& text : seen.texts) {
      if (initials.contains(text.letters)) continue;
      const float right = text.rect.x + text.rect.width;
      const float y = text.rect.y + text.rect.height / 2;
      const bool is_said = std::ranges::any_of(seen.nodes, [&](const Placed& at) {
        const Role role = at.node.role;
        // A container's name is for the ear.
        const bool is_labelled = is_control(role) || role == Role::kImage;
        return holds(at.rect, text.rect.x, y, 1) && holds(at.rect, right, y, 1) &&
               (is_part(text.letters, at.node.text) ||
                (is_labelled && is_part(text.letters, at.node.name)));
      });
      EXPECT_TRUE(is_said) << seen.where << ": \"" << text.letters << "\" at " << text.rect.x
                           << ", " << text.rect.y;
    }
  }
}

TEST_F(Parity, EveryTextOfTheTwinIsDrawn) {
  int count = 0;
  for (const Seen& seen : all()) {
    for (const Placed& at : seen.nodes) {
      const TwinNode& node = at.node;
      const bool is_icon = node.role == Role::kImage || is_icon_button(node);
      if (node.text.empty() || is_icon || !at.is_in_sight()) continue;
      const bool is_drawn = std::ranges::any_of(seen.texts, [&](const DrawnText& text) {
        return holds(at.rect, text.rect.x, text.rect.y + text.rect.height / 2, 1) &&
               is_part(text.letters, node.text);
      });
      EXPECT_TRUE(is_drawn) << seen.where << ": " << node.id << " \"" << node.text << '"';
      ++count;
    }
  }
  EXPECT_GT(count, 1000);
}

TEST_F(Parity, EveryTextCanBeReadOnItsGround) {
  for (const Seen& seen : all()) {
    for (const DrawnText& text : seen.texts) {
      if (text.covered) continue;
      EXPECT_GE(text.contrast, kReadable)
          << seen.where << ": \"" << text.letters << "\" at " << text.rect.x << ", " << text.rect.y;
    }
  }
}

// Controls that no text tells: an icon, a box, a frame.
TEST_F(Parity, EveryControlCanBeSeenOnItsGround) {
  for (const Seen& seen : all()) {
    for (const Placed& at : seen.nodes) {
      const TwinNode& node = at.node;
      const bool is_told = std::ranges::any_of(seen.texts, [&](const DrawnText& text) {
        return holds(at.rect, text.rect.x, text.rect.y, 1);
      });
      const bool is_framed = is_field(node.role) || (node.role == Role::kRadio && node.selected);
      if (!is_control(node.role) || node.disabled || at.is_inert || !at.is_in_sight()) continue;
      if (is_told && !is_framed) continue;
      EXPECT_GE(at.contrast, kVisible) << seen.where << ": " << node.id;
    }
  }
}

TEST_F(Parity, WhatIsReadOnAControlIsInItsName) {
  for (const Seen& seen : all()) {
    for (const Placed& at : seen.nodes) {
      const TwinNode& node = at.node;
      if (!is_control(node.role)) continue;
      EXPECT_FALSE(node.name.empty() && node.text.empty()) << seen.where << ": " << node.id;
      if (node.name.empty() || is_icon_button(node)) continue;
      EXPECT_TRUE(letters_of(node.name).contains(letters_of(node.text)))
          << seen.where << ": " << node.id << " \"" << node.text << "\" in \"" << node.name << '"';
    }
  }
}

TEST_F(Parity, EveryControlIsATargetOf24Pixels) {
  for (const Seen& seen : all()) {
    for (const Placed& at : seen.nodes) {
      if (!is_control(at.node.role)) continue;
      EXPECT_GE(at.rect.width, kLeastTarget) << seen.where << ": " << at.node.id;
      EXPECT_GE(at.rect.height, kLeastTarget) << seen.where << ": " << at.node.id;
    }
  }
}

// A pixel within each edge hits the control, a pixel beyond it does not; what is hit instead has a node
// there, too. Fields draw no hover; their frames are looked at above.
TEST_F(Parity, EveryControlIsHitWhereItsNodeLiesAndNowhereElse) {
  Sheet sheet(*source_);
  int hits = 0;
  for (const Seen& seen : all()) {
    const bool is_dark = seen.where.ends_with("dark");
    if (is_dark || seen.input.width_css_px == 280 || seen.input.width_css_px == 480) continue;
    for (const Placed& at : seen.nodes) {
      const TwinNode& node = at.node;
      if (!is_control(node.role) || is_field(node.role) || node.disabled || at.is_inert) continue;
      const auto [x, y, width, height] = at.rect;
      const float middle_x = x + width / 2;
      const float middle_y = y + height / 2;
      const std::pair<float, float> inside[] = {{x + 1, middle_y},
                                                {x + width - 1, middle_y},
                                                {middle_x, y + 1},
                                                {middle_x, y + height - 1}};
      const std::pair<float, float> outside[] = {{x - 1, middle_y},
                                                 {x + width + 1, middle_y},
                                                 {middle_x, y - 1},
                                                 {middle_x, y + height + 1}};
      for (const auto& [px, py] : inside) {
        if (!holds(at.window, px, py)) continue;
        EXPECT_EQ(hovered(sheet, seen, px, py), node.id)
            << seen.where << " at " << px << ", " << py;
        ++hits;
      }
      for (const auto& [px, py] : outside) {
        const std::string other = hovered(sheet, seen, px, py);
        EXPECT_NE(other, node.id) << seen.where << " at " << px << ", " << py;
        if (other.empty()) continue;
        const auto count = std::ranges::count_if(seen.nodes, [&](const Placed& p) {
          return p.node.id == other && is_control(p.node.role) && holds(p.rect, px, py, 1);
        });
        EXPECT_EQ(count, 1) << seen.where << ": " << other << " at " << px << ", " << py;
      }
    }
  }
  EXPECT_GT(hits, 1000);
}

}  // namespace
}  // namespace pd::view

// What should be so of a service, and is or is not.
#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kMark = 14;

float draw_check(Ui& ui, const card::Check& check, float x, float y, float width) {
  const std::size_t node = ui.open(Role::kListItem, check.id, {x, y, width, 0});
  ui.shape(check.passing ? card::Tone::kOk : card::Tone::kWarning, x, y + 6, kMark);
  if (!check.state.empty()) {
    // Where the picture is not seen, a sign of the same meaning is.
    TwinNode& state = ui.image(check.id + ":state", check.state, {x, y + 6, kMark, kMark});
    state.text = check.passing ? "\xE2\x9C\x93" : "!";
    state.font_size = ui.tiny().size;
    state.line_height = kMark;
    state.centered = true;
  }
  const float left = x + kMark + kGap;
  const float room = x + width - left;
  TextStyle style = check.passing ? ui.small() : ui.small_strong();
  style.color = ui.theme.text;
  float top = y + 4;
  top += ui.paragraph({check.id + ":label"}, check.label, style, left, top, room, 3);
  if (!check.detail.empty()) {
    top += ui.paragraph({check.id + ":detail"}, check.detail, ui.tiny(), left, top, room, 4);
  }
  ui.close(node, top + 4 - y);
  return top + 4 - y;
}

float draw_group(Ui& ui, const card::CheckGroup& group, float x, float y, float width) {
  float top = y;
  if (!group.title.empty()) {
    TextStyle title = ui.tiny_strong();
    const float wide = ui.line({group.id + ":title", Role::kHeading, {}, ui.part_level},
                               group.title, title, x, top, width);
    const float left = x + wide + 6;
    if (!group.count.empty()) {
      ui.line({group.id + ":count"}, group.count, ui.tiny(), left, top, x + width - left);
    }
    top += title.line_height + 4;
  }
  const std::size_t node = ui.open(Role::kList, group.id, {x, top, width, 0}, group.title);
  const float height = draw_in_columns(group.checks.size(), x, top, width,
                                       [&](std::size_t i, float left, float at, float each) {
                                         return draw_check(ui, group.checks[i], left, at, each);
                                       });
  ui.close(node, height);
  return top + height - y;
}

}  // namespace

PD_ENTERS_PART float draw_checks(Ui& ui, const card::Section& section, float x, float y,
                                 float width) {
  constexpr float kGroupGap = 12;
  float top = y;
  for (const card::CheckGroup& group : section.checks) {
    if (top > y) top += kGroupGap;
    top += draw_group(ui, group, x, top, width);
  }
  return top - y;
}

}  // namespace pd::view

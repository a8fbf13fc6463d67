// A stretch of time from left to right: incidents above the line, changes below it.
#include <algorithm>
#include <array>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kMark = 12;
constexpr float kLane = 14;
constexpr std::size_t kMostLanes = 3;

// The lane of each incident: the first that is free where it begins; the last one may be shared.
std::vector<std::size_t> lanes_of(const card::TimeAxis& axis, float width) {
  std::vector<std::size_t> lanes;
  std::array<float, kMostLanes> taken{};
  for (const card::AxisMark& mark : axis.marks) {
    std::size_t lane = 0;
    if (mark.kind == card::MarkKind::kIncident) {
      while (lane + 1 < kMostLanes && taken[lane] > mark.at * width) ++lane;
      taken[lane] = std::max(mark.at * width + kMark, mark.until * width) + 2;
    }
    lanes.push_back(lane);
  }
  return lanes;
}

// Its shape where it began, a bar for as long as it lasted.
Rect draw_incident_mark(Ui& ui, const card::AxisMark& mark, float x, float y, float width) {
  constexpr float kBar = 4;
  const float left = std::clamp(x + mark.at * width, x, x + width - kMark);
  const float right = std::clamp(x + mark.until * width, left + kMark, x + width);
  if (right - left > kMark + 6) {
    ui.fill({left + kMark + 1, y + (kMark - kBar) / 2, right - left - kMark - 1, kBar},
            ui.color_of(mark.tone), kBar / 2);
  }
  ui.shape(mark.tone, left, y, kMark);
  return {left, y, right - left, kMark};
}

Rect draw_change_mark(Ui& ui, const card::AxisMark& mark, float x, float y, float width) {
  constexpr float kChange = 10;
  const float left = std::clamp(x + mark.at * width - kChange / 2, x, x + width - kChange);
  ui.shape(card::Tone::kMaintenance, left, y, kChange);
  return {left, y, kChange, kChange};
}

// Every how many ticks a label has room.
std::size_t label_step(Ui& ui, const std::vector<card::AxisTick>& ticks, float width) {
  for (std::size_t step = 1; step < ticks.size(); ++step) {
    bool fits = true;
    for (std::size_t i = 0; i + step < ticks.size(); i += step) {
      const float wide = ui.width_of(ticks[i].label, ui.tiny()) + 10;
      fits = fits && wide <= (ticks[i + step].at - ticks[i].at) * width;
    }
    if (fits) return step;
  }
  return std::max<std::size_t>(ticks.size(), 1);
}

}  // namespace

float draw_ticks(Ui& ui, const std::string& id, const std::vector<card::AxisTick>& ticks, float x,
                 float y, float width, float height) {
  const TextStyle style = ui.tiny();
  const std::size_t step = label_step(ui, ticks, width);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const card::AxisTick& tick = ticks[i];
    const float at = x + std::clamp(tick.at, 0.0F, 1.0F) * width;
    ui.vertical_rule(std::min(at, x + width - 1), y, height + 4, ui.theme.border);
    const float wide = std::ceil(ui.width_of(tick.label, style));
    if (i % step != 0 || tick.label.empty() || at + 2 + wide > x + width) continue;
    const std::string name = id + ":tick:" + std::to_string(i);
    ui.line({name}, tick.label, style, at + 2, y + height + 4, wide + 1);
  }
  return height + 4 + style.line_height;
}

float draw_time_axis(Ui& ui, const card::TimeAxis& axis, float x, float y, float width) {
  const std::vector<std::size_t> lanes = lanes_of(axis, width);
  const std::size_t deepest = lanes.empty() ? 0 : *std::ranges::max_element(lanes);
  const float line = y + kGap + static_cast<float>(deepest + 1) * kLane + 2;
  const float below = line + 5;
  const bool has_changes =
      std::ranges::count(axis.marks, card::MarkKind::kChange, &card::AxisMark::kind) > 0;
  const float end = has_changes ? below + kMark : line + 2;
  const std::size_t node = ui.open(Role::kGroup, axis.id, {x, y, width, 0}, axis.name);
  const float bottom =
      y + kGap + draw_ticks(ui, axis.id, axis.ticks, x, y + kGap, width, end - y - kGap);
  ui.rule(x, line, width, ui.theme.border_strong);
  for (std::size_t i = 0; i < axis.marks.size(); ++i) {
    const card::AxisMark& mark = axis.marks[i];
    const float lane = line - 2 - static_cast<float>(lanes[i] + 1) * kLane + 1;
    const Rect rect = mark.kind == card::MarkKind::kChange
                          ? draw_change_mark(ui, mark, x, below, width)
                          : draw_incident_mark(ui, mark, x, lane, width);
    ui.image(mark.id, mark.name, rect);
  }
  ui.close(node, bottom - y);
  return bottom - y;
}

}  // namespace pd::view

// Figures as tiles: what, how much, how it was before, day by day.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kPadding = 12;
constexpr float kSpark = 32;
constexpr float kTileGap = 8;

int columns_of(float width, std::size_t count) {
  const int most = width >= 720 ? 4 : width >= 520 ? 3 : width >= 260 ? 2 : 1;
  // No tile stands alone in its row where it need not.
  const int columns = std::min(most, static_cast<int>(count));
  return columns > 2 && static_cast<int>(count) % columns == 1 ? columns - 1 : columns;
}

// How it changed, with an arrow for its direction.
float draw_change(Ui& ui, const card::Metric& metric, float x, float y, float width) {
  constexpr float kArrow = 12;
  TextStyle style = ui.tiny_strong();
  style.color = ui.color_of(metric.change_tone);
  float left = x;
  if (metric.direction != 0) {
    ui.arrow(metric.direction > 0, x, y + 2, kArrow, style.color);
    left += kArrow + 4;
  }
  return ui.paragraph({metric.id + ":change", Role::kDefinition}, metric.change, style, left, y,
                      x + width - left, 2);
}

// A bar for each day; days without anything have a line, so that their number can be seen.
void draw_spark(Ui& ui, const card::Metric& metric, Rect rect) {
  const auto count = static_cast<float>(metric.spark.size());
  const float step = rect.width / count;
  const float gap = step >= 4 ? std::max(1.0F, std::floor(step * 0.25F)) : 0;
  float left = rect.x;
  for (const int value : metric.spark) {
    const float height =
        std::max(static_cast<float>(std::clamp(value, 0, 1000)) / 1000 * rect.height, 1.0F);
    const Color color = value > 0 ? ui.theme.info : ui.theme.border_strong;
    ui.fill({left, rect.y + rect.height - height, std::max(step - gap, 1.0F), height}, color,
            step >= 6 ? 1.0F : 0.0F);
    left += step;
  }
  ui.add(Role::kDefinition, metric.id + ":days", rect);
  ui.begin(metric.id + ":days");
  ui.image(metric.id + ":spark", metric.spark_name, rect);
  ui.end();
}

// What stands in a tile, with the days at its end when the height of the row is known.
float draw_metric(Ui& ui, const card::Metric& metric, float label, float x, float y, float width,
                  float height) {
  float top = y;
  ui.paragraph({metric.id + ":label", Role::kTerm}, metric.label, ui.tiny(), x, top, width, 3);
  top += label + 2;
  ui.line({metric.id + ":value", Role::kDefinition}, metric.value, ui.figure(), x, top, width);
  top += ui.figure().line_height;
  if (!metric.change.empty()) top += 2 + draw_change(ui, metric, x, top + 2, width);
  if (!metric.spark.empty()) {
    top += kGap + kSpark;
    const float bottom = height > 0 ? y + height : top;
    draw_spark(ui, metric, {x, bottom - kSpark, width, kSpark});
  }
  return top - y;
}

// Metrics `first` to `last` side by side, as high as the highest.
float draw_tile_row(Ui& ui, const std::vector<card::Metric>& metrics, std::size_t first,
                    std::size_t last, float x, float y, float tile) {
  const float inner = tile - 2 * kPadding;
  float label = 0;
  for (std::size_t i = first; i < last; ++i) {
    const int lines = ui.line_count(metrics[i].label, ui.tiny(), inner, 3);
    label = std::max(label, static_cast<float>(std::max(lines, 1)) * ui.tiny().line_height);
  }
  float height = 0;
  for (std::size_t i = first; i < last; ++i) {
    height = std::max(
        height, ui.measure([&] { return draw_metric(ui, metrics[i], label, 0, 0, inner, 0); }));
  }
  for (std::size_t i = first; i < last; ++i) {
    const float left = x + static_cast<float>(i - first) * (tile + kTileGap);
    const Rect ground{left, y, tile, height + 2 * kPadding};
    ui.fill(ground, ui.theme.surface, ui.theme.radius_css_px);
    ui.add(Role::kGroup, metrics[i].id, ground);
    ui.begin(metrics[i].id);
    draw_metric(ui, metrics[i], label, left + kPadding, y + kPadding, inner, height);
    ui.end();
  }
  return height + 2 * kPadding;
}

}  // namespace

PD_ENTERS_PART float draw_metrics(Ui& ui, const card::Section& section, float x, float y,
                                  float width) {
  if (section.metrics.empty()) return 0;
  const std::vector<card::Metric>& metrics = section.metrics;
  const auto columns = static_cast<std::size_t>(columns_of(width, metrics.size()));
  const auto count = static_cast<float>(columns);
  const float tile = (width - kTileGap * (count - 1)) / count;
  const std::string id = section.id + ":metrics";
  const std::size_t node = ui.open(Role::kTermList, id, {x, y, width, 0});
  float top = y;
  for (std::size_t first = 0; first < metrics.size(); first += columns) {
    if (first > 0) top += kTileGap;
    const std::size_t last = std::min(first + columns, metrics.size());
    top += draw_tile_row(ui, metrics, first, last, x, top, tile);
  }
  ui.close(node, top - y);
  return top - y;
}

}  // namespace pd::view

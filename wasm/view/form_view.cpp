// A field of a form with its label, help and error; choices side by side where they have room.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kFieldHeight = 36;
constexpr float kAreaHeight = 92;
constexpr float kRadioHeight = 36;

float field_height(const card::Field& field) {
  return field.kind == card::FieldKind::kMultiline ? kAreaHeight : kFieldHeight;
}

// In how many columns: all side by side where every label has room, else in pairs, else one below
// the other.
std::size_t columns_of(Ui& ui, const std::vector<card::Choice>& choices, float width) {
  constexpr float kBesideLabel = 44;  // ring and padding
  float widest = 0;
  for (const card::Choice& choice : choices) {
    widest = std::max(widest, ui.width_of(choice.label, ui.body()) + kBesideLabel);
  }
  for (const std::size_t columns : {choices.size(), std::size_t{2}}) {
    const auto count = static_cast<float>(columns);
    if (columns > 0 && choices.size() % columns == 0 &&
        widest <= (width - kGap * (count - 1)) / count) {
      return columns;
    }
  }
  return 1;
}

float draw_choices(Ui& ui, const card::Field& field, float x, float y, float width) {
  const std::size_t columns = columns_of(ui, field.choices, width);
  const auto count = static_cast<float>(columns);
  const float each = (width - kGap * (count - 1)) / count;
  const std::size_t rows = (field.choices.size() + columns - 1) / columns;
  const float height = (kRadioHeight + kGap) * static_cast<float>(rows) - kGap;
  ui.add(Role::kRadioGroup, field.id, {x, y, width, height}).name = field.label;
  ui.begin(field.id);
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    const std::size_t column = i % columns;
    const std::size_t row = i / columns;
    ui.radio(field.choices[i], x + static_cast<float>(column) * (each + kGap),
             y + static_cast<float>(row) * (kRadioHeight + kGap), each, kRadioHeight);
  }
  ui.end();
  return height;
}

}  // namespace

PD_ENTERS_PART float draw_field(Ui& ui, const card::Field& field, float x, float y, float width) {
  TextStyle label = ui.heading();
  label.color = ui.theme.text;
  const TextStyle help = ui.tiny();
  float top = y;
  const bool has_help = !field.help.empty();
  const float help_width = has_help ? std::ceil(ui.width_of(field.help, help)) : 0;
  ui.line({field.id + ":label"}, field.label, label, x, top, width - help_width - kGap);
  if (has_help) {
    ui.line({field.id + ":help"}, field.help, help, x + width - help_width, top + 2, help_width);
  }
  top += label.line_height + 4;
  if (field.kind == card::FieldKind::kChoice) {
    return top + draw_choices(ui, field, x, top, width) - y;
  }
  const bool wrong = !field.error.empty();
  const std::string described_by = wrong ? field.id + ":error" : has_help ? field.id + ":help" : "";
  ui.field(field, described_by, x, top, width, field_height(field));
  top += field_height(field);
  if (wrong) {
    TextStyle error = ui.small();
    error.color = ui.theme.critical;
    top += 4 + ui.paragraph({described_by}, field.error, error, x, top + 4, width);
  }
  return top - y;
}

}  // namespace pd::view

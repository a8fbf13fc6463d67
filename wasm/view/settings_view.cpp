// The settings page: a form of one column, its groups one below the other.
#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kMostWidth = 640;  // lines of fields that are longer are hard to read
constexpr float kBeside = 420;     // from here on, short fields share a row
constexpr float kFieldGap = 16;
constexpr float kGroupGap = 20;
constexpr float kField = 36;
constexpr float kFieldLabel = 24;  // above a field, with its gap

// One below the other, with where the next one begins.
class Column {
 public:
  Column(Ui& ui, float x, float y, float width) : ui_(ui), x_(x), top_(y), width_(width) {}

  float bottom() const { return top_; }
  void gap(float height) { top_ += height; }
  void paragraph(const TextNode& node, const std::string& text, const TextStyle& style) {
    if (!text.empty()) top_ += ui_.paragraph(node, text, style, x_, top_, width_);
  }
  void title(const settings::ViewModel& model);
  void account(const settings::ViewModel& model);
  void fields(const std::vector<card::Field>& row);
  void actions(const std::vector<card::Action>& actions) {
    top_ += draw_actions(ui_, actions, x_, top_, width_, kField);
  }
  // A rule, a heading and a sentence.
  void group(const settings::Group& group);
  void secret(const settings::SecretRow& row);
  void remember(const settings::ViewModel& model);
  void test(const settings::ViewModel& model);
  void notice(const card::Notice& notice) {
    top_ += 12 + draw_notice(ui_, notice, x_, top_ + 12, width_);
  }

 private:
  Ui& ui_;
  float x_, top_, width_;

  float beside(const std::vector<card::Action>& actions) const {
    return width_ >= kBeside ? actions_width(ui_, actions, kField) + kGap : 0;
  }
};

void Column::title(const settings::ViewModel& model) {
  const TextStyle style = ui_.title_style();
  const float badge = model.state ? ui_.badge_width(*model.state, true) + kGap + 4 : 0;
  const bool behind = ui_.width_of(model.title, style) + badge <= width_;
  const float wide = ui_.line({"settings:title", Role::kHeading, {}, 2}, model.title, style, x_,
                              top_, behind ? width_ - badge : width_);
  top_ += style.line_height;
  if (model.state && behind) {
    ui_.badge("settings:state", *model.state, x_ + wide + kGap + 4,
              top_ - style.line_height + (style.line_height - kBadgeHeight) / 2, true);
  }
  top_ += 4;
  paragraph({"settings:subtitle"}, model.subtitle, ui_.small());
  if (model.state && !behind) {
    ui_.badge("settings:state", *model.state, x_, top_ + 6, true);
    top_ += 6 + kBadgeHeight;
  }
}

void Column::account(const settings::ViewModel& model) {
  if (!model.account) {
    top_ += draw_end_actions(ui_, model.account_actions, x_, top_, width_);
    return;
  }
  constexpr float kLeastSelect = 180;
  const float wanted = beside(model.account_actions);
  const float room = width_ - wanted >= kLeastSelect ? wanted : 0;
  const float top = top_;
  top_ += draw_field(ui_, *model.account, x_, top_, width_ - room);
  if (room > 0) {
    draw_actions(ui_, model.account_actions, x_ + width_ - room + kGap, top + kFieldLabel, room,
                 kField);
  } else {
    gap(kGap);
    actions(model.account_actions);
  }
}

void Column::fields(const std::vector<card::Field>& row) {
  const bool shares = width_ >= kBeside && row.size() > 1;
  const float count = shares ? static_cast<float>(row.size()) : 1;
  const float each = (width_ - kFieldGap * (count - 1)) / count;
  float left = x_;
  float height = 0;
  for (const card::Field& field : row) {
    const float own = draw_field(ui_, field, left, top_, each);
    if (shares) {
      left += each + kFieldGap;
      height = std::max(height, own);
    } else {
      top_ += own + (&field == &row.back() ? 0 : kFieldGap);
    }
  }
  top_ += height;
}

void Column::group(const settings::Group& group) {
  gap(kGroupGap);
  ui_.rule(x_, top_, width_, ui_.theme.border);
  gap(kGroupGap - 4);
  TextStyle heading = ui_.strong();
  paragraph({group.id + ":title", Role::kHeading, {}, 3}, group.title, heading);
  if (!group.body.empty()) gap(2);
  paragraph({group.id + ":body"}, group.body, ui_.small());
}

void Column::secret(const settings::SecretRow& row) {
  const card::Field& field = row.field;
  const float badge = ui_.badge_width(row.state, true);
  TextStyle label = ui_.code();
  gap(kFieldGap - 4);
  ui_.line({field.id + ":label"}, field.label, label, x_, top_ + 1, width_ - badge - kGap);
  ui_.badge(field.id + ":state", row.state, x_ + width_ - badge, top_, true);
  gap(kFieldLabel);
  const float room = beside(row.actions);
  const bool wrong = !field.error.empty();
  ui_.field(field, wrong ? field.id + ":error" : field.id + ":state", x_, top_, width_ - room,
            kField);
  if (room > 0) draw_actions(ui_, row.actions, x_ + width_ - room + kGap, top_, room, kField);
  gap(kField);
  if (wrong) {
    TextStyle error = ui_.small();
    error.color = ui_.theme.critical;
    gap(4);
    paragraph({field.id + ":error"}, field.error, error);
  }
  if (room > 0) return;
  gap(kGap);
  actions(row.actions);
}

void Column::remember(const settings::ViewModel& model) {
  gap(kFieldGap);
  if (model.remember) top_ += ui_.labelled_checkbox(*model.remember, x_, top_, width_);
  paragraph({"settings:about-remember"}, model.about_remember, ui_.small());
}

void Column::test(const settings::ViewModel& model) {
  gap(12);
  if (!model.test.checks.empty()) top_ += draw_checks(ui_, model.test, x_, top_, width_) + 12;
  actions(model.test_actions);
}

float draw_form(Ui& ui, const settings::ViewModel& model, float width) {
  const float padding = width < 340 ? 12 : 20;
  const float inner = std::min(width - 2 * padding, kMostWidth);
  Column column(ui, padding, padding, inner);
  column.title(model);
  for (const card::Notice& notice : model.notices) column.notice(notice);
  column.gap(kFieldGap);
  column.account(model);
  column.gap(kFieldGap - 4);
  column.fields({model.auth});
  column.gap(kGap);
  column.paragraph({"settings:about-auth"}, model.about_auth, ui.small());
  for (const std::vector<card::Field>& row : model.rows) {
    column.gap(kFieldGap);
    column.fields(row);
  }
  column.gap(kFieldGap + 4);
  column.actions(model.save);
  if (model.secrets) {
    column.group(*model.secrets);
    for (const settings::SecretRow& row : model.secret_rows) column.secret(row);
    column.remember(model);
  }
  column.group({model.test.id, model.test.title, {}});
  column.test(model);
  column.group(model.files);
  column.gap(12);
  column.actions(model.file_actions);
  return column.bottom() + padding;
}

}  // namespace

PD_ENTERS_PART void draw_settings(const settings::ViewModel& model, const Input& input,
                                  const Theme& theme, text::TextEngine& text, text::FamilyId family,
                                  Output& output) {
  draw_whole(model.name, false, model.dialog, input, theme, text, family, output,
             [&](Ui& ui) { return draw_form(ui, model, input.width_css_px); });
}

}  // namespace pd::view

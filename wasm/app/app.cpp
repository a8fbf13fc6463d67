#include "app/app.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/settings_surface.h"
#include "card/snapshot.h"
#include "imgui.h"
#include "text/drawing_context.h"
#include "text/text_engine.h"

namespace pd::app {
namespace {

using card::CardId;

// Taller than any card; what a card needs is known only after it is laid out.
constexpr float kCanvasHeightPx = 16384;
// What a surface may be at most: a card that wants more is cut, it never takes the page's memory.
constexpr int kMaxSurfaceWidthPx = 8192;
constexpr int kMaxSurfaceHeightPx = 16384;
constexpr int kMaxSurfacePixels = 16 * 1024 * 1024;
constexpr std::size_t kMaxScrollers = 64;  // a card has one or two
constexpr float kLeastDpr = 0.25F;
constexpr float kMostDpr = 8;

// `value` within bounds; the lower one for what is no number.
float bounded(float value, float least, float most) {
  return value >= least ? std::min(value, most) : least;
}

Viewport sane(Viewport viewport) {
  viewport.dpr = viewport.dpr > 0 ? bounded(viewport.dpr, kLeastDpr, kMostDpr) : 0;
  viewport.width_css_px = bounded(viewport.width_css_px, 0, kMaxSurfaceWidthPx);
  if (viewport.dpr > 0) {
    viewport.width_css_px =
        std::min(viewport.width_css_px, static_cast<float>(kMaxSurfaceWidthPx) / viewport.dpr);
  }
  viewport.max_height_css_px = bounded(viewport.max_height_css_px, 0, kMaxSurfaceHeightPx);
  return viewport;
}

view::Theme sane(view::Theme theme) {
  theme.font_size_css_px = bounded(theme.font_size_css_px, 8, 40);
  theme.radius_css_px = bounded(theme.radius_css_px, 0, 40);
  return theme;
}

struct LiveCard {
  CardId id = 0;
  bool visible = true;
  Viewport viewport;
  view::Theme theme = view::light_theme();
  text::FamilyId family = text::kDefaultFamily;
  float pointer_x_css_px = -1, pointer_y_css_px = -1;
  bool pointer_down = false;
  std::string focused_node;
  std::vector<std::pair<std::string, float>> scroll_css_px;
  std::unique_ptr<text::DrawingContext> context;
  // What the last frame showed; new when something but pointer, focus, scrolling or time within a
  // minute changed.
  card::ViewModel model;
  SettingsPage settings;  // in a card's place
  view::Memory memory;
  bool stale = true;
  std::optional<std::uint64_t> presented_hash;
  float height_css_px = 0;
  std::string twin;
  std::optional<Time> words_due;
};

view::Input input_of(LiveCard& card, Time now) {
  view::Input input;
  input.width_css_px = card.viewport.width_css_px;
  input.max_height_css_px = card.viewport.max_height_css_px;
  input.dpr = card.viewport.dpr;
  input.pointer_x_css_px = card.pointer_x_css_px;
  input.pointer_y_css_px = card.pointer_y_css_px;
  input.pointer_down = card.pointer_down;
  input.focused_node = card.focused_node;
  input.scroll_css_px = &card.scroll_css_px;
  input.unchanged = !card.stale;
  input.memory = &card.memory;
  input.reduced_motion = card.viewport.reduced_motion;
  input.time_s = static_cast<float>(to_ms(now) % 60'000) / 1000.0F;
  return input;
}

}  // namespace

struct App::Impl {
  Impl(text::TextSource& source, std::uint64_t seed, const card::Formatter& formatter)
      : text(source), page(seed, formatter) {}

  text::TextEngine text;
  card::Page page;
  std::vector<std::unique_ptr<LiveCard>> cards;
  // One surface for all: the shell copies it at once. Nothing is in it before it is cleared; a
  // vector would write zeros into memory that nobody has touched. Half as large again as it was
  // needed: a card with data is higher than its skeleton, and draws into the memory of that one;
  // what is never drawn to costs nothing.
  std::unique_ptr<std::uint32_t[]> pixels;
  std::size_t pixels_size = 0;
  std::optional<Time> page_wake, told_wake;
  std::vector<card::Effect> own_effects;

  LiveCard* find(CardId id) {
    for (auto& card : cards) {
      if (card->id == id) return card.get();
    }
    return nullptr;
  }
  const LiveCard* find(CardId id) const { return const_cast<Impl*>(this)->find(id); }

  void open(CardId id) {
    if (find(id) != nullptr) return;
    auto card = std::make_unique<LiveCard>();
    card->id = id;
    card->family = text::kDefaultFamily;
    cards.push_back(std::move(card));
  }
  void close(CardId id) {
    std::erase_if(cards, [id](const auto& card) { return card->id == id; });
  }

  void mark_stale() {
    for (auto& card : cards) card->stale = true;
  }
  const ImDrawData& draw(LiveCard& card, Time now, view::Output& output);
  void fit_surface(const LiveCard& card, float height_css_px, Frame& frame);
  static void present(LiveCard& card, const ImDrawData& data, Frame& frame);
  void wake_for_words(Time now);
  void tell_wake(std::vector<card::Effect>& effects, Time now);
};

// Runs one frame of the card's own context, which keeps the draw data.
const ImDrawData& App::Impl::draw(LiveCard& card, Time now, view::Output& output) {
  if (!card.context) card.context = std::make_unique<text::DrawingContext>(text.atlas());
  const bool is_due = card.stale || !card.words_due || *card.words_due <= now;
  if (is_due && !card.settings) {
    card.stale = true;
    card.model = page.view_model(card.id, now);
    card.words_due = page.next_change_of_words(card.id, now);
  }
  text.new_frame();
  card.context->begin_frame({card.viewport.width_css_px * card.viewport.dpr, kCanvasHeightPx});
  const view::Input input = input_of(card, now);
  if (card.settings) {
    draw_settings(*card.settings, input, card.theme, text, card.family, output);
  } else {
    view::draw_card(card.model, input, card.theme, text, card.family, output);
  }
  return card.context->end_frame();
}

void App::Impl::fit_surface(const LiveCard& card, float height_css_px, Frame& frame) {
  const float dpr = card.viewport.dpr;
  const int width = std::max(1, static_cast<int>(std::lround(card.viewport.width_css_px * dpr)));
  const int most = std::min(kMaxSurfaceHeightPx, kMaxSurfacePixels / width);
  const float wanted = height_css_px * dpr + 0.5F;
  const bool cut = !(wanted < static_cast<float>(most));
  const int height = cut ? most : static_cast<int>(wanted);
  frame.height_css_px = cut ? static_cast<float>(most) / dpr : height_css_px;
  const auto needed = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (pixels_size < needed) {
    pixels.reset();
    pixels_size = std::min(needed + needed / 2, std::size_t{kMaxSurfacePixels});
    pixels = std::make_unique_for_overwrite<std::uint32_t[]>(pixels_size);
  }
  frame.surface = {pixels.get(), width, height, width};
}

// Rasters what the context holds, unless it is the picture that is on the page already.
void App::Impl::present(LiveCard& card, const ImDrawData& data, Frame& frame) {
  // Height and ground belong to the picture: a card that only grew shows more of the same draw
  // list.
  const std::uint64_t hash = raster::hash(data) ^
                             (static_cast<std::uint64_t>(frame.surface.height) << 48U) ^
                             card.theme.background;
  frame.pixels_changed = card.presented_hash != hash;
  if (!frame.pixels_changed) return;
  raster::clear(frame.surface, card.theme.background);
  raster::draw(frame.surface, data);
  card.presented_hash = hash;
}

// Cards whose words have come to read differently ("5 min ago") want a frame.
void App::Impl::wake_for_words(Time now) {
  for (auto& card : cards) {
    if (!card->visible || !card->words_due || *card->words_due > now) continue;
    card->words_due.reset();
    own_effects.emplace_back(card::CardChanged{card->id});
  }
}

// One timer for the page: the earliest of what the logic waits for and of the words that change.
void App::Impl::tell_wake(std::vector<card::Effect>& effects, Time now) {
  std::optional<Time> earliest = page_wake;
  for (const auto& card : cards) {
    if (card->visible && card->words_due && (!earliest || *card->words_due < *earliest)) {
      earliest = card->words_due;
    }
  }
  if (!earliest || (told_wake == earliest && *earliest > now)) return;
  told_wake = earliest;
  effects.emplace_back(card::WakeAt{*earliest});
}

App::App(text::TextSource& source, std::uint64_t seed, const card::Formatter& formatter)
    : impl_(std::make_unique<Impl>(source, seed, formatter)) {}
App::~App() = default;

void App::handle(card::Event event, Time now) {
  if (const auto* opened = std::get_if<card::OpenCard>(&event)) impl_->open(opened->card);
  if (const auto* closed = std::get_if<card::CloseCard>(&event)) impl_->close(closed->card);
  if (const auto* seen = std::get_if<card::CardVisible>(&event)) {
    if (LiveCard* card = impl_->find(seen->card)) card->visible = seen->visible;
  }
  if (std::holds_alternative<card::Tick>(event)) {
    impl_->told_wake.reset();
    if (impl_->page_wake && *impl_->page_wake <= now) impl_->page_wake.reset();
    impl_->wake_for_words(now);
  }
  impl_->page.handle(std::move(event), now);
  impl_->mark_stale();  // one answer may be several cards'
}

std::vector<card::Effect> App::take_effects(Time now) {
  std::vector<card::Effect> effects = std::move(impl_->own_effects);
  impl_->own_effects.clear();
  for (card::Effect& effect : impl_->page.take_effects()) {
    if (const auto* wake = std::get_if<card::WakeAt>(&effect)) {
      impl_->page_wake = wake->at;
    } else {
      effects.push_back(std::move(effect));
    }
  }
  impl_->tell_wake(effects, now);
  return effects;
}

void App::open_settings(CardId id, settings::Surroundings surroundings, std::string_view kept) {
  impl_->open(id);
  impl_->find(id)->settings = make_settings(std::move(surroundings), kept);
}

PD_ENTERS_PART void App::handle(CardId id, const settings::Event& event) {
  LiveCard* card = impl_->find(id);
  if (card == nullptr || !card->settings) return;
  card->settings->handle(event);
  card->stale = true;
}

PD_ENTERS_PART std::vector<std::pair<CardId, settings::Effect>> App::take_settings_effects() {
  std::vector<std::pair<CardId, settings::Effect>> effects;
  for (auto& card : impl_->cards) {
    if (!card->settings) continue;
    for (settings::Effect& effect : card->settings->take_effects()) {
      effects.emplace_back(card->id, std::move(effect));
    }
  }
  return effects;
}

bool App::has_settings() const {
  return std::ranges::any_of(impl_->cards,
                             [](const auto& card) { return card->settings != nullptr; });
}

std::string App::snapshot(CardId card, Time now) {
  return card::write_snapshot(impl_->page.view_model(card, now));
}

std::string App::facts(CardId card, Time now) const { return impl_->page.facts(card, now); }

std::string App::diagnostics(Time now) const { return impl_->page.diagnostics(now); }

void App::set_viewport(CardId id, const Viewport& viewport) {
  LiveCard* card = impl_->find(id);
  if (card == nullptr) return;
  card->viewport = sane(viewport);
  card->stale = true;
}

void App::set_style(CardId id, const view::Theme& theme, std::string_view font_family,
                    std::string_view mono_family) {
  LiveCard* card = impl_->find(id);
  if (card == nullptr) return;
  card->theme = sane(theme);
  card->stale = true;
  card->family = impl_->text.family(font_family, mono_family);
}

void App::set_pointer(CardId id, float x_css_px, float y_css_px, bool down) {
  LiveCard* card = impl_->find(id);
  if (card == nullptr) return;
  card->pointer_x_css_px = x_css_px;
  card->pointer_y_css_px = y_css_px;
  card->pointer_down = down;
}

void App::set_focus(CardId id, std::string_view node) {
  if (LiveCard* card = impl_->find(id)) card->focused_node = node;
}

void App::set_scroll(CardId id, std::string_view node, float top_css_px) {
  LiveCard* card = impl_->find(id);
  if (card == nullptr) return;
  const auto known =
      std::ranges::find(card->scroll_css_px, node, &std::pair<std::string, float>::first);
  const float top = bounded(top_css_px, 0, 1e7F);
  if (known != card->scroll_css_px.end()) {
    known->second = top;
  } else if (card->scroll_css_px.size() < kMaxScrollers) {
    card->scroll_css_px.emplace_back(node, top);
  }
}

void App::hide(CardId id) {
  if (LiveCard* card = impl_->find(id)) card->presented_hash.reset();
}

void App::forget_frame(CardId id) {
  LiveCard* card = impl_->find(id);
  if (card == nullptr) return;
  card->presented_hash.reset();
  card->twin.clear();
  card->stale = true;  // its twin is made anew
}

void App::forget_glyphs() {
  impl_->text.forget_glyphs();
  impl_->mark_stale();
  // The same draw list may now read other glyphs.
  for (auto& card : impl_->cards) card->presented_hash.reset();
}

Frame App::frame(CardId id, Time now) {
  Frame frame;
  LiveCard* card = impl_->find(id);
  if (card == nullptr || card->viewport.width_css_px <= 0 || card->viewport.dpr <= 0) return frame;

  view::Output output;
  const ImDrawData& data = impl_->draw(*card, now, output);
  impl_->fit_surface(*card, output.height_css_px, frame);
  App::Impl::present(*card, data, frame);
  if (output.twin_complete) {
    std::string twin = view::write_twin(output.twin);
    frame.twin_changed = twin != card->twin;
    if (frame.twin_changed) card->twin = std::move(twin);
    card->stale = false;
  }
  frame.again = output.animating;
  return frame;
}

const std::string& App::twin(CardId id) const {
  static const std::string kNone;
  const LiveCard* card = impl_->find(id);
  return card == nullptr ? kNone : card->twin;
}

}  // namespace pd::app

#include "paint/paint.h"

#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

#include "imgui.h"
#include "raster/raster.h"
#include "text/drawing_context.h"
#include "text/stb_source.h"
#include "text/text_engine.h"

namespace pd::paint {
namespace {

std::string read_file(const std::string& path) {
  std::string bytes;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  char buffer[65536];
  for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
    bytes.append(buffer, count);
  std::fclose(file);
  return bytes;
}

// The file called `name` in one of the font folders (a list with '|').
std::string read_font(const std::string& name) {
  std::string_view folders = PDC_TEST_FONT_DIRS;
  while (!folders.empty()) {
    const std::string_view folder = folders.substr(0, folders.find('|'));
    std::string bytes = read_file(std::string(folder) + "/" + name);
    if (!bytes.empty()) return bytes;
    folders =
        folder.size() == folders.size() ? std::string_view() : folders.substr(folder.size() + 1);
  }
  return {};
}

void draw(const card::ViewModel& model, const view::Input& input, const view::Theme& theme,
          text::TextEngine& text, view::Output& output) {
  view::draw_card(model, input, theme, text, text::kDefaultFamily, output);
}
void draw(const settings::ViewModel& model, const view::Input& input, const view::Theme& theme,
          text::TextEngine& text, view::Output& output) {
  view::draw_settings(model, input, theme, text, text::kDefaultFamily, output);
}

template <typename Model>
Painted paint_model(text::TextSource& source, const Model& model, const Options& options) {
  Painted painted;
  text::TextEngine text(source);
  text::DrawingContext context(text.atlas());
  text.new_frame();
  context.begin_frame({std::round(options.width_css_px * options.dpr), 16384});
  const view::Theme theme = options.dark ? view::dark_theme() : view::light_theme();
  view::Input input = options.input;
  input.width_css_px = options.width_css_px;
  input.dpr = options.dpr;
  draw(model, input, theme, text, painted.output);
  const ImDrawData& data = context.end_frame();
  painted.hash = raster::hash(data);
  painted.image.width = static_cast<int>(std::round(options.width_css_px * options.dpr));
  painted.image.height = static_cast<int>(std::round(painted.output.height_css_px * options.dpr));
  painted.image.pixels.resize(static_cast<std::size_t>(painted.image.width) *
                              static_cast<std::size_t>(painted.image.height));
  const raster::Surface surface{painted.image.pixels.data(), painted.image.width,
                                painted.image.height, painted.image.width};
  raster::clear(surface, theme.background);
  raster::draw(surface, data);
  return painted;
}

}  // namespace

std::unique_ptr<text::TextSource> make_test_font_source() {
  return text::make_stb_source({read_font("Inter-Regular.otf"), read_font("Inter-SemiBold.otf"),
                                read_font("DejaVuSansMono.ttf"), read_font("MTLc3m.ttf")});
}

Painted paint(text::TextSource& source, const card::ViewModel& model, const Options& options) {
  return paint_model(source, model, options);
}
Painted paint(text::TextSource& source, const settings::ViewModel& model, const Options& options) {
  return paint_model(source, model, options);
}

}  // namespace pd::paint

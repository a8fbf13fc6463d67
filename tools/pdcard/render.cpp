#include <cstdio>
#include <cstdlib>

#include "card/snapshot.h"
#include "commands.h"
#include "paint/paint.h"
#include "png/png.h"

namespace pd::tool {
namespace {

constexpr char kHelp[] =
    "pdcard render SNAPSHOT.json [--theme light|dark] [--width CSS_PX] [--dpr N] -o FILE.png\n"
    "pdcard render SNAPSHOT.json [--width CSS_PX] --twin\n"
    "Paints a card as the browser would (with the test fonts), or prints its twin: the nodes that lie over the picture,\n"
    "as JSON. SNAPSHOT is what the element's snapshot() gives.\n"
    "Exit code 0: painted; 1: the snapshot is wrong; 2: usage, no fonts, or a file that cannot be read or written.\n";

struct Options {
  std::string_view input, output;
  bool twin = false;
  paint::Options paint;
};

bool parse(Arguments arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    if (!name.starts_with("-") || name == "-") {
      options.input = name;
      continue;
    }
    if (name == "--twin") {
      options.twin = true;
      continue;
    }
    if (i + 1 == arguments.size()) return usage_error(std::string(name) + " needs a value") == 0;
    const std::string value(arguments[++i]);
    if (name == "--theme" && (value == "light" || value == "dark")) {
      options.paint.dark = value == "dark";
    } else if (name == "--width") {
      options.paint.width_css_px = std::strtof(value.c_str(), nullptr);
    } else if (name == "--dpr") {
      options.paint.dpr = std::strtof(value.c_str(), nullptr);
    } else if (name == "-o" || name == "--output") {
      options.output = arguments[i];
    } else {
      return usage_error("render does not understand " + std::string(name) + " " + value) == 0;
    }
  }
  if (options.input.empty() || options.output.empty() != options.twin)
    return usage_error(
               "render needs a snapshot, and -o FILE.png or --twin; see pdcard render --help") == 0;
  const paint::Options& paint = options.paint;
  const bool good = paint.width_css_px >= 100 && paint.width_css_px <= 4000 && paint.dpr >= 0.5F &&
                    paint.dpr <= 8;
  return good || usage_error("--width is 100 to 4000 CSS pixels, --dpr 0.5 to 8") == 0;
}

}  // namespace

int run_render(Arguments arguments) {
  if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  Options options;
  std::string text;
  if (!parse(arguments, options) || !read_input(options.input, text)) return 2;
  const auto model = card::read_snapshot(text);
  if (!model) {
    usage_error(model.error().message);
    return 1;
  }
  const auto source = paint::make_test_font_source();
  if (!source) return usage_error("the test fonts are not there; run ./run setup sources");
  const paint::Painted painted = paint::paint(*source, *model, options.paint);
  if (options.twin) {
    std::puts(view::write_twin(painted.output.twin).c_str());
    return 0;
  }
  const std::string output(options.output);
  if (!png::write(output, painted.image)) return usage_error("cannot write " + output);
  return 0;
}

}  // namespace pd::tool

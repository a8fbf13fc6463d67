// bench [NAME...]: the native speed of each stage between a descriptor or an answer and pixels.

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/app.h"
#include "bench/measure.h"
#include "bench/sample_page.h"
#include "bench/staged_card.h"
#include "card/page.h"
#include "entity/entity.h"
#include "entity/target.h"
#include "pagerduty/decode.h"
#include "paint/paint.h"

namespace pd::bench {
namespace {

constexpr card::CardId kCard = 1;
constexpr float kWidthCssPx = 460;

// What a machine does at its memory's speed: the measure of the others.
void add_reference(Bench& bench) {
  bench.add("reference: copy 1 MiB",
            [from = std::string(1U << 20U, 'a'), to = std::string()]() mutable {
              to = from;
              keep(to);
            });
}

void add_reading(Bench& bench) {
  for (const int count : {1, 100}) {
    bench.add("entity: resolve, " + std::to_string(count) + " in the file",
              [count, text = descriptor_of(count)] {
                const auto documents = entity::read_documents(text);
                const std::string ref = "component:default/service-" + std::to_string(count - 1);
                const auto chosen = entity::select_entity(*documents, ref);
                keep(entity::resolve_target(*chosen).target);
              });
  }
  bench.add("pagerduty: decode 100 incidents",
            [body = incidents_body(100)] { keep(pagerduty::decode_incidents(body)); });
}

void add_view_model(Bench& bench) {
  for (const int count : {3, 100}) {
    auto page = std::make_shared<card::Page>(1);
    open_card(*page, count);
    // Each call a minute later, when all ages read differently.
    bench.add("card: view model, " + std::to_string(count) + " incidents",
              [page, now = kNow]() mutable {
                now += std::chrono::minutes(1);
                keep(page->view_model(kCard, now));
              });
  }
}

std::shared_ptr<app::App> make_app(text::TextSource& source, float dpr) {
  auto app = std::make_shared<app::App>(source, 1);
  open_card(*app, 3);
  app->set_viewport(kCard, {.width_css_px = kWidthCssPx, .dpr = dpr});
  return app;
}

void add_frames(Bench& bench, text::TextSource& source) {
  for (const float dpr : {1.0F, 2.0F}) {
    const std::string suffix = dpr == 1.0F ? ", dpr 1" : ", dpr 2";
    bench.add("app: first frame of a page" + suffix, [&source, dpr] {
      const auto app = make_app(source, dpr);
      keep(app->frame(kCard, kNow).surface);
    });
    const auto app = make_app(source, dpr);
    bench.add("app: frame, all pixels" + suffix, [app] {
      app->hide(kCard);
      keep(app->frame(kCard, kNow).surface);
    });
    bench.add("app: frame, nothing changed" + suffix,
              [app] { keep(app->frame(kCard, kNow).surface); });
  }
}

// What a frame is made of, by the card's size.
void add_stages(Bench& bench, text::TextSource& source) {
  for (const int count : {3, 20}) {
    card::Page page(1);
    open_card(page, count);
    for (const float dpr : {1.0F, 2.0F}) {
      const auto one =
          std::make_shared<StagedCard>(source, page.view_model(kCard, kNow), kWidthCssPx, dpr);
      const std::string suffix = ", " + std::to_string(count) + " incidents, dpr " +
                                 std::to_string(static_cast<int>(dpr)) + ", " +
                                 std::to_string(one->height_px()) + " px high";
      bench.add("view" + suffix, [one] { keep(one->view()); });
      bench.add("hash" + suffix, [one] { keep(one->hash()); });
      bench.add("raster" + suffix, [one] { one->raster(); });
    }
  }
}

// A list longer than any screen, scrolled by a few rows a frame; and the same card anew, as each
// minute when its words change.
void add_long_list(Bench& bench, text::TextSource& source) {
  const auto app = std::make_shared<app::App>(source, 1);
  open_card(*app, 5000);
  app->set_viewport(kCard, {.width_css_px = kWidthCssPx, .dpr = 2});
  keep(app->frame(kCard, kNow).surface);
  bench.add("app: scroll, 5,000 incidents", [app, top = 0.0F]() mutable {
    top = top > 400'000 ? 0 : top + 120;
    app->set_scroll(kCard, "section:incidents:list", top);
    keep(app->frame(kCard, kNow).surface);
  });
  bench.add("app: frame anew, 5,000 incidents", [app] {
    app->set_viewport(kCard, {.width_css_px = kWidthCssPx, .dpr = 2});
    keep(app->frame(kCard, kNow).surface);
  });
}

int run(const std::vector<std::string_view>& only) {
  Bench bench;
  add_reference(bench);
  add_reading(bench);
  add_view_model(bench);
  const auto source = paint::make_test_font_source();
  if (source) {
    add_frames(bench, *source);
    add_stages(bench, *source);
    add_long_list(bench, *source);
  } else {
    std::fputs("bench: no frames without the test fonts; run ./run setup sources\n", stderr);
  }
  if (bench.run({.only = only})) return 0;
  std::fputs("bench: there is no such case\n", stderr);
  return 2;
}

}  // namespace
}  // namespace pd::bench

int main(int argc, char** argv) { return pd::bench::run({argv + 1, argv + argc}); }

#include "abi/pdc.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "abi/host_formatter.h"
#include "abi/messages.h"
#include "app/app.h"
#include "text/host_source.h"

using pd::Time;

// What a handle points to: the app, and the bytes that the last call handed out.
struct pdc_app {
  explicit pdc_app(std::uint64_t seed)
      : source(pd::text::make_host_source()), app(*source, seed, pd::abi::host_formatter()) {}

  std::unique_ptr<pd::text::TextSource> source;
  pd::app::App app;
  Time now{};  // of the latest message
  std::string answer, error;
  pdc_bytes answer_bytes{}, error_bytes{};
  pdc_frame_result frame{};
};

namespace {

constexpr std::uint32_t kAbiVersion = 2;

const pdc_bytes* hand_out(pdc_bytes& bytes, const std::string& text) {
  bytes = {text.data(), static_cast<std::uint32_t>(text.size())};
  return &bytes;
}

}  // namespace

std::uint32_t pdc_abi_version() { return kAbiVersion; }
std::uint32_t pdc_texts_digest() { return pd::texts_digest(); }

pdc_app* pdc_create(std::uint32_t seed_low, std::uint32_t seed_high) {
  return new pdc_app((static_cast<std::uint64_t>(seed_high) << 32U) | seed_low);
}
void* pdc_alloc(std::uint32_t size) { return std::malloc(size); }
void pdc_free(void* memory) { std::free(memory); }

std::uint32_t pdc_send(pdc_app* app, const char* header, std::uint32_t header_size,
                       const char* body, std::uint32_t body_size) {
  const auto done = pd::abi::deliver(app->app, {header, header_size}, {body, body_size}, app->now);
  app->error = done ? std::string() : done.error().message;
  return done ? 1 : 0;
}

const pdc_bytes* pdc_take_effects(pdc_app* app) {
  app->answer = pd::abi::take_effects(app->app, app->now);
  return hand_out(app->answer_bytes, app->answer);
}

const pdc_frame_result* pdc_frame(pdc_app* app, std::uint32_t card, double now_ms,
                                  std::uint32_t rehearses) {
  const pd::app::Frame frame = app->app.frame(card, pd::abi::time_of(now_ms));
  if (rehearses != 0) {
    app->app.forget_frame(card);
    return &(app->frame = {});
  }
  const std::string& twin = app->app.twin(card);
  app->frame = {};
  app->frame.pixels = frame.surface.pixels;
  app->frame.width = static_cast<std::uint32_t>(frame.surface.width);
  app->frame.height = static_cast<std::uint32_t>(frame.surface.height);
  app->frame.flags =
      (frame.pixels_changed ? 1U : 0U) | (frame.twin_changed ? 2U : 0U) | (frame.again ? 4U : 0U);
  app->frame.height_css_px = frame.height_css_px;
  if (frame.twin_changed) {
    app->frame.twin = twin.data();
    app->frame.twin_size = static_cast<std::uint32_t>(twin.size());
  }
  return &app->frame;
}

const pdc_bytes* pdc_query(pdc_app* app, std::uint32_t card, std::uint32_t what, double now_ms) {
  const Time now = pd::abi::time_of(now_ms);
  app->answer = what == 0   ? app->app.snapshot(card, now)
                : what == 1 ? app->app.facts(card, now)
                            : app->app.diagnostics(now);
  return hand_out(app->answer_bytes, app->answer);
}

const pdc_bytes* pdc_last_error(pdc_app* app) { return hand_out(app->error_bytes, app->error); }

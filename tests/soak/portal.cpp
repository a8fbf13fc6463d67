#include "portal.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <variant>
#include <vector>

namespace pd::soak {
namespace {

using card::CardId;
using std::chrono::hours;
using std::chrono::minutes;

// As many fit into a window; the others are out of sight.
constexpr int kSeen = 6;
constexpr int kMostFrames = 20;

}  // namespace

Portal::Portal(text::TextSource& source, int cards, Time start)
    : app_(source, 1), company_(cards), now_(start), cards_(cards) {
  app_.handle(card::AccountChanged{.account = "", .connected = true, .requests_per_minute = 960},
              now_);
  open_all();
}

void Portal::open_all() {
  for (int i = 0; i < cards_; ++i) open(static_cast<CardId>(i + 1));
  perform();
}

void Portal::close_all() {
  leave();
  for (int i = 0; i < cards_; ++i) app_.handle(card::CloseCard{static_cast<CardId>(i + 1)}, now_);
  perform();
}

void Portal::open(CardId card) {
  card::CardConfig config;
  config.values.service_id = service_id_of(static_cast<int>(card) - 1);
  app_.handle(card::OpenCard{card, std::move(config)}, now_);
  const int index = static_cast<int>(card) - 1;
  app_.set_viewport(card, {index % 3 == 0 ? 320.0F : 480.0F, 0, 1, true});
  app_.handle(card::CardVisible{card, index < kSeen}, now_);
}

void Portal::draw(CardId card) {
  if (card > kSeen) return;
  for (int i = 0; i < kMostFrames; ++i) {
    ++frames_;
    if (!app_.frame(card, now_).again) return;
  }
}

// Requests are answered at once, and changed cards drawn, until nothing is asked any more.
void Portal::perform() {
  std::set<CardId> changed;
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (const card::Effect& effect : app_.take_effects(now_)) {
      if (const auto* request = std::get_if<card::SendRequest>(&effect)) {
        ++requests_;
        goes_on = true;
        app_.handle(card::ResponseArrived{request->request, 200,
                                          company_.answer_to(request->what.path, now_)},
                    now_);
      } else if (const auto* change = std::get_if<card::CardChanged>(&effect)) {
        changed.insert(change->card);
        goes_on = true;
      } else if (const auto* wake = std::get_if<card::WakeAt>(&effect)) {
        wake_ = wake->at;
      }
    }
    for (const CardId card : std::exchange(changed, {})) draw(card);
  }
}

// Each minute somebody looks at another card, and does something else there.
void Portal::visit(std::int64_t minute) {
  leave();
  visited_ = static_cast<CardId>(minute % kSeen + 1);
  const auto click = [&](const char* node) {
    app_.handle(card::Activated{visited_, node}, now_);
    perform();
  };
  app_.set_pointer(visited_, static_cast<float>(minute % 300), static_cast<float>(minute % 500),
                   false);
  switch (minute % 7) {
    case 0: click("action:create"); break;
    case 1:
      click("rota:toggle");
      click("rota:toggle");
      break;
    case 2:
      click("tab:changes");
      click("tab:incidents");
      break;
    case 3:
      click("resolved:toggle");
      click("resolved:toggle");
      break;
    case 4: app_.handle(card::RefreshAsked{visited_}, now_); break;
    case 5:
      click("select:begin");
      click("select:end");
      break;
    default: {
      // It goes, and comes back.
      app_.handle(card::CloseCard{visited_}, now_);
      open(visited_);
    }
  }
  perform();
  draw(visited_);
}

void Portal::leave() {
  if (visited_ == 0) return;
  app_.handle(card::Activated{visited_, "dialog:close"}, now_);
  app_.set_pointer(visited_, -1, -1, false);
  perform();
  visited_ = 0;
}

void Portal::step(Time now) {
  now_ = now;
  if (wake_ && *wake_ <= now_) {
    wake_.reset();
    app_.handle(card::Tick{}, now_);
  }
  perform();
}

void Portal::pass(Duration time, const std::function<void(int hour)>& hourly) {
  const Time start = now_;
  const std::int64_t all = time / minutes{1};
  for (std::int64_t minute = 1; minute <= all; ++minute) {
    const Time end = start + minutes{minute};
    while (wake_ && *wake_ < end) step(std::max(*wake_, now_));
    step(end);
    visit(minute);
    if (minute % 60 != 0) continue;
    leave();
    hourly(static_cast<int>(minute / 60));
  }
}

}  // namespace pd::soak

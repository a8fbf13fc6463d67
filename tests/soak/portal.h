// A portal's page in virtual time: cards of many services, viewers that scroll, look closer, open
// dialogs and leave, and a PagerDuty that answers at once. Nobody writes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/app.h"
#include "company.h"

namespace pd::soak {

class Portal {
 public:
  // `source` outlives it.
  Portal(text::TextSource& source, int cards, Time start);
  // Everybody leaves, and comes back.
  void close_all();
  void open_all();
  // Lets `time` pass; `hourly` is called at the end of each hour, when nothing is open.
  void pass(Duration time, const std::function<void(int hour)>& hourly);

  std::int64_t frames() const { return frames_; }
  std::int64_t requests() const { return requests_; }

 private:
  void open(card::CardId card);
  void perform();
  void draw(card::CardId card);
  void visit(std::int64_t minute);
  void leave();
  void step(Time now);

  app::App app_;
  Company company_;
  Time now_;
  std::optional<Time> wake_;
  int cards_;
  std::int64_t frames_ = 0;
  std::int64_t requests_ = 0;
  card::CardId visited_ = 0;
};

}  // namespace pd::soak

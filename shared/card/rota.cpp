// Who is on call when: shifts of the coming days, level by level, with overrides and gaps.
#include <algorithm>

#include "base/sort.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;
using client::Kind;
using pagerduty::OnCall;

constexpr std::int64_t kMostRows = 8;
constexpr Duration kSmallestGap = std::chrono::minutes{5};

}  // namespace

void ViewModelMaker::add_rota(Section& section) const {
  if (sources_.service == nullptr || section.on_call.empty()) return;
  const bool is_shown = card_.browsing.rota;
  Action toggle = make_action("rota:toggle", is_shown ? texts::kHideRota : texts::kShowRota,
                              ActionStyle::kQuiet, Icon::kCalendar);
  section.footer.push_back(std::move(toggle));
  if (is_shown) section.rota = rota();
}

PD_ENTERS_PART Rota ViewModelMaker::rota() const {
  Rota rota;
  rota.id = "rota";
  const int days = card_.browsing.rota_days;
  for (const int span : {7, 14}) {
    rota.spans.push_back({"rota:days:" + std::to_string(span),
                          language_.count(texts::kDays, static_cast<std::size_t>(span)),
                          span == days});
  }
  const Answer& answer = detail(Kind::kShifts, sources_.service->escalation_policy.id);
  if (!answer.has_data()) {
    if (!answer.error) return rota;
    rota.state = SectionState::kError;
    rota.notice = Notice{"rota:error",
                         Tone::kWarning,
                         text_of(texts::kRotaError),
                         text_of(*answer.error),
                         {},
                         list_of(retry_action("rota"))};
    return rota;
  }
  rota.state = SectionState::kReady;
  const Time from = server_now_;
  const Time to = from + std::chrono::days{days};
  rota.ticks = day_ticks(from, to);
  const auto& shifts = *answer.detail_as<std::vector<OnCall>>();
  std::int64_t highest = 0;
  for (const OnCall& shift : shifts) highest = std::max(highest, shift.level);
  for (std::int64_t level = 1; level <= std::min(highest, kMostRows); ++level) {
    add_rota_rows(rota, level, shifts, from, to);
  }
  return rota;
}

RotaShift ViewModelMaker::rota_shift(const OnCall& shift, Time start, Time end) const {
  const std::string& name = shift.user.name.empty() ? shift.user.id : shift.user.name;
  RotaShift bar;
  bar.initials = initials_of(name);
  bar.hue = hue_of(shift.user.id);
  bar.label = name;
  bar.is_override = is_override(shift);
  bar.name = fill(bar.is_override ? texts::kOverrideName : texts::kShiftName,
                  {name, moment(start, server_now_), moment(end, server_now_)});
  return bar;
}

// The shifts of a level one after the other, with what nobody covers between them; those of people
// who are on call together in a row each.
void ViewModelMaker::add_rota_rows(Rota& rota, std::int64_t level,
                                   const std::vector<OnCall>& shifts, Time from, Time to) const {
  std::vector<const OnCall*> own;
  for (const OnCall& shift : shifts) {
    const bool is_seen = shift.start.value_or(from) < to && shift.end.value_or(to) > from;
    if (shift.level == level && is_seen) own.push_back(&shift);
  }
  stable_sort(own, [&](const OnCall& a, const OnCall& b) {
    return a.start.value_or(from) < b.start.value_or(from);
  });
  const std::string id = "rota:" + std::to_string(level);
  const std::size_t first = rota.rows.size();
  std::vector<Time> ends;  // of the rows of this level
  const auto row_at = [&](Time start) -> RotaRow& {
    std::size_t lane = 0;
    while (lane < ends.size() && ends[lane] > start) ++lane;
    if (lane == ends.size()) {
      ends.push_back(from);
      RotaRow& row = rota.rows.emplace_back();
      row.id = lane == 0 ? id : id + ":beside:" + std::to_string(lane);
      row.label = fill(texts::kLevel, {std::to_string(level)});
    }
    return rota.rows[first + lane];
  };
  const auto add = [&](Time start, Time end, RotaShift shift) {
    RotaRow& row = row_at(start);
    shift.id = row.id + ":" + std::to_string(row.shifts.size());
    shift.start = part_of(start, from, to);
    shift.end = part_of(end, from, to);
    row.shifts.push_back(std::move(shift));
    ends[static_cast<std::size_t>(&row - &rota.rows[first])] = end;
  };
  const auto add_gap = [&](Time start, Time end) {
    if (end - start < kSmallestGap) return;
    RotaShift gap;
    gap.is_gap = true;
    gap.name = fill(texts::kGapName, {moment(start, server_now_), moment(end, server_now_)});
    add(start, end, std::move(gap));
  };
  Time covered = from;
  for (const OnCall* shift : own) {
    const Time start = std::max(shift->start.value_or(from), from);
    const Time end = std::min(shift->end.value_or(to), to);
    add_gap(covered, start);
    add(start, end, rota_shift(*shift, start, end));
    covered = std::max(covered, end);
  }
  add_gap(covered, to);
}

bool ViewModelMaker::is_override(const OnCall& shift) const {
  if (shift.schedule.id.empty()) return false;
  const auto* schedule =
      detail(Kind::kSchedule, shift.schedule.id).detail_as<pagerduty::Schedule>();
  if (schedule == nullptr) return false;
  return std::ranges::any_of(schedule->overrides, [&](const pagerduty::Schedule::Entry& entry) {
    return entry.user.id == shift.user.id && entry.start && entry.end && shift.start && shift.end &&
           *entry.start < *shift.end && *entry.end > *shift.start;
  });
}

}  // namespace pd::card

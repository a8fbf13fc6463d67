// What was changed lately.
#include <algorithm>

#include "base/text.h"
#include "card/view_model_maker.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

using pagerduty::Incident;

// What happened so soon after a change may be its doing.
constexpr Duration kMayBeItsDoing = std::chrono::hours{2};
constexpr Duration kShortAxis = std::chrono::days{1};
constexpr Duration kLongAxis = std::chrono::days{7};

}  // namespace

Section ViewModelMaker::changes() const {
  Section section = make_section(SectionKind::kChanges, "section:changes", texts::kChanges);
  if (!begin_section(section, sources_.changes, texts::kChangesError, "changes")) return section;
  for (const pagerduty::ChangeEvent& change : *sources_.changes->changes) {
    section.changes.push_back(change_row(change));
  }
  section.count = language_.number(section.changes.size());
  add_axis(section);
  if (section.changes.empty()) {
    set_empty(section, Tone::kNeutral, texts::kNoChanges, text_of(texts::kNoChangesBody));
  }
  return section;
}

ChangeRow ViewModelMaker::change_row(const pagerduty::ChangeEvent& change) const {
  ChangeRow row;
  row.id = "change:" + change.id;
  row.summary = page_link(row.id + ":summary", change.summary.empty() ? change.id : change.summary,
                          change.html_url);
  row.meta = join_meta(change.at ? age(*change.at, server_now_) : std::string(), change.source);
  for (const auto& [href, text] : change.links) {
    if (!pagerduty::is_safe_web_link(href)) continue;
    const std::string label = text.empty() ? display_text(href, 80) : text;
    // Whoever holds an integration key writes these: an address of another host is shown, not linked.
    const bool shows_address = !text.empty() && !pagerduty::is_pagerduty_page(href);
    row.links.push_back(page_link(row.id + ":link:" + std::to_string(row.links.size()),
                                  shows_address ? label + ": " + display_text(href, 80) : label,
                                  href));
  }
  add_relation(row, change);
  return row;
}

// The first incident after a change, if it came soon.
void ViewModelMaker::add_relation(ChangeRow& row, const pagerduty::ChangeEvent& change) const {
  if (!change.at || sources_.incidents == nullptr || !sources_.incidents->incidents) return;
  const Incident* next = nullptr;
  for (const Incident& incident : *sources_.incidents->incidents) {
    const bool is_after = incident.created_at && *incident.created_at >= *change.at &&
                          *incident.created_at - *change.at <= kMayBeItsDoing;
    if (is_after && (next == nullptr || incident.created_at < next->created_at)) next = &incident;
  }
  if (next == nullptr) return;
  row.relation =
      fill(texts::kBeforeIncident, {length(*next->created_at - *change.at), incident_name(*next)});
  row.relation_tone = Tone::kWarning;
}

std::vector<AxisTick> ViewModelMaker::day_ticks(Time from, Time to) const {
  constexpr Duration kDay = std::chrono::days{1};
  const bool is_short = to - from <= kDay;
  const Duration step = is_short ? std::chrono::hours{6} : kDay;
  std::vector<AxisTick> ticks;
  // Midnights of the viewer's zone.
  const CivilTime civil = civil_time(from, card_.config.time_zone);
  const Duration since_midnight =
      std::chrono::hours{civil.hour} + std::chrono::minutes{civil.minute};
  for (Time at = from - since_midnight; at < to; at += step) {
    if (at <= from) continue;
    ticks.push_back({part_of(at, from, to), is_short ? clock(at) : day(at)});
  }
  return ticks;
}

// Changes and incidents on one stretch of time: what changed before it broke.
void ViewModelMaker::add_axis(Section& section) const {
  const auto& changes = *sources_.changes->changes;
  if (changes.empty() || layout_is_small()) return;
  std::vector<std::pair<Time, const pagerduty::ChangeEvent*>> placed;
  for (const auto& change : changes) {
    if (change.at && *change.at > server_now_ - kLongAxis) placed.emplace_back(*change.at, &change);
  }
  std::vector<const Incident*> incidents;
  if (sources_.incidents != nullptr && sources_.incidents->incidents) {
    for (const Incident& incident : *sources_.incidents->incidents) {
      const bool is_recent = incident.created_at && *incident.created_at > server_now_ - kLongAxis;
      if (is_recent) incidents.push_back(&incident);
    }
  }
  if (placed.empty()) return;
  const bool is_short = std::ranges::all_of(
      placed, [this](const auto& p) { return p.first > server_now_ - kShortAxis; });
  const Time from = server_now_ - (is_short ? kShortAxis : kLongAxis);
  TimeAxis axis;
  axis.id = "axis:changes";
  axis.ticks = day_ticks(from, server_now_);
  for (const Incident* incident : incidents) {
    if (*incident->created_at < from) continue;
    const bool is_triggered = incident->status == pagerduty::IncidentStatus::kTriggered;
    axis.marks.push_back({"axis:incident:" + incident->id, MarkKind::kIncident,
                          is_triggered ? Tone::kCritical : Tone::kWarning,
                          part_of(*incident->created_at, from, server_now_), 1,
                          fill(texts::kMarkAt, {moment(*incident->created_at, server_now_),
                                                incident_name(*incident)})});
  }
  const std::size_t incident_count = axis.marks.size();
  for (const auto& [at, change] : placed) {
    axis.marks.push_back({"axis:change:" + change->id, MarkKind::kChange, Tone::kMaintenance,
                          part_of(at, from, server_now_), 0,
                          fill(texts::kMarkAt, {moment(at, server_now_), change->summary})});
  }
  axis.name = fill(texts::kAxisName, {moment(from, server_now_),
                                      language_.count(texts::kManyIncidents, incident_count),
                                      language_.count(texts::kChangeCount, placed.size())});
  section.axis = std::move(axis);
}

}  // namespace pd::card

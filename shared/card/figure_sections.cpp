// Insights, and what the service should have: standards and readiness.
#include <algorithm>
#include <cmath>

#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;
using client::Kind;
using pagerduty::ServiceAnalytics;

constexpr std::size_t kDaysOfSpark = 30;
constexpr int kFullSpark = 1000;

const ServiceAnalytics* only_row(const Answer& answer) {
  const auto* rows = answer.detail_as<std::vector<ServiceAnalytics>>();
  return rows == nullptr || rows->empty() ? nullptr : &rows->front();
}

struct ReadinessCheck {
  const char* id;
  Text label, fix;
};
constexpr ReadinessCheck kReadinessChecks[] = {
    {"policy", texts::kCheckPolicy, texts::kCheckPolicyFix},
    {"levels", texts::kCheckLevels, texts::kCheckLevelsFix},
    {"on-call", texts::kCheckOnCall, texts::kCheckOnCallFix},
    {"teams", texts::kCheckTeams, texts::kCheckTeamsFix},
    {"description", texts::kCheckDescription, texts::kCheckDescriptionFix},
    {"integrations", texts::kCheckIntegrations, texts::kCheckIntegrationsFix},
};
static_assert(std::size(kReadinessChecks) == Readiness{}.size());

void put_failing_first(CheckGroup& group) {
  std::vector<Check> sorted;
  for (const bool passing : {false, true}) {
    for (Check& check : group.checks) {
      if (check.passing == passing) sorted.push_back(std::move(check));
    }
  }
  group.checks = std::move(sorted);
}

// Incidents of each of the last days, oldest first, of which the last row is `today`.
std::vector<std::int64_t> by_day(const std::vector<ServiceAnalytics>& rows, Time now) {
  std::vector<std::int64_t> counts(kDaysOfSpark, 0);
  const Time today = std::chrono::floor<std::chrono::days>(now);
  for (const ServiceAnalytics& row : rows) {
    const auto day =
        parse_rfc3339(row.range_start.ends_with("Z") ? row.range_start : row.range_start + "Z");
    if (!day) continue;
    const auto ago = (today - std::chrono::floor<std::chrono::days>(*day)) / std::chrono::days{1};
    if (ago >= 0 && ago < static_cast<std::int64_t>(kDaysOfSpark)) {
      counts[kDaysOfSpark - 1 - static_cast<std::size_t>(ago)] = row.incidents;
    }
  }
  return counts;
}

}  // namespace

// ---- Insights ----

// More than before is worse, of all figures but up-time.
void ViewModelMaker::compare(Metric& metric, std::optional<double> now,
                             std::optional<double> before) const {
  if (!now || !before || *before <= 0) return;
  const double change = (*now - *before) / *before;
  constexpr double kSame = 0.005;
  if (std::abs(change) < kSame) {
    metric.change = text_of(texts::kSameAsBefore);
    return;
  }
  const bool is_more = change > 0;
  metric.change = fill(is_more ? texts::kPercentMore : texts::kPercentLess,
                       {language_.percent(std::abs(change))});
  metric.direction = is_more ? 1 : -1;
  metric.change_tone = is_more ? Tone::kWarning : Tone::kOk;
}

Section ViewModelMaker::insights() const {
  Section section = make_section(SectionKind::kInsights, "section:insights", texts::kInsights);
  section.skeleton_rows = 2;
  section.summary = text_of(texts::kLastDays);
  if (begin_fold(section)) add_figures(section);
  return section;
}

PD_ENTERS_PART void ViewModelMaker::add_figures(Section& section) const {
  if (!begin_section(section, sources_.metrics, texts::kInsightsError, "insights")) return;
  const ServiceAnalytics* now = sources_.metrics->metrics.get();
  if (now == nullptr || now->incidents == 0) {
    return set_empty(section, Tone::kOk, texts::kNoFigures, text_of(texts::kNoFiguresBody));
  }
  const ServiceAnalytics* before = only_row(detail(Kind::kMetricsBefore, sources_.service_id));
  const Answer& urgent_answer = detail(Kind::kMetricsUrgent, sources_.service_id);
  const auto add = [&](const char* id, Text label, std::string value) -> Metric& {
    Metric& metric = section.metrics.emplace_back();
    metric.id = std::string("metric:") + id;
    metric.label = text_of(label);
    metric.value = std::move(value);
    return metric;
  };
  const auto add_count = [&](const char* id, Text label, std::int64_t ServiceAnalytics::* member) {
    Metric& metric = add(id, label, language_.number(now->*member));
    if (before != nullptr) {
      compare(metric, static_cast<double>(now->*member), static_cast<double>(before->*member));
    }
  };
  const auto add_mean = [&](const char* id, Text label,
                            std::optional<double> ServiceAnalytics::* member) {
    const std::optional<double> mean = now->*member;
    Metric& metric =
        add(id, label,
            mean ? length(std::chrono::seconds{std::llround(*mean)}) : text_of(texts::kNoValue));
    if (before != nullptr) compare(metric, mean, before->*member);
  };
  add_count("incidents", texts::kMetricIncidents, &ServiceAnalytics::incidents);
  add_spark(section.metrics.back());
  if (urgent_answer.has_data()) {
    const ServiceAnalytics* urgent = only_row(urgent_answer);
    add("urgent", texts::kMetricUrgent,
        language_.number(urgent == nullptr ? 0 : urgent->incidents));
  }
  add_mean("ack", texts::kMetricAck, &ServiceAnalytics::mean_seconds_to_first_ack);
  add_mean("resolve", texts::kMetricResolve, &ServiceAnalytics::mean_seconds_to_resolve);
  add_count("interruptions", texts::kMetricInterruptions, &ServiceAnalytics::interruptions);
  add_count("sleep", texts::kMetricSleep, &ServiceAnalytics::sleep_hour_interruptions);
  if (now->up_time_percent) {
    constexpr double kHundredths = 100;
    const double rounded = std::round(*now->up_time_percent * kHundredths) / kHundredths;
    add("up-time", texts::kMetricUpTime, fill(texts::kPercentValue, {language_.number(rounded)}));
  }
  section.note = text_of(texts::kInsightsNote);
}

void ViewModelMaker::add_spark(Metric& metric) const {
  const auto* rows =
      detail(Kind::kMetricsDaily, sources_.service_id).detail_as<std::vector<ServiceAnalytics>>();
  if (rows == nullptr) return;
  const std::vector<std::int64_t> counts = by_day(*rows, server_now_);
  const std::int64_t most = std::max<std::int64_t>(1, std::ranges::max(counts));
  for (const std::int64_t count : counts) {
    metric.spark.push_back(static_cast<int>(count * kFullSpark / most));
  }
  metric.spark_name = fill(texts::kSparkName, {metric.label, std::to_string(most)});
}

// ---- Standards and readiness ----

// What is as it should be needs no advice.
Check ViewModelMaker::make_check(std::string id, bool passes, std::string label,
                                 std::string advice) const {
  return {.id = std::move(id),
          .passing = passes,
          .state = text_of(passes ? texts::kCheckPasses : texts::kCheckFails),
          .label = std::move(label),
          .detail = passes ? std::string() : std::move(advice)};
}

Section ViewModelMaker::standards() const {
  Section section = make_section(SectionKind::kStandards, "section:standards", texts::kStandards);
  section.skeleton_rows = 2;
  const Readiness ready = readiness();
  section.summary = passing_of(ready);
  if (begin_fold(section)) add_standards(section, ready);
  return section;
}

PD_ENTERS_PART void ViewModelMaker::add_standards(Section& section, const Readiness& ready) const {
  const Answer& answer = detail(Kind::kStandards, sources_.service_id);
  const bool has_rows = begin_section(section, &answer, texts::kStandardsError, "standards");
  if (const auto* score = answer.detail_as<pagerduty::StandardsScore>(); has_rows && score) {
    CheckGroup group;
    group.id = "checks:standards";
    group.title = text_of(texts::kStandards);
    group.count =
        fill(texts::kPassingOf, {std::to_string(score->passing), std::to_string(score->total)});
    for (const pagerduty::Standard& standard : score->standards) {
      group.checks.push_back(make_check("standard:" + standard.id, standard.passing, standard.name,
                                        standard.description));
    }
    put_failing_first(group);
    section.checks.push_back(std::move(group));
  }
  // Readiness is told by the service itself, also where the plan has no standards.
  if (!passing_of(ready).empty()) section.checks.push_back(readiness_group(ready));
}

// What the service itself tells, in the order of kReadinessChecks.
Readiness ViewModelMaker::readiness() const {
  const pagerduty::Service* service = sources_.service;
  if (service == nullptr) return {};
  const auto judged = [](bool passes) { return passes ? Finding::kPasses : Finding::kFails; };
  Readiness ready{judged(!service->escalation_policy.id.empty())};
  if (const auto& policy = service->escalation_policy_detail) {
    ready[1] = judged(policy->rules.size() > 1);
  }
  if (sources_.on_calls != nullptr && sources_.on_calls->on_calls) {
    ready[2] = judged(!people_of("level:1", 1, *sources_.on_calls).empty());
  }
  ready[3] = judged(!service->teams.empty());
  ready[4] = judged(!service->description.empty());
  ready[5] = judged(!service->integrations.empty());
  return ready;
}

std::string ViewModelMaker::passing_of(const Readiness& ready) const {
  const auto passing = std::ranges::count(ready, Finding::kPasses);
  const auto failing = std::ranges::count(ready, Finding::kFails);
  if (passing + failing == 0) return {};
  return fill(texts::kPassingOf, {std::to_string(passing), std::to_string(passing + failing)});
}

CheckGroup ViewModelMaker::readiness_group(const Readiness& ready) const {
  CheckGroup group;
  group.id = "checks:readiness";
  group.title = text_of(texts::kReadiness);
  group.count = passing_of(ready);
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (ready[i] == Finding::kUnknown) continue;
    const auto& [id, label, fix] = kReadinessChecks[i];
    group.checks.push_back(make_check(std::string("check:") + id, ready[i] == Finding::kPasses,
                                      text_of(label), text_of(fix)));
  }
  put_failing_first(group);
  return group;
}

}  // namespace pd::card

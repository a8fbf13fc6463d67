#include "comparison.h"

#include <algorithm>

#include "base/texts.h"

namespace pd::sessions {
namespace {

using card::SectionKind;
using card::SectionState;

const Service* service_of(const card::CardConfig& config) {
  const std::string& id = config.values.service_id;
  const auto found = std::ranges::find_if(kServices, [&](const Service& service) {
    return id.empty() ? service.key == config.values.integration_key : service.id == id;
  });
  return found == std::end(kServices) ? nullptr : &*found;
}

std::string join(std::vector<std::string> lines) {
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line + ", ";
  return text;
}

std::string shown_incidents(const card::Section& section) {
  constexpr std::string_view kPrefix = "incident:";
  std::vector<std::string> lines;
  for (const card::IncidentRow& row : section.incidents) {
    if (row.id.starts_with(kPrefix)) {
      lines.push_back(row.id.substr(kPrefix.size()) + " " + row.status.text + " " +
                      (row.priority ? row.priority->text : ""));
    }
  }
  return join(std::move(lines));
}

std::string listed_incidents(const Service& service, const Server& server) {
  std::vector<std::string> lines;
  for (const Server::Incident& incident : server.incidents()) {
    const IncidentStatus status = incident.status();
    if (incident.service != &service || status == IncidentStatus::kResolved) continue;
    const Server::Mark* priority = incident.last(IntentKind::kSetPriority);
    const bool is_triggered = status == IncidentStatus::kTriggered;
    lines.push_back(incident.id + " " +
                    std::string(english(is_triggered ? texts::kTriggered : texts::kAcknowledged)) +
                    " " + (priority == nullptr ? "" : priority->value));
  }
  return join(std::move(lines));
}

std::string shown(const card::Section& section) {
  std::string text;
  switch (section.kind) {
    case SectionKind::kIncidents: return shown_incidents(section);
    case SectionKind::kChanges:
      for (const card::ChangeRow& row : section.changes) text += row.id + ", ";
      return text;
    case SectionKind::kOnCall:
      for (const card::OnCallLevel& level : section.on_call) {
        for (const card::Person& person : level.people) text += person.name.text + ", ";
      }
      return text;
    case SectionKind::kStatus:
    case SectionKind::kInsights:
    case SectionKind::kStandards:
    case SectionKind::kServices: break;
  }
  return text;
}

std::string expected(SectionKind kind, const Service& service, const Server& server) {
  std::string text;
  switch (kind) {
    case SectionKind::kIncidents: return listed_incidents(service, server);
    case SectionKind::kChanges:
      for (const std::string& id : server.changes_of(service.id)) text += "change:" + id + ", ";
      return text;
    case SectionKind::kOnCall: return std::string(server.person_of(service.policy)) + ", ";
    case SectionKind::kStatus:
    case SectionKind::kInsights:
    case SectionKind::kStandards:
    case SectionKind::kServices: break;
  }
  return text;
}

}  // namespace

std::string compare_with_server(const Browser::Card& card, const card::ViewModel& model,
                                const Server& server) {
  const Service* service = service_of(card.config);
  if (service == nullptr) return {};
  if (model.busy) return "is busy";
  if (model.header.title.text != service->name) return "is titled " + model.header.title.text;
  // Of what keeps it from asking; what is about writes, annotations, keys and clocks may stay.
  constexpr std::string_view kGood[] = {"notice:write:", "notice:annotation:", "notice:key",
                                        "notice:clock", "notice:undo"};
  for (const card::Notice& notice : model.notices) {
    const bool is_good = std::ranges::any_of(
        kGood, [&](std::string_view start) { return notice.id.starts_with(start); });
    if (!is_good) return "says " + notice.id + ": " + notice.title;
  }
  for (const card::Section& section : model.sections) {
    const bool is_good = section.state == SectionState::kEmpty ||
                         (section.state == SectionState::kReady && !section.notice);
    if (!is_good) {
      return "has no good " + section.id + (section.notice ? ": " + section.notice->body : "");
    }
    const std::string is = shown(section);
    const std::string should = expected(section.kind, *service, server);
    if (is != should) return "shows in " + section.id + " [" + is + "] instead of [" + should + "]";
  }
  const bool has_sections = card.config.layout != card::Layout::kTrigger;
  return model.sections.empty() && has_sections ? "has no sections" : "";
}

}  // namespace pd::sessions

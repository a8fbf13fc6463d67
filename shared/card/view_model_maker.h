// State and answers -> what is shown. Pure; internal to this folder.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/part.h"
#include "card/language.h"
#include "card/sources.h"
#include "card/verbs.h"

namespace pd::card {

ViewModel make_view_model(const CardState& card, const client::Broker& broker,
                          const AccountState& account, const Language& language, Time now);

// What is known of each of the six things that a service should have.
enum class Finding : std::uint8_t { kUnknown, kFails, kPasses };
using Readiness = std::array<Finding, 6>;

// Makes one card's view model; its parts share what they read. The header is in view_model.cpp,
// notices and sections are in the files of their names, the dialog in dialog.cpp.
class ViewModelMaker {
 public:
  ViewModelMaker(const CardState& card, const client::Broker& broker, const AccountState& account,
                 const Language& language, Time now)
      : card_(card),
        broker_(broker),
        account_(account),
        language_(language),
        now_(now),
        server_now_(broker.told_server_time(account.name, now)),
        sources_(look_up(card, broker)) {}

  ViewModel make();

 private:
  // For one of the services on a wallboard, and its account.
  ViewModelMaker(const ViewModelMaker& wallboard, const entity::Target& target,
                 const AccountState& account)
      : card_(wallboard.card_),
        broker_(wallboard.broker_),
        account_(account),
        language_(wallboard.language_),
        now_(wallboard.now_),
        server_now_(broker_.told_server_time(account.name, now_)),
        sources_(look_up(target, broker_)) {}

  const CardState& card_;
  const client::Broker& broker_;
  const AccountState& account_;
  const Language& language_;
  Time now_;         // of this device: for ages of what it did itself
  Time server_now_;  // of PagerDuty: for ages of what happened there
  Sources sources_;
  ViewModel model_;

  // The card's language; see there.
  std::string text_of(Text text) const { return language_.text_of(text); }
  std::string text_of(const auto& problem) const { return language_.text_of(problem); }
  std::string fill(Text text, std::initializer_list<std::string_view> values) const {
    return language_.fill(text, values);
  }
  std::string age(Time then, Time now) const { return language_.age(then, now); }
  std::string length(Duration duration) const { return language_.length(duration); }
  std::string moment(Time at, Time now) const {
    return language_.moment(at, now, card_.config.time_zone);
  }
  // "18:00" and "Mon 4", in the card's zone.
  std::string clock(Time at) const { return language_.clock(at, card_.config.time_zone); }
  std::string day(Time at) const { return language_.day(at, card_.config.time_zone); }
  std::string names(const std::vector<std::string>& all) const { return language_.names(all); }

  // Parts that are made in several places.
  Action make_action(std::string id, Text label, ActionStyle style, Icon icon = {}) const;
  Action retry_action(const std::string& what) const;
  // The button that opens the verb's dialog; `rest`: an id, `about`: what it is done to. Not enabled,
  // and saying why, when nothing can be written now.
  Action verb_action(const Verb& verb, std::string_view rest, std::string_view about = {}) const;
  // Not enabled, and saying why, where there is an obstacle.
  void hold_back(Action& action, std::optional<Text> obstacle) const;
  Fact make_fact(std::string id, Text label, Link value, std::string detail = {}) const;
  std::string names_of(const std::vector<pagerduty::Reference>& all, std::size_t most) const;

  bool waits_for_entity() const;
  bool may_ask() const;
  bool is_something_known() const;
  std::vector<const client::Intent*> open_intents() const;

  // view_model.cpp
  void make_header();
  bool is_account_named() const;
  std::string account_words() const;
  std::string region_name() const;
  pagerduty::ServiceStatus status_now() const;
  Badge status_badge(pagerduty::ServiceStatus status) const;
  Action create_action() const;

  // notices.cpp
  void make_notices();
  void add_notice(std::string id, Tone tone, Text title, std::string body,
                  std::vector<Action> actions = {});
  void add_entity_notices();
  void add_annotation_notices();
  void add_connection_notice();
  std::string common_error() const;
  void add_service_error(const Error& error);
  void add_service_notices();
  void add_clock_notice();
  void add_undo_notice();
  std::string maintenance_words() const;
  void add_write_notices();
  void add_creation_notices();

  // sections.cpp
  void make_sections();
  void make_tabs();
  Section make_section(SectionKind kind, std::string id, Text title) const;
  void set_empty(Section& section, Tone tone, Text title, std::string body) const;
  bool begin_section(Section& section, const client::Answer* answer, Text error_title,
                     const std::string& retry) const;
  // What was read by itself; empty while it was not.
  const client::Answer& detail(client::Kind kind, const std::string& id) const {
    return broker_.answer({kind, account_.name, id});
  }
  // Has no room for more than rows.
  bool layout_is_small() const { return card_.config.layout != Layout::kFull; }
  // Gives the section its fold. False: it is closed, and wants nothing.
  bool begin_fold(Section& section) const;

  // wallboard.cpp
  void make_wallboard();
  ServiceRow service_row(std::size_t index) const;
  void add_incidents_to(ServiceRow& row, const client::Answer& answer) const;
  void add_on_call_to(ServiceRow& row, const client::Answer& answer) const;

  // incident_section.cpp
  Section incidents() const;
  bool fits_filters(const pagerduty::Incident& incident) const;
  void add_toolbar(Section& section, std::size_t all, std::size_t shown) const;
  void add_selection(Toolbar& toolbar) const;
  void add_resolved(Section& section) const;
  void add_resolved_rows(Section& section) const;
  IncidentRow write_row(const client::Intent& intent) const;
  IncidentRow incident_row(const pagerduty::Incident& incident) const;
  std::string incident_meta(const pagerduty::Incident& incident) const;
  void add_incident_actions(IncidentRow& row, const pagerduty::Incident& incident) const;

  // incident_detail.cpp
  IncidentDetail incident_detail(const pagerduty::Incident& incident) const;
  void add_incident_facts(IncidentDetail& detail, const pagerduty::Incident& incident) const;
  void add_detail_actions(IncidentDetail& detail, const pagerduty::Incident& incident) const;
  template <typename T, typename Rows>
  DetailGroup make_group(std::string id, Text title, client::Kind kind, const std::string& incident,
                         Text error_title, Text empty_title, Rows rows) const;
  DetailRow& add_row(DetailGroup& group, const std::string& id, std::optional<Time> at,
                     const std::string& text, const std::string& url) const;
  DetailGroup notes_of(const pagerduty::Incident& incident) const;
  DetailGroup log_of(const pagerduty::Incident& incident) const;
  DetailGroup alerts_of(const pagerduty::Incident& incident) const;

  // change_section.cpp
  Section changes() const;
  ChangeRow change_row(const pagerduty::ChangeEvent& change) const;
  void add_relation(ChangeRow& row, const pagerduty::ChangeEvent& change) const;
  void add_axis(Section& section) const;
  std::vector<AxisTick> day_ticks(Time from, Time to) const;

  // on_call_section.cpp
  Section on_call() const;
  std::string next_at(std::int64_t number, const client::Answer& answer) const;
  std::vector<Action> shift_actions(std::int64_t number) const;

  std::string local_time_of(const pagerduty::User& user) const;

  // rota.cpp
  void add_rota(Section& section) const;
  Rota rota() const;
  void add_rota_rows(Rota& rota, std::int64_t level, const std::vector<pagerduty::OnCall>& shifts,
                     Time from, Time to) const;
  RotaShift rota_shift(const pagerduty::OnCall& shift, Time start, Time end) const;
  bool is_override(const pagerduty::OnCall& shift) const;

  // figure_sections.cpp
  Section insights() const;
  void add_figures(Section& section) const;
  void compare(Metric& metric, std::optional<double> now, std::optional<double> before) const;
  void add_spark(Metric& metric) const;
  Section standards() const;
  void add_standards(Section& section, const Readiness& ready) const;
  Readiness readiness() const;
  // "5 of 6"; empty while nothing is known.
  std::string passing_of(const Readiness& ready) const;
  CheckGroup readiness_group(const Readiness& ready) const;
  Check make_check(std::string id, bool passes, std::string label, std::string advice) const;
  // about_section.cpp
  Section about() const;
  void add_service_facts(Section& section) const;
  void add_about(Section& section, const char* name, Text label, Link value,
                 std::string detail = {}) const;
  void add_maintenance(Section& section) const;
  void add_neighbours(Section& section) const;
  std::vector<OnCallLevel> levels(const client::Answer& answer) const;
  std::vector<Person> people_of(const std::string& level, std::int64_t number,
                                const client::Answer& answer) const;
  Person person(const std::string& level, const pagerduty::OnCall& on_call) const;

  // dialog.cpp
  Dialog dialog() const;
  Dialog keys() const;
  void fill_edit(Dialog& dialog, const DialogState& state) const;
  Field urgency_field(const DialogState& state) const;
  Field severity_field(const DialogState& state) const;
  void fill_confirm(Dialog& dialog, const DialogState& state) const;
  void add_progress(Dialog& dialog, const DialogState& state) const;
  std::string confirm_words(const DialogState& state) const;

  // dialog_fields.cpp
  void add_need_fields(Dialog& dialog, const DialogState& state) const;
  Field text_field(const DialogState& state, Text label, std::optional<Text> placeholder,
                   bool is_required) const;
  Field choice_field(const DialogState& state, Text label, std::optional<Text> blank,
                     std::vector<Choice> options) const;
  std::string options_help(const client::Answer& answer) const;
  std::vector<Choice> person_options() const;
  void add_person_field(Dialog& dialog, const DialogState& state) const;
  void add_responder_field(Dialog& dialog, const DialogState& state) const;
  void add_priority_field(Dialog& dialog, const DialogState& state) const;
  Field priority_field(const DialogState& state, Text blank,
                       const std::vector<pagerduty::Priority>& priorities) const;
  std::vector<Choice> level_options() const;
  std::vector<Choice> duration_options(const DialogState& state) const;
};

// A braced list would copy what it holds.
template <typename T, typename... More>
std::vector<T> list_of(T first, More... more) {
  std::vector<T> items;
  items.push_back(std::move(first));
  (items.push_back(std::move(more)), ...);
  return items;
}
// Of what people wrote about a service or an incident, so much is shown.
inline constexpr std::size_t kMostDescription = 600;
// Where an instant stands between two others: 0 to 1.
float part_of(Time at, Time from, Time to);
// Whose they are, each once.
std::vector<std::string> people_in(const std::vector<pagerduty::Assignment>& assignments);
Link page_link(std::string id, std::string text, const std::string& url);
// "5 min ago" and "Ana Example", in one line; either may be empty.
std::string join_meta(std::string meta, const std::string& more);
std::string initials_of(std::string_view name);
int hue_of(std::string_view id);

}  // namespace pd::card

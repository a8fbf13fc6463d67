// State and answers -> what is shown. Pure; internal to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "card/language.h"
#include "card/sources.h"

namespace pd::card {

ViewModel make_view_model(const CardState& card, const client::Broker& broker,
                          const AccountState& account, const Language& language, Time now);

// Makes one card's view model; its parts share what they read. Header and notices are in
// view_model.cpp, sections in sections.cpp, the dialog in dialog.cpp.
class ViewModelMaker {
 public:
  ViewModelMaker(const CardState& card, const client::Broker& broker, const AccountState& account,
                 const Language& language, Time now)
      : card_(card),
        broker_(broker),
        account_(account),
        language_(language),
        now_(now),
        server_now_(broker.server_time(account.name, now)),
        sources_(look_up(card, broker)) {}

  ViewModel make();

 private:
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
  std::string names(const std::vector<std::string>& all) const { return language_.names(all); }

  // Parts that are made in several places.
  Action make_action(std::string id, Text label, ActionStyle style, Icon icon = {}) const;
  Action retry_action(const std::string& what) const;

  bool waits_for_entity() const;
  bool may_ask() const;
  bool is_something_known() const;
  std::vector<const client::Intent*> open_intents() const;

  // view_model.cpp
  void make_header();
  Action create_action() const;
  void make_notices();
  void add_notice(std::string id, Tone tone, Text title, std::string body,
                  std::vector<Action> actions = {});
  void add_entity_notices();
  void add_connection_notice();
  void add_service_error(const Error& error);
  void add_service_notices();
  void add_clock_notice();
  void add_write_notices();
  void add_creation_notices();

  // sections.cpp
  void make_sections();
  void make_tabs();
  Section make_section(SectionKind kind, std::string id, Text title) const;
  void set_empty(Section& section, Tone tone, Text title, std::string body) const;
  bool begin_section(Section& section, const client::Answer* answer, Text error_title,
                     const std::string& retry) const;
  Section incidents() const;
  IncidentRow write_row(const client::Intent& intent) const;
  IncidentRow incident_row(const pagerduty::Incident& incident) const;
  std::string incident_meta(const pagerduty::Incident& incident) const;
  void add_incident_actions(IncidentRow& row, const pagerduty::Incident& incident) const;
  Section changes() const;
  ChangeRow change_row(const pagerduty::ChangeEvent& change) const;
  Section on_call() const;
  std::vector<OnCallLevel> levels(const client::Answer& answer) const;
  std::vector<Person> people_of(const std::string& level, std::int64_t number,
                                const client::Answer& answer) const;
  Person person(const std::string& level, const pagerduty::OnCall& on_call) const;

  // dialog.cpp
  Dialog dialog() const;
  void fill_edit(Dialog& dialog, const DialogState& state) const;
  void fill_confirm(Dialog& dialog, const DialogState& state) const;
  void add_progress(Dialog& dialog, const DialogState& state) const;
  std::string confirm_words(const DialogState& state) const;
};

Link page_link(std::string id, std::string text, const std::string& url);

}  // namespace pd::card

// What is stored of a card. What can be derived (the service in use, wants, the view model) is not,
// and what outlives a card (answers, writes under way) is the broker's.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/texts.h"
#include "card/page.h"
#include "client/types.h"
#include "entity/target.h"

namespace pd::card {

// See the table in reducer.cpp.
enum class DialogStage : std::uint8_t { kEdit, kConfirm, kAsking, kSending, kFailed, kUnconfirmed };

struct DialogState {
  client::IntentKind verb{};  // kTrigger stands for creating, by whichever way
  DialogStage stage = DialogStage::kEdit;
  std::string opener;      // node that gets the focus back
  std::string service_id;  // that the dialog names: the write goes to no other
  std::string service_name;
  std::vector<std::string> incident_ids;  // one write for each
  std::string incident_name;              // of the one, or "2 incidents"
  std::string title, details;
  bool high_urgency = true;
  pagerduty::Severity severity{};  // of an event, which knows no urgency
  std::string choice;              // of a field with choices: the id of the chosen one
  bool title_missing = false;      // Continue was asked for without a title
  bool field_missing = false;      // Confirm was asked for without what the verb needs
  // Of a write to one of several things: the schedule, the window, the priority that was.
  std::string target, target_name;
  std::optional<Time> until;    // the end of the shift that is taken
  std::uint32_t ticket = 0;     // of the host page's verdict, while asking
  client::IntentId intent = 0;  // while sending and after
  // Why it is failed or unconfirmed: what stood in the way, or what became of the write.
  std::optional<Text> obstacle;
  std::optional<Error> error;
};

// What the broker has to know of a card.
struct Subscription {
  std::vector<client::Want> wants;
  std::int64_t refresh_s = 0;
  bool visible = false;
  bool operator==(const Subscription&) const = default;
  bool contains(const client::Want& want) const {
    return std::find(wants.begin(), wants.end(), want) != wants.end();
  }
};

// How the viewer looks at the card: what is open, narrowed, chosen.
struct Browsing {
  std::string expanded;  // id of the incident whose detail is shown
  std::vector<SectionKind> unfolded;
  std::string search;
  bool triggered = false, acknowledged = false, high_urgency = false, mine = false;  // only these
  bool resolved = false;  // recently resolved ones, too
  bool selecting = false;
  std::vector<std::string> selected;  // ids of incidents
  bool whole_log = false;             // of the expanded incident
  bool rota = false;
  int rota_days = 7;

  bool is_narrowed() const {
    return !search.empty() || triggered || acknowledged || high_urgency || mine;
  }
  bool is_unfolded(SectionKind kind) const {
    return std::find(unfolded.begin(), unfolded.end(), kind) != unfolded.end();
  }
  bool is_selected(const std::string& incident) const {
    return std::find(selected.begin(), selected.end(), incident) != selected.end();
  }
};

// One of several services that a card is about.
struct Member {
  entity::Target target;
  std::string name;        // until PagerDuty's is known
  std::string entity_ref;  // empty: given by its id
  bool operator==(const Member&) const = default;
};

// All services of a card that is about several.
struct Members {
  std::vector<Member> usable;
  std::vector<entity::Diagnostic> unusable;  // why others are not among them
  std::size_t left_out = 0;                  // above kMostMembers

  void clear() {
    usable.clear();
    unusable.clear();
    left_out = 0;
  }
};

// Incidents of a service that were open at the last answer.
struct KnownIncidents {
  std::string service_id;
  std::vector<std::string> ids;
};

// What the viewer may take back, once it is done.
struct UndoOffer {
  client::IntentId intent = 0;
  client::IntentKind back{};  // the write that takes it back
  std::vector<std::string> incident_ids;
  std::string incident_name, choice;
  std::string said;  // that it is done; empty: it is not yet
  Time said_at{};
};

struct CardState {
  CardId id = 0;
  CardConfig config;
  bool visible = false;
  std::optional<entity::Entity> entity;  // the last good one
  std::optional<Error> entity_error;     // of the last try
  std::vector<entity::Entity> parts;     // of the entity, where it is made of others
  // The one service that the card is about; of several, the one that the viewer has opened.
  entity::Resolution resolution;
  Members members;
  std::optional<std::size_t> opened;  // which of them; absent: the wallboard of all
  SectionKind tab = SectionKind::kIncidents;
  Browsing browsing;
  std::optional<DialogState> dialog;
  std::optional<std::string> keys;  // the list of them is shown: node that gets the focus back
  std::optional<UndoOffer> undo;
  std::optional<Subscription> told;             // to the broker, the last time
  std::vector<KnownIncidents> known_incidents;  // to announce what is new
  bool ready = false;                           // pd-ready was sent
  bool credentials_asked = false;               // pd-auth-required was sent, and there are none yet
  bool part_missing = false;                    // see PartChanged
  bool copied = false;                          // the YAML, since it was shown
  bool facts_asked = false;                     // then what only facts() tells is wanted, too

  bool is_wallboard() const { return !members.usable.empty() && !opened; }
  // Nothing names a service, and nothing is to come that may.
  bool is_unconnected() const { return !has_service() && (entity || !config.expects_entity); }
  // Is about one, or several.
  bool has_service() const { return resolution.target.has_value() || is_wallboard(); }
};

// What the page knows of an account besides the broker.
struct AccountState {
  std::string name;
  Region region = Region::kUs;
  bool may_write = true;
  bool can_sign_in = false;
  bool is_one_of_several = false;  // then a card says whose it is
  bool is_abroad = false;          // other accounts are of the other region
};

}  // namespace pd::card

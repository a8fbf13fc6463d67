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
  std::string incident_id, incident_name;
  std::string title, details;
  bool high_urgency = true;
  bool title_missing = false;   // Continue was asked for without a title
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

struct CardState {
  CardId id = 0;
  CardConfig config;
  bool visible = false;
  std::optional<entity::Entity> entity;  // the last good one
  std::optional<Error> entity_error;     // of the last try
  entity::Resolution resolution;
  SectionKind tab = SectionKind::kIncidents;
  std::optional<DialogState> dialog;
  std::optional<Subscription> told;  // to the broker, the last time
  // Of the service's incidents at the last answer, to announce what is new; absent before the
  // first.
  std::optional<std::vector<std::string>> known_incidents;
  bool ready = false;              // pd-ready was sent
  bool credentials_asked = false;  // pd-auth-required was sent, and there are none yet
  bool copied = false;             // the YAML, since it was shown
  bool facts_asked = false;        // then what only facts() tells is wanted, too
};

// What the page knows of an account besides the broker.
struct AccountState {
  std::string name;
  Region region = Region::kUs;
  bool may_write = true;
};

}  // namespace pd::card

// What the settings page shows, display-ready: final texts, stable ids. page.h makes it, wasm/view
// draws it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "card/view_model.h"

namespace pd::settings {

// A secret: its name, whether it is set, and the field to set it, whose value stays in the page.
struct SecretRow {
  card::Field field;
  card::Badge state;
  std::vector<card::Action> actions;  // set or replace, clear
};

// A heading with a sentence below, and what belongs to it.
struct Group {
  std::string id, title, body;
};

struct ViewModel {
  std::string name;      // accessible name of the whole
  std::string title;     // the same, as its heading
  std::string subtitle;  // who keeps it
  std::optional<card::Badge> state;
  std::vector<card::Notice> notices;
  std::optional<card::Field> account;  // which of several is shown
  std::vector<card::Action> account_actions;
  card::Field auth;
  std::string about_auth;                      // what that way exposes
  std::vector<std::vector<card::Field>> rows;  // what it needs; several of a row stand side by side
  std::vector<card::Action> save;
  std::optional<Group> secrets;
  std::vector<SecretRow> secret_rows;
  std::optional<card::Choice> remember;
  std::string about_remember;
  card::Section test;  // its checks, as those of a service
  std::vector<card::Action> test_actions;
  Group files;
  std::vector<card::Action> file_actions;
  std::optional<card::Dialog> dialog;
};

}  // namespace pd::settings

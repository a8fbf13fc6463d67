// The viewer of a session: looks at the cards and does what can be done there, and what people do
// to tabs, machines and pages.
#pragma once

#include <string>
#include <vector>

#include "browser.h"

namespace pd::sessions {

class Viewer {
 public:
  Viewer(Chance& chance, Browser& browser) : chance_(chance), browser_(browser) {}

  void open_some_cards();
  void act();

  // ---- When the weather has cleared ----
  void close_dialogs();
  void open_all_services();
  void refresh_all();
  void retry_all();

 private:
  card::CardConfig some_config();
  void use_a_card();
  void use_dialog(Browser::Card& card, const card::Dialog& dialog);
  void fill_in(Browser::Card& card, const card::Field& field);
  void click_something(const Browser::Card& card);
  void click(card::CardId card, const std::string& node);

  void do_show_or_hide();
  void do_sleep();
  void do_set_clock();
  void do_open();
  void do_close();
  void do_turn();
  void do_reload() { browser_.reload(); }
  void do_connect() { browser_.connect(!browser_.is_online()); }
  void do_sign_in() { browser_.sign_in(); }

  Chance& chance_;
  Browser& browser_;
  int texts_ = 0;
};

}  // namespace pd::sessions

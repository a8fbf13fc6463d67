// What the viewer confirmed, what the card said of it, and what it did in PagerDuty: the three have
// to agree.
//
//   nothing unasked   a write leaves only for what was confirmed and what the host page allowed,
//                     with the words that were confirmed, and after it is in the journal
//   looked for        what may have worked is not sent again before a look showed that it did not
//   told              each ends as seen, failed or unconfirmed; of the latter two the viewer sees a
//                     notice that offers to try again, until it is dismissed
//   true              seen: it is so in PagerDuty. Failed: PagerDuty has nothing of it
//   once              no two incidents of one intent; the exception is Tally::reopened
#pragma once

#include <map>
#include <string>
#include <vector>

#include "card/page.h"
#include "server.h"
#include "tally.h"

namespace pd::sessions {

// Something that a viewer confirmed.
struct Deed {
  client::IntentKind kind{};
  card::CardId card = 0;
  int page = 0;  // the how manieth page
  std::string service_id, incident_id;
  std::string title;  // of a creation
  std::string value;  // of another: to whom, which priority, for how long, the note
  Time confirmed_at{};
  std::optional<Time> seen_at;
  bool is_timed = true;      // the page can tell when that was by PagerDuty's clock
  std::string account, key;  // once it was submitted
  std::string subject;
  End end = End::kUnderWay;
  End before_dismissal = End::kUnderWay;
  bool is_told = true;  // of a new state, within the same event
};

class Ledger {
 public:
  // `now`: the world's clock, which goes on.
  Ledger(const Server& server, const Time& now) : server_(server), now_(now) {}

  std::vector<std::string> violations;
  void violate(const std::string& what);

  // The viewer confirmed these words, and the page had its say; what follows in the same event is of
  // this.
  void confirm(const card::ActionAsked& asked, const std::string& words, int page, bool is_allowed,
               bool is_timed);
  // The event is over. False: the card refused to send it.
  bool was_submitted();
  void keep(const client::Intent& intent);
  void drop(const std::string& key, bool by_viewer);
  void done(const card::ActionDone& done);
  // Those that came to an end, or may have, since this was called last.
  std::vector<Deed*> take_news();

  // A write leaves the page: names this copy of it.
  CopyId leave(const card::SendRequest& sent);
  // The page was told what PagerDuty knew at `at` of the incident of this key or this id, or of its
  // log ("Q1/log_entries") or notes.
  void look(std::string_view about, Time at, bool is_found);
  // The page was told for sure that the copy had no effect.
  void refuse(CopyId copy) { copies_[static_cast<std::size_t>(copy)].is_refused = true; }
  // Of how many copies of the same write it is not the first.
  bool is_repetition(CopyId copy) const {
    return !copies_[static_cast<std::size_t>(copy)].is_first;
  }

  const std::vector<Deed>& deeds() const { return deeds_; }
  // When everything has settled.
  void check_truth();
  void add_to(Tally& tally) const;

 private:
  struct Copy {
    std::size_t deed;
    Time sent_at;
    bool is_first, may_reopen;
    bool is_refused = false;
  };
  struct Look {
    Time at;
    bool is_found;
  };

  Deed* deed_of_key(std::string_view key);
  std::size_t deed_of_write(const card::SendRequest& sent);
  std::ptrdiff_t count_alike(const Deed& deed) const;
  std::size_t deed_of_creation(const card::SendRequest& sent);
  bool has_happened(const Deed& deed) const;
  bool was_told(const Server::Mark& mark, const Deed& deed) const;
  bool was_shown(std::size_t deed, Time at) const;
  bool has_accepted(const Deed& deed) const;
  bool has_done(const Deed& deed) const;
  void check_once(const Deed& deed);
  void turn(Deed& deed, End end);
  std::string name_of(const Deed& deed) const;

  const Server& server_;
  const Time& now_;
  std::vector<Deed> deeds_;
  std::vector<Copy> copies_;
  std::map<std::string, Look, std::less<>> looks_;
  std::vector<std::size_t> news_;
  bool is_awaited_ = false;  // the last deed was just allowed
  Tally::Count reopened_ = 0;
};

}  // namespace pd::sessions

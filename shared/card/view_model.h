// The view model: what one card shows, display-ready. card/ makes it, wasm/view draws it and
// derives the twin from it; snapshot() and `pdcard render` carry it as JSON (card/snapshot.h).
//
// Plain values only: texts are final (language, plural, relative times applied), display-safe and
// not yet cut to width; ids are stable between frames and name the twin's nodes; nothing here needs
// a clock. A view decides sizes, colours and what is cut; it never decides what is said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pd::card {

// What a colour and a shape stand for. The view maps a tone to theme colours and to a shape, so
// that colour is never the only carrier.
enum class Tone : std::uint8_t {
  kNeutral,
  kInfo,
  kOk,
  kWarning,
  kCritical,
  kMaintenance,
  kDisabled
};

enum class ActionStyle : std::uint8_t { kPrimary, kSecondary, kDanger, kQuiet };
enum class Icon : std::uint8_t {
  kNone,
  kRefresh,
  kAdd,
  kExternal,
  kCheck,
  kClose,
  kCopy,
  kMail,
  kPhone,
  kWarning,
  kInfo,
  kUser,
  kClock,
  kBell,
  kSearch,
  kChevronDown,
  kChevronRight
};

// Something to activate. `id` is sent back as it is when the viewer activates the node.
struct Action {
  std::string id;
  std::string label;  // visible, unless icon_only
  std::string name;   // accessible name when it differs ("Acknowledge #1234 Disk full")
  ActionStyle style = ActionStyle::kSecondary;
  Icon icon = Icon::kNone;
  bool icon_only = false;  // `label` is then tooltip and accessible name
  bool enabled = true;
  std::string reason;  // why not enabled, or a hint
  bool busy = false;   // under way: drawn with a spinner, not to be activated again
};

struct Link {
  std::string id;
  std::string text;
  std::string href;  // https on a PagerDuty host, mailto: or tel:; empty = plain text
};

struct Badge {
  std::string text;
  Tone tone = Tone::kNeutral;
  bool outlined = false;
  std::string color;  // six hex digits: a priority's own colour; empty = by tone
};

// An error, a warning, an empty state: says what, and what to do.
struct Notice {
  std::string id;
  Tone tone = Tone::kNeutral;
  std::string title;
  std::string body;  // may be empty
  std::string code;  // text to copy (YAML); drawn in a box, kept line by line
  std::vector<Action> actions;
};

struct Header {
  Link title;                   // service name, or what is known instead
  std::string subtitle;         // entity ref, team
  std::optional<Badge> status;  // absent while unknown
  std::string updated;          // "Updated 12 s ago"; empty before the first answer
  bool stale = false;
  std::vector<Action> actions;  // create, refresh
};

struct IncidentRow {
  std::string id;      // "incident:PABC123"
  std::string number;  // "#1234"
  Link title;
  Badge status;
  std::optional<Badge> urgency, priority;
  std::string meta;             // "5 min ago · Ana Example"
  std::vector<Action> actions;  // acknowledge, resolve
  Tone tone = Tone::kNeutral;
  bool pending = false;  // not confirmed by PagerDuty yet
};

struct ChangeRow {
  std::string id;
  Link summary;
  std::string meta;
  std::vector<Link> links;
};

struct Person {
  std::string id;
  Link name;
  std::string initials;
  int hue = 0;                 // 0..7, derived from the person's id
  std::string until;           // "until Mon 09:00", "always"
  std::vector<Link> contacts;  // e-mail, phone
};
struct OnCallLevel {
  std::string id;
  std::string label;   // "Level 1"
  std::string detail;  // "escalates after 30 min"
  bool primary = false;
  std::vector<Person> people;  // empty = a gap: `gap` says so
  std::string gap;
};

enum class SectionKind : std::uint8_t {
  kStatus,
  kIncidents,
  kChanges,
  kOnCall,
  kInsights,
  kStandards
};
enum class SectionState : std::uint8_t { kLoading, kReady, kEmpty, kError };

struct Section {
  std::string id;  // "section:incidents"
  SectionKind kind = SectionKind::kIncidents;
  SectionState state = SectionState::kLoading;
  std::string title;
  std::string count;                   // "3", "100+"; empty while unknown
  std::string age;                     // "updated 2 min ago", when it differs from the header's
  std::optional<Notice> notice;        // of kEmpty and kError; also above rows that are stale
  std::vector<IncidentRow> incidents;  // of kIncidents
  std::vector<ChangeRow> changes;      // of kChanges
  std::vector<OnCallLevel> on_call;    // of kOnCall
  int skeleton_rows = 3;               // of kLoading
};

// Sections that share one place: shown one at a time below a row of tabs (incidents, changes).
struct Tab {
  std::string id;  // "tab:incidents"
  std::string label;
  std::string count;
  std::string section_id;
  bool selected = false;
};

enum class FieldKind : std::uint8_t { kText, kMultiline, kChoice };
struct Choice {
  std::string id, label;
  bool selected = false;
};
struct Field {
  std::string id;  // "field:title"
  FieldKind kind = FieldKind::kText;
  std::string label;
  std::string value;  // as last told by the page; the page's <input> owns the text
  std::string placeholder;
  std::string help;    // "36 / 1024"
  std::string error;   // empty = valid
  int max_length = 0;  // in UTF-16 units, as maxlength counts; 0 = none
  bool required = false;
  std::vector<Choice> choices;  // of kChoice
};

struct Dialog {
  std::string id;  // "dialog:create"
  std::string title;
  std::string body;  // plain sentences above the fields
  std::vector<Field> fields;
  std::optional<Notice> notice;  // failed, unconfirmed
  std::vector<Action> actions;  // last = default (Enter); the one that closes has id "dialog:close"
  std::string initial_focus;    // id of a field or action
};

enum class Layout : std::uint8_t { kFull, kCompact, kOnCall, kTrigger };

struct ViewModel {
  Layout layout = Layout::kFull;
  std::string lang = "en";
  std::string name;   // accessible name of the card: "PagerDuty: Checkout API"
  bool busy = false;  // aria-busy: first answers still to come
  Header header;
  std::vector<Notice>
      notices;  // above the sections: warnings, or the one thing to say (not annotated)
  std::vector<Section> sections;  // in order; all of them, also those behind a tab
  std::vector<Tab> tabs;          // empty = no tabs
  std::optional<Dialog> dialog;
};

}  // namespace pd::card

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
  kChevronRight,
  kArrowUp,
  kCalendar,
  kNote,
  kWrench,
  kFilter,
  kChevronLeft
};

// Whether a button has two states, and in which of them it is.
enum class Toggle : std::uint8_t { kNone, kOff, kOn };

// Something to activate. `id` is sent back as it is when the viewer activates the node.
struct Action {
  std::string id;
  std::string label;  // visible, unless icon_only
  std::string name;   // accessible name when it differs ("Acknowledge #1234 Disk full")
  ActionStyle style = ActionStyle::kSecondary;
  Icon icon = Icon::kNone;
  bool icon_only = false;  // `label` is then tooltip and accessible name
  bool enabled = true;
  std::string reason;               // why not enabled, or a hint
  bool busy = false;                // under way: drawn with a spinner, not to be activated again
  Toggle pressed = Toggle::kNone;   // a button that stays pressed: a filter
  Toggle expanded = Toggle::kNone;  // a button that shows and hides `controls`
  std::string controls;             // id of the part that it shows and hides
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
  std::string account;          // "acme, EU"; empty while the page has one account only
  std::optional<Badge> status;  // absent while unknown
  std::string updated;          // "Updated 12 s ago"; empty before the first answer
  bool stale = false;
  std::vector<Action> actions;  // create, refresh
  std::optional<Action> back;   // to all services, where this is one of several
};

struct Choice {
  std::string id, label;
  bool selected = false;
};

enum class SectionState : std::uint8_t { kLoading, kReady, kEmpty, kError };

// A term and what it is here: "Escalation policy: Checkout, primary".
struct Fact {
  std::string id;
  std::string label;
  Link value;
  std::string detail;  // behind or below the value, in small; may be empty
};

// A row of a list inside an incident's detail: a log entry, a note, an alert, a responder.
struct DetailRow {
  std::string id;
  std::string when;  // "10:42"; may be empty
  Link text;
  std::string meta;  // may be empty
  Tone tone = Tone::kNeutral;
  std::optional<Badge> badge;
};
// Loads, fails and retries by itself.
struct DetailGroup {
  std::string id;  // "detail:PABC123:notes"
  SectionState state = SectionState::kLoading;
  std::string title;
  std::string count;
  std::optional<Notice> notice;  // of kEmpty (its title alone is shown) and kError
  std::vector<DetailRow> rows;
  std::vector<Action> actions;  // add a note, show all
};
struct IncidentDetail {
  std::string id;  // "detail:PABC123"
  std::vector<Fact> facts;
  std::vector<Action> actions;  // reassign, escalate, snooze, ...
  std::vector<DetailGroup> groups;
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
  bool pending = false;          // not confirmed by PagerDuty yet
  std::optional<Action> expand;  // shows and hides the detail
  std::optional<Choice> select;  // while several are chosen at once: a box to tick
  std::optional<IncidentDetail> detail;
  std::string heading;  // of a group that begins with this row: "Recently resolved"
};

struct ChangeRow {
  std::string id;
  Link summary;
  std::string meta;
  std::vector<Link> links;
  std::string relation;  // "11 min before #4402 Checkout answers 502": what it may have broken
  Tone relation_tone = Tone::kNeutral;
};

// A stretch of time from left (0) to right (1), with what happened on it.
struct AxisTick {
  float at = 0;
  std::string label;  // "Mon 3"
};
enum class MarkKind : std::uint8_t { kIncident, kChange };
struct AxisMark {
  std::string id;
  MarkKind kind = MarkKind::kIncident;
  Tone tone = Tone::kNeutral;
  float at = 0;
  float until = 0;   // of what lasts; 0: a moment
  std::string name;  // "Mon 10:42: Deployed checkout 1.4.2"
};
struct TimeAxis {
  std::string id;
  std::string name;  // what a screen reader says of the whole: "7 days: 3 incidents, 6 changes"
  std::vector<AxisTick> ticks;
  std::vector<AxisMark> marks;
};

struct Person {
  std::string id;
  Link name;
  std::string initials;
  int hue = 0;                 // 0..7, derived from the person's id
  std::string until;           // "until Mon 09:00", "always"
  std::string local_time;      // "03:12 in Tokyo"; empty when it is the viewer's own
  std::vector<Link> contacts;  // e-mail, phone
};
struct OnCallLevel {
  std::string id;
  std::string label;   // "Level 1"
  std::string detail;  // "escalates after 30 min"
  bool primary = false;
  std::vector<Person> people;  // empty = a gap: `gap` says so
  std::string gap;
  std::string next;             // "then Tobias Ekström from Mon 09:00"; empty when nobody follows
  std::vector<Action> actions;  // take this shift
};

// Who is on call when, a row for each level, on one stretch of time.
struct RotaShift {
  std::string id;
  float start = 0, end = 1;  // of the stretch
  std::string initials;
  int hue = 0;
  std::string name;   // "Ana Example, Mon 09:00 to Tue 09:00"
  std::string label;  // "Ana Example": drawn where it has room
  bool is_override = false;
  bool is_gap = false;  // nobody
};
struct RotaRow {
  std::string id;
  std::string label;  // "Level 1"
  std::vector<RotaShift> shifts;
};
struct Rota {
  std::string id;
  SectionState state = SectionState::kLoading;
  std::optional<Notice> notice;
  std::vector<Choice> spans;  // 7 days, 14 days
  std::vector<AxisTick> ticks;
  float now = 0;
  std::vector<RotaRow> rows;
};

// A figure over a time, and how it was before.
struct Metric {
  std::string id;
  std::string label;   // "Mean time to acknowledge"
  std::string value;   // "4 min"; "-" when there is none
  std::string change;  // "12 % less than before"; empty when it cannot be said
  int direction = 0;   // of the change: 1 more, -1 less
  Tone change_tone = Tone::kNeutral;
  std::vector<int> spark;  // by day, 0..1000 of the largest; empty: none
  std::string spark_name;  // "42 incidents in 30 days, most on 3 Mar: 7"
};

// Something that should be so, and is or is not.
struct Check {
  std::string id;
  bool passing = false;
  std::string state;  // "passes", "fails": what the shape in front says
  std::string label;
  std::string detail;  // what it means, or what to do
};
struct CheckGroup {
  std::string id;
  std::string title;  // "Standards"
  std::string count;  // "6 of 8"
  std::vector<Check> checks;
};

// One service of several, on a wallboard.
struct ServiceRow {
  std::string id;
  Link name;
  std::optional<Badge> status;
  std::string meta;     // "2 triggered, 1 acknowledged; the newest 5 min ago"
  Link incident;        // the most urgent one; its text may be empty
  std::string on_call;  // "Ana Example until Mon 09:00"; empty while unknown
  Tone tone = Tone::kNeutral;
  std::vector<Action> actions;  // create an incident there
};

// kSecret: its value never leaves the page's script.
enum class FieldKind : std::uint8_t {
  kText,
  kMultiline,
  kChoice,
  kSelect,
  kSearch,
  kSecret,
  kEmail
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
  std::vector<Choice> choices;  // of kChoice and kSelect: <select>
};

// Over a list: what narrows it, and what is done with the chosen ones.
struct Toolbar {
  std::optional<Field> search;
  std::vector<Action> filters;  // pressed or not
  std::string summary;          // "12 of 240"; "3 chosen"
  std::vector<Action> actions;
};

enum class SectionKind : std::uint8_t {
  kStatus,
  kIncidents,
  kChanges,
  kOnCall,
  kInsights,
  kStandards,
  kServices
};

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
  std::optional<Action> fold;          // a section that opens and closes; absent: always open
  std::string summary;                 // beside the title of a closed one: "6 of 8"
  std::optional<Toolbar> toolbar;      // of kIncidents and kServices
  std::optional<TimeAxis> axis;        // of kChanges
  std::optional<Rota> rota;            // of kOnCall
  std::vector<Metric> metrics;         // of kInsights
  std::vector<CheckGroup> checks;      // of kStandards
  std::vector<Fact> facts;             // of kStatus
  std::vector<ServiceRow> services;    // of kServices
  std::string note;                    // below the rows: "Figures lag by up to a day."
  std::vector<Action> footer;          // below all: show recently resolved, show the rota
};

// Sections that share one place: shown one at a time below a row of tabs (incidents, changes).
struct Tab {
  std::string id;  // "tab:incidents"
  std::string label;
  std::string count;
  std::string section_id;
  bool selected = false;
};

struct Dialog {
  std::string id;  // "dialog:create"
  std::string title;
  std::string body;  // plain sentences above the fields
  std::vector<Fact> facts;
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

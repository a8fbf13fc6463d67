// The twin: for every thing that the view draws, a node that says what it means. The shell
// (TypeScript) turns the list into native DOM, laid exactly over the canvas.
//
// Order is document order; `parent` comes before its children. Rectangles are CSS pixels in the
// card's coordinates (origin: the canvas's top left corner), for children of a scroller in its
// content's coordinates (origin: the content's top left corner, before scrolling).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pd::view {

enum class Role : std::uint8_t {
  kGroup,     // div
  kRegion,    // section, named
  kHeading,   // h2..h4 by level
  kText,      // span or p: selectable text
  kList,      // ul
  kListItem,  // li
  kLink,      // a[href]
  kButton,    // button
  kTabList,
  kTab,
  kTabPanel,
  kDialog,   // [role=dialog][aria-modal]
  kTextBox,  // input or textarea, a real, visible field
  kRadioGroup,
  kRadio,
  kNote,        // div[role=note|alert by `live`]
  kCode,        // pre > code
  kSearchBox,   // input[type=search], a real, visible field
  kSelect,      // select, the same
  kCheckBox,    // input[type=checkbox]
  kImage,       // span[role=img]: `name` says what it shows, `text` is drawn on it
  kTermList,    // dl; its children are groups of a term and its details
  kTerm,        // dt
  kDefinition,  // dd
};

// In a text of several lines: broken at a blank, for want of room. '\n' is any other break.
inline constexpr char kSoftBreak = '\r';

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
};

struct TwinOption {
  std::string id, label;
};

struct TwinNode {
  std::string id;      // stable between frames, unique in the card
  std::string parent;  // id, or "" = the card
  Role role = Role::kText;
  std::string name;         // accessible name when it is not the text
  std::string text;         // what is drawn there; links, buttons and texts
  std::string description;  // aria-description / title (reason of a disabled button; full text of a
                            // cut one)
  std::string href;
  Rect rect;
  int level = 0;        // headings
  float font_size = 0;  // CSS px, of `text`
  int font_weight = 400;
  bool mono = false;      // code
  float line_height = 0;  // CSS px; of wrapped text
  bool wraps = false;  // text of several lines, broken at `rect.width`: kSoftBreak or '\n' in text
  bool centered = false;  // lines are centred in `rect`
  bool scroller = false;  // scrolls vertically by itself: content_height > rect.height
  float content_height = 0;
  // States
  bool disabled = false, selected = false, busy = false, required = false, invalid = false,
       current = false;
  std::optional<bool> pressed, expanded;  // of buttons that have such states
  // Of a list's row while not all rows are there: which it is, from 1 on, and of how many.
  int position = 0, set_size = 0;
  std::string controls;      // id: tab -> panel, button -> what it shows and hides
  std::string described_by;  // id of the text that describes a field
  // Fields
  std::string value, placeholder;  // of a select: the chosen option's id
  std::vector<TwinOption> options;
  int max_length = 0;
  bool multiline = false;
  bool secret = false;  // a password's field; what is typed is not told
  bool email = false;
  float padding_left = 0, padding_right = 0, padding_y = 0;
};

}  // namespace pd::view

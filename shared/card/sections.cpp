// What all sections have in common: which there are, their states, the tabs.
#include <algorithm>

#include "card/enum_words.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;

// From this age on, a section says by itself how old it is.
constexpr Duration kOld = std::chrono::minutes{10};

}  // namespace

Section ViewModelMaker::make_section(SectionKind kind, std::string id, Text title) const {
  Section section;
  section.kind = kind;
  section.id = std::move(id);
  section.title = text_of(title);
  return section;
}

void ViewModelMaker::set_empty(Section& section, Tone tone, Text title, std::string body) const {
  if (section.notice) return;  // a stale nothing says that first
  section.state = SectionState::kEmpty;
  section.notice = Notice{section.id + ":empty", tone, text_of(title), std::move(body), {}, {}};
}

// With nothing known and nobody to ask, the notice above says it all.
void ViewModelMaker::make_sections() {
  if (!card_.resolution.target) return;
  const Answer* service = sources_.service_answer();
  const Answer* rows = sources_.incidents;
  const bool is_lost = service != nullptr && service->error.has_value() &&
                       (rows == nullptr || rows->error.has_value());
  if (!is_something_known() && (is_lost || !may_ask())) return;
  for (const SectionKind kind : sections_of(card_.config)) {
    switch (kind) {
      case SectionKind::kIncidents: model_.sections.push_back(incidents()); break;
      case SectionKind::kChanges: model_.sections.push_back(changes()); break;
      case SectionKind::kOnCall: model_.sections.push_back(on_call()); break;
      case SectionKind::kInsights: model_.sections.push_back(insights()); break;
      case SectionKind::kStandards: model_.sections.push_back(standards()); break;
      case SectionKind::kStatus:
        if (!layout_is_small()) model_.sections.push_back(about());
        break;
      case SectionKind::kServices: break;
    }
  }
  make_tabs();
}

void ViewModelMaker::make_tabs() {
  if (card_.config.layout != Layout::kFull) return;
  const auto is_tab = [](const Section& section) {
    return section.kind == SectionKind::kIncidents || section.kind == SectionKind::kChanges;
  };
  if (std::ranges::count_if(model_.sections, is_tab) < 2) return;
  for (const Section& section : model_.sections) {
    if (!is_tab(section)) continue;
    const bool is_changes = section.kind == SectionKind::kChanges;
    model_.tabs.push_back({is_changes ? "tab:changes" : "tab:incidents", section.title,
                           section.count, section.id, section.kind == card_.tab});
  }
}

// What a section's answer says besides its rows. True: there are rows to make.
bool ViewModelMaker::begin_section(Section& section, const Answer* answer, Text error_title,
                                   const std::string& retry) const {
  if (answer == nullptr || (!answer->has_data() && !answer->error)) {
    if (may_ask()) return false;  // loading
    section.state = SectionState::kError;
    section.notice = Notice{section.id + ":error",
                            Tone::kNeutral,
                            text_of(error_title),
                            text_of(texts::kNotAsked),
                            {},
                            {}};
    return false;
  }
  const std::string why = answer->error ? text_of(*answer->error) : std::string();
  const bool is_said_above = answer->error && why == common_error();
  if (!answer->has_data()) {
    section.state = SectionState::kError;
    section.notice = Notice{section.id + ":error",
                            Tone::kWarning,
                            text_of(error_title),
                            is_said_above ? std::string() : why,
                            {},
                            list_of(retry_action(retry))};
    return false;
  }
  section.state = SectionState::kReady;
  const std::string read = age(*answer->fetched_at, now_);
  // Told anew at whole minutes, as all ages are.
  if (whole_minute(now_) - *answer->fetched_at >= kOld)
    section.age = fill(texts::kSectionAge, {read});
  // What keeps the whole card from asking is said above.
  const bool is_own_error = answer->error && !is_said_above && may_ask() &&
                            answer->error->code != ErrorCode::kRateLimited;
  if (is_own_error) {
    section.notice = Notice{section.id + ":stale",
                            Tone::kWarning,
                            text_of(error_title),
                            fill(texts::kSentences, {why, fill(texts::kStale, {read})}),
                            {},
                            list_of(retry_action(retry))};
  }
  return true;
}

bool ViewModelMaker::begin_fold(Section& section) const {
  const bool is_shown = is_open(card_, section.kind);
  Action fold =
      make_action("fold:" + std::string(word_of(section.kind)), texts::kDetails,
                  ActionStyle::kQuiet, is_shown ? Icon::kChevronDown : Icon::kChevronRight);
  fold.label = section.title;
  fold.expanded = is_shown ? Toggle::kOn : Toggle::kOff;
  fold.controls = section.id + ":body";
  section.fold = std::move(fold);
  if (!is_shown) section.state = SectionState::kReady;
  return is_shown;
}

}  // namespace pd::card

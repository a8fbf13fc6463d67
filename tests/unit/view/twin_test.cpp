// The twin says what is drawn: for every state at every width.
#include <algorithm>
#include <functional>
#include <set>

#include "states.h"
#include "view/ui.h"

namespace pd::view {
namespace {

class Twin : public WithFonts {
 protected:
  struct Drawn {
    Output output;
    card::ViewModel model;
    float width = 0;
    std::string where;
  };
  // Calls `check` for each state at each width; they are drawn once for all tests.
  template <typename Check>
  void for_each(Check check) {
    if (drawn_.empty()) draw_all();
    for (const Drawn& drawn : drawn_) {
      check(drawn.output, drawn.model, drawn.width, drawn.where);
    }
  }
  static void TearDownTestSuite() { drawn_.clear(); }

 private:
  void draw_all() {
    for (const char* state : kStates) {
      const card::ViewModel model = read_state(state);
      for (const float width : kWidths) {
        const std::string where =
            std::string(state) + " at " + std::to_string(static_cast<int>(width));
        drawn_.push_back({paint(model, width).output, model, width, where});
      }
    }
  }
  static std::vector<Drawn> drawn_;
};
std::vector<Twin::Drawn> Twin::drawn_;

bool is_interactive(Role role) {
  return role == Role::kLink || role == Role::kButton || role == Role::kTab ||
         role == Role::kTextBox || role == Role::kRadio || role == Role::kSearchBox ||
         role == Role::kSelect || role == Role::kCheckBox;
}

// The scroller that the node moves with, whose content its rectangle is in; null = the card itself.
const TwinNode* scroller_of(const Output& output, const TwinNode& node) {
  for (const TwinNode* at = find(output, node.parent); at != nullptr;
       at = find(output, at->parent)) {
    if (at->scroller) return at;
  }
  return nullptr;
}

TEST_F(Twin, HasIdsThatAreUniqueAndParentsThatComeBefore) {
  for_each([](const Output& output, const card::ViewModel&, float, const std::string& where) {
    std::set<std::string> known{""};
    for (const TwinNode& node : output.twin) {
      EXPECT_FALSE(node.id.empty()) << where;
      EXPECT_TRUE(known.contains(node.parent)) << where << ": " << node.id << " in " << node.parent;
      EXPECT_TRUE(known.insert(node.id).second) << where << ": " << node.id << " is there twice";
    }
    for (const TwinNode& node : output.twin) {
      EXPECT_TRUE(known.contains(node.described_by)) << where << ": " << node.id;
    }
  });
}

TEST_F(Twin, NamesEverythingThatCanBeActivated) {
  for_each([](const Output& output, const card::ViewModel&, float, const std::string& where) {
    for (const TwinNode& node : output.twin) {
      const bool named = !node.name.empty() || !node.text.empty();
      const bool container = node.role == Role::kRegion || node.role == Role::kTabPanel ||
                             node.role == Role::kDialog || node.role == Role::kTabList ||
                             node.role == Role::kRadioGroup;
      EXPECT_TRUE(named || !(is_interactive(node.role) || container)) << where << ": " << node.id;
      EXPECT_FALSE(node.role == Role::kText && node.text.empty()) << where << ": " << node.id;
    }
  });
}

TEST_F(Twin, HasTargetsOfAtLeast24Pixels) {
  for_each([](const Output& output, const card::ViewModel&, float, const std::string& where) {
    for (const TwinNode& node : output.twin) {
      if (!is_interactive(node.role)) continue;
      EXPECT_GE(node.rect.width, kLeastTarget) << where << ": " << node.id;
      EXPECT_GE(node.rect.height, kLeastTarget) << where << ": " << node.id;
    }
  });
}

TEST_F(Twin, KeepsItsRectanglesInsideTheCard) {
  for_each([](const Output& output, const card::ViewModel&, float width, const std::string& where) {
    for (const TwinNode& node : output.twin) {
      const TwinNode* scroller = scroller_of(output, node);
      const Rect space = scroller == nullptr
                             ? Rect{0, 0, width, output.height_css_px}
                             : Rect{0, 0, scroller->rect.width, scroller->content_height};
      EXPECT_GE(node.rect.x, 0) << where << ": " << node.id;
      EXPECT_GE(node.rect.y, 0) << where << ": " << node.id;
      EXPECT_LE(node.rect.x + node.rect.width, space.width + 0.01F) << where << ": " << node.id;
      EXPECT_LE(node.rect.y + node.rect.height, space.height + 0.01F) << where << ": " << node.id;
    }
  });
}

TEST_F(Twin, HasNoTwoTargetsInOnePlace) {
  for_each([](const Output& output, const card::ViewModel& model, float, const std::string& where) {
    std::vector<const TwinNode*> targets;
    for (const TwinNode& node : output.twin) {
      // What lies behind a dialog is inert.
      const bool behind = model.dialog && !node.id.starts_with("dialog") &&
                          !node.id.starts_with("field") && !node.id.starts_with("choice");
      if (is_interactive(node.role) && !behind) targets.push_back(&node);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      for (std::size_t j = i + 1; j < targets.size(); ++j) {
        const Rect& a = targets[i]->rect;
        const Rect& b = targets[j]->rect;
        if (scroller_of(output, *targets[i]) != scroller_of(output, *targets[j])) continue;
        const bool apart = a.x + a.width <= b.x + 0.01F || b.x + b.width <= a.x + 0.01F ||
                           a.y + a.height <= b.y + 0.01F || b.y + b.height <= a.y + 0.01F;
        EXPECT_TRUE(apart) << where << ": " << targets[i]->id << " and " << targets[j]->id;
      }
    }
  });
}

using Add = std::function<void(const std::string&)>;

void add_actions(const std::vector<card::Action>& actions, const Add& add) {
  for (const card::Action& action : actions) add(action.label);
}

void add_notice(const card::Notice& notice, const Add& add) {
  add(notice.title);
  add(notice.body);
  add(notice.code);
  add_actions(notice.actions, add);
}

void add_facts(const std::vector<card::Fact>& facts, const Add& add) {
  for (const card::Fact& fact : facts) {
    add(fact.label);
    add(fact.value.text);
    add(fact.detail);
  }
}

void add_detail(const card::IncidentDetail& detail, const Add& add) {
  add_facts(detail.facts, add);
  add_actions(detail.actions, add);
  for (const card::DetailGroup& group : detail.groups) {
    add(group.title);
    add(group.count);
    if (group.notice) add_notice(*group.notice, add);
    for (const card::DetailRow& row : group.rows) {
      add(row.when);
      add(row.text.text);
      add(row.meta);
      if (row.badge) add(row.badge->text);
    }
    add_actions(group.actions, add);
  }
}

void add_incident(const card::IncidentRow& row, const Add& add) {
  add(row.heading);
  add(row.title.text);
  add(row.meta);
  add(row.status.text);
  if (row.urgency) add(row.urgency->text);
  if (row.priority) add(row.priority->text);
  if (row.expand) add(row.expand->name);
  if (row.select) add(row.select->label);
  add_actions(row.actions, add);
  if (row.detail) add_detail(*row.detail, add);
}

void add_change(const card::ChangeRow& row, const Add& add) {
  add(row.summary.text);
  add(row.meta);
  add(row.relation);
  for (const card::Link& link : row.links) add(link.text);
}

void add_level(const card::OnCallLevel& level, const Add& add) {
  add(level.label);
  add(level.detail);
  add(level.gap);
  add(level.next);
  add_actions(level.actions, add);
  for (const card::Person& person : level.people) {
    add(person.name.text);
    add(person.until);
    add(person.local_time);
    for (const card::Link& contact : person.contacts) add(contact.text);
  }
}

void add_rota(const card::Rota& rota, const Add& add) {
  if (rota.notice) add_notice(*rota.notice, add);
  for (const card::Choice& span : rota.spans) add(span.label);
  for (const card::RotaRow& row : rota.rows) {
    add(row.label);
    for (const card::RotaShift& shift : row.shifts) add(shift.name);
  }
}

void add_figures(const card::Section& section, const Add& add) {
  for (const card::Metric& metric : section.metrics) {
    add(metric.label);
    add(metric.value);
    add(metric.change);
    add(metric.spark_name);
  }
  for (const card::CheckGroup& group : section.checks) {
    add(group.title);
    add(group.count);
    for (const card::Check& check : group.checks) {
      add(check.label);
      add(check.detail);
    }
  }
}

void add_service(const card::ServiceRow& row, const Add& add) {
  add(row.name.text);
  if (row.status) add(row.status->text);
  add(row.meta);
  add(row.incident.text);
  add(row.on_call);
  add_actions(row.actions, add);
}

void add_body(const card::Section& section, const Add& add) {
  if (section.toolbar) {
    if (section.toolbar->search) add(section.toolbar->search->label);
    add_actions(section.toolbar->filters, add);
    add(section.toolbar->summary);
    add_actions(section.toolbar->actions, add);
  }
  if (section.notice) add_notice(*section.notice, add);
  for (const card::IncidentRow& row : section.incidents) add_incident(row, add);
  if (section.axis) {
    add(section.axis->name);
    for (const card::AxisMark& mark : section.axis->marks) add(mark.name);
  }
  for (const card::ChangeRow& row : section.changes) add_change(row, add);
  for (const card::OnCallLevel& level : section.on_call) add_level(level, add);
  if (section.rota) add_rota(*section.rota, add);
  add_figures(section, add);
  add_facts(section.facts, add);
  for (const card::ServiceRow& row : section.services) add_service(row, add);
  add(section.note);
  add_actions(section.footer, add);
}

void add_section(const card::Section& section, const Add& add) {
  add(section.title);
  add(section.count);
  const bool closed = section.fold && section.fold->expanded != card::Toggle::kOn;
  if (closed) return add(section.summary);
  add_body(section, add);
}

// Every word of the model that is shown, whatever its kind.
std::vector<std::string> words_of(const card::ViewModel& model) {
  std::vector<std::string> words{model.header.title.text};
  const Add add = [&](const std::string& text) {
    if (!text.empty()) words.push_back(text);
  };
  add(model.header.subtitle);
  add(model.header.account);
  add(model.header.updated);
  if (model.header.status) add(model.header.status->text);
  add_actions(model.header.actions, add);
  for (const card::Notice& notice : model.notices) add_notice(notice, add);
  for (const card::Tab& tab : model.tabs) add(tab.label);
  for (const card::Section& section : model.sections) {
    const auto tab = std::ranges::find(model.tabs, section.id, &card::Tab::section_id);
    if (tab == model.tabs.end() || tab->selected) add_section(section, add);
  }
  if (model.dialog) {
    add(model.dialog->title);
    add(model.dialog->body);
    for (const card::Field& field : model.dialog->fields) {
      add(field.label);
      add(field.help);
      add(field.error);
      for (const card::Choice& choice : field.choices) add(choice.label);
    }
    if (model.dialog->notice) add_notice(*model.dialog->notice, add);
    add_actions(model.dialog->actions, add);
  }
  return words;
}

// Without blanks and breaks, which wrapping changes.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != kSoftBreak) letters += c;
  }
  return letters;
}

TEST_F(Twin, SaysEverythingThatTheModelShows) {
  for_each([](const Output& output, const card::ViewModel& model, float, const std::string& where) {
    std::string all;
    for (const TwinNode& node : output.twin) {
      all += letters_of(node.text) + "|" + letters_of(node.name) + "|" +
             letters_of(node.description) + "|";
      for (const TwinOption& option : node.options) all += letters_of(option.label) + "|";
    }
    for (const std::string& word : words_of(model)) {
      EXPECT_NE(all.find(letters_of(word)), std::string::npos) << where << ": " << word;
    }
  });
}

TEST_F(Twin, KeepsTheAddressOfEveryLink) {
  card::ViewModel model = read_state("on-fire");
  const Output output = paint(model).output;
  const TwinNode* title = find(output, model.header.title.id);
  ASSERT_NE(title, nullptr);
  EXPECT_EQ(title->role, Role::kLink);
  EXPECT_EQ(title->href, model.header.title.href);
  model.header.title.href.clear();
  const Output unlinked = paint(model).output;
  EXPECT_EQ(find(unlinked, model.header.title.id)->role, Role::kText);
}

TEST_F(Twin, SaysInFullWhatIsCut) {
  card::ViewModel model = read_state("calm");
  model.header.title.text =
      "A service whose name is far longer than any card on any page will ever be wide, and on";
  const Output output = paint(model, 320).output;
  const TwinNode* title = find(output, model.header.title.id);
  ASSERT_NE(title, nullptr);
  EXPECT_EQ(title->text, model.header.title.text);
  EXPECT_EQ(title->description, model.header.title.text);
}

TEST_F(Twin, ScrollsTheCardUnderItsHeaderWhenItMayNotBeHigher) {
  const card::ViewModel model = read_state("on-fire");
  Input input;
  input.max_height_css_px = 400;
  const Output output = paint(model, 480, input).output;
  EXPECT_LE(output.height_css_px, 401);
  const TwinNode* body = find(output, "card:body");
  ASSERT_NE(body, nullptr);
  EXPECT_TRUE(body->scroller);
  EXPECT_GT(body->content_height, body->rect.height);
  EXPECT_EQ(find(output, "header:heading")->parent, "card");
  input.max_height_css_px = 4000;
  EXPECT_EQ(find(paint(model, 480, input).output, "card:body"), nullptr);
}

TEST(WriteTwin, LeavesOutWhatIsTheDefault) {
  TwinNode node;
  node.id = "a";
  node.role = Role::kButton;
  node.text = "Say \"go\"";
  node.rect = {1, 2.5F, 30, 28};
  node.disabled = true;
  EXPECT_EQ(
      write_twin({node}),
      R"([{"id":"a","role":"button","text":"Say \"go\"","rect":[1,2.5,30,28],"disabled":true}])");
  EXPECT_EQ(write_twin({}), "[]");
}

}  // namespace
}  // namespace pd::view

// What each part of a section means: roles, states and relations of its nodes.
#include <algorithm>

#include "states.h"

namespace pd::view {
namespace {

class Sections : public WithFonts {
 protected:
  // The node `id` of a state, with a failure when it is not there.
  const TwinNode& node(const char* state, const std::string& id, float width = 480) {
    output_ = paint(read_state(state), width).output;
    return in_output(id);
  }
  const TwinNode& in_output(const std::string& id) {
    static const TwinNode kNone;
    const TwinNode* found = find(output_, id);
    EXPECT_NE(found, nullptr) << id;
    return found != nullptr ? *found : kNone;
  }
  std::vector<Role> roles_in(const std::string& parent) const {
    std::vector<Role> roles;
    for (const TwinNode& node : output_.twin) {
      if (node.parent == parent) roles.push_back(node.role);
    }
    return roles;
  }
  Output output_;
};

TEST_F(Sections, OpenAndCloseByAButtonInTheirHeading) {
  const TwinNode& open = node("overview", "fold:insights");
  EXPECT_EQ(open.role, Role::kButton);
  EXPECT_EQ(open.text, "Insights");
  EXPECT_EQ(open.expanded, true);
  EXPECT_EQ(in_output(open.parent).role, Role::kHeading);
  EXPECT_EQ(in_output(open.controls).parent, "section:insights");
  EXPECT_EQ(in_output("section:insights:metrics").parent, open.controls);
  const TwinNode& closed = node("folded", "fold:insights");
  EXPECT_EQ(closed.expanded, false);
  EXPECT_EQ(closed.controls, "");  // what it controls is not there
  EXPECT_EQ(find(output_, "section:insights:metrics"), nullptr);
  EXPECT_EQ(in_output("section:insights:summary").text, "30 days");
}

TEST_F(Sections, ARowOpensItsDetail) {
  const TwinNode& open = node("incident-detail", "expand:1234");
  EXPECT_EQ(open.expanded, true);
  EXPECT_EQ(open.name, "Details of #1234");
  EXPECT_EQ(in_output(open.controls).parent, "incident:1234");
  const TwinNode& closed = in_output("expand:1231");
  EXPECT_EQ(closed.expanded, false);
  EXPECT_EQ(closed.controls, "");
}

TEST_F(Sections, FactsAreTermsWithTheirValues) {
  EXPECT_EQ(node("incident-detail", "detail:1234:facts").role, Role::kTermList);
  EXPECT_EQ(roles_in("d:policy"), (std::vector{Role::kTerm, Role::kDefinition}));
  EXPECT_EQ(in_output("d:policy:value").parent, "d:policy:definition");
  EXPECT_EQ(in_output("d:policy:value").role, Role::kLink);
  EXPECT_EQ(in_output("d:opened:value").role, Role::kText);
}

TEST_F(Sections, ADetailsGroupsLoadFailAndAreEmptyByThemselves) {
  EXPECT_EQ(node("incident-detail", "resp:error").role, Role::kNote);
  EXPECT_EQ(in_output("retry:resp").parent, "resp:error");
  EXPECT_EQ(in_output("notes:none").text, "No notes yet.");
  EXPECT_EQ(in_output("alert:1").parent, "detail:1234:alerts:list");
  EXPECT_EQ(roles_in("detail:1234:changes"), std::vector{Role::kHeading});
}

TEST_F(Sections, RowsAreChosenByABoxToTick) {
  const TwinNode& ticked = node("triage", "select:1234");
  EXPECT_EQ(ticked.role, Role::kCheckBox);
  EXPECT_EQ(ticked.name, "Choose #1234");
  EXPECT_TRUE(ticked.selected);
  EXPECT_FALSE(in_output("select:1219").selected);
  EXPECT_EQ(in_output("incident:1205:group").text, "Recently resolved");
  EXPECT_EQ(in_output("incident:1205:group").parent, "incident:1205");
}

TEST_F(Sections, FiltersArePressedOrNot) {
  EXPECT_EQ(node("triage", "filter:high").pressed, true);
  EXPECT_EQ(in_output("filter:mine").pressed, false);
  EXPECT_EQ(in_output("ack:chosen").pressed, std::nullopt);
  EXPECT_EQ(in_output("field:search").role, Role::kSearchBox);
  EXPECT_EQ(in_output("field:search").name, "Search incidents");
}

TEST_F(Sections, ATimeAxisSaysEachOfItsMarks) {
  EXPECT_EQ(node("timeline", "axis").role, Role::kGroup);
  EXPECT_EQ(in_output("axis").name, "7 days: 4 incidents, 6 changes");
  EXPECT_EQ(in_output("mark:i1").role, Role::kImage);
  EXPECT_EQ(in_output("mark:i1").name, "Mon 20:10 to Tue 09:00: #1201 Checkout answers 502");
}

TEST_F(Sections, TickLabelsLeaveOutEvenly) {
  const card::ViewModel model = read_state("timeline");
  for (const float width : {280.0F, 480.0F, 1200.0F}) {
    output_ = paint(model, width).output;
    std::vector<float> ends;
    for (const TwinNode& node : output_.twin) {
      if (!node.id.starts_with("axis:tick:")) continue;
      if (!ends.empty()) {
        EXPECT_GT(node.rect.x, ends.back()) << width;
      }
      ends.push_back(node.rect.x + node.rect.width);
    }
    EXPECT_GE(ends.size(), 3U) << width;
  }
}

TEST_F(Sections, ARotaListsTheShiftsOfEachLevel) {
  EXPECT_EQ(node("rota", "rota:1").role, Role::kList);
  EXPECT_EQ(in_output("rota:1").name, "Level 1");
  EXPECT_EQ(in_output("shift:1:2").role, Role::kListItem);
  EXPECT_EQ(in_output("shift:1:2:shift").name, "Boris Sample, day 2 to day 2.4, override");
  EXPECT_EQ(in_output("shift:1:4:shift").text, "Nobody");
  EXPECT_EQ(in_output("rota:spans").role, Role::kRadioGroup);
  EXPECT_TRUE(in_output("span:7").selected);
}

TEST_F(Sections, AShiftSaysItsNameOrInitialsWhereTheyHaveRoom) {
  EXPECT_EQ(node("rota", "shift:1:0:shift", 1200).text, "Ana Example");
  EXPECT_EQ(node("rota", "shift:1:0:shift", 400).text, "AE");
  EXPECT_EQ(node("rota", "shift:1:2:shift", 280).text, "");
}

TEST_F(Sections, FiguresAreTermsWithTheirDays) {
  EXPECT_EQ(node("overview", "section:insights:metrics").role, Role::kTermList);
  EXPECT_EQ(roles_in("metric:count"),
            (std::vector{Role::kTerm, Role::kDefinition, Role::kDefinition, Role::kDefinition}));
  EXPECT_EQ(in_output("metric:count:spark").role, Role::kImage);
  EXPECT_EQ(in_output("metric:count:spark").name, "Incidents by day");
  EXPECT_EQ(roles_in("metric:up"), (std::vector{Role::kTerm, Role::kDefinition}));
}

TEST_F(Sections, TilesOfARowAreEquallyHigh) {
  node("overview", "metric:count", 320);
  EXPECT_EQ(in_output("metric:count").rect.height, in_output("metric:ack").rect.height);
  EXPECT_EQ(in_output("metric:count:value").rect.y, in_output("metric:ack:value").rect.y);
}

TEST_F(Sections, ServicesStandBelowEachOtherInColumns) {
  node("wallboard", "service:1", 900);
  const float incident = in_output("service:1:inc").rect.x;
  EXPECT_EQ(in_output("service:2:inc").rect.x, incident);
  EXPECT_EQ(in_output("service:1:oncall").rect.x, in_output("service:4:oncall").rect.x);
  EXPECT_EQ(in_output("create:1").rect.x, in_output("create:4").rect.x);
  EXPECT_EQ(in_output("create:1").name, "Create incident Checkout API");
}

TEST_F(Sections, ASelectHasItsChoicesAsOptions) {
  const TwinNode& policy = node("dialog-select", "field:policy");
  EXPECT_EQ(policy.role, Role::kSelect);
  EXPECT_EQ(policy.value, "choice:E1");
  ASSERT_EQ(policy.options.size(), 2U);
  EXPECT_EQ(policy.options[1].id, "choice:E2");
  EXPECT_EQ(policy.options[1].label, "Payments, primary");
  const TwinNode& user = in_output("field:user");
  EXPECT_TRUE(user.required);
  EXPECT_TRUE(user.invalid);
  EXPECT_EQ(in_output(user.described_by).text, "Choose somebody.");
}

TEST_F(Sections, EveryControlIsHitWhereItIsDrawn) {
  for (const char* state :
       {"overview", "folded", "incident-detail", "triage", "rota", "wallboard"}) {
    const card::ViewModel model = read_state(state);
    const Output output = paint(model).output;
    int hit = 0;
    for (const TwinNode& node : output.twin) {
      const bool control =
          node.role == Role::kButton || node.role == Role::kCheckBox || node.role == Role::kRadio;
      if (!control || node.parent.starts_with("incident:") || node.disabled) continue;
      if (node.id.ends_with(":1234") && node.parent.starts_with("detail:")) continue;
      if (node.parent.starts_with("detail:") || node.parent.starts_with("resp:")) continue;
      Input input;
      input.pointer_x_css_px = node.rect.x + node.rect.width / 2;
      input.pointer_y_css_px = node.rect.y + node.rect.height / 2;
      EXPECT_EQ(paint(model, 480, input).output.hovered_node, node.id) << state;
      ++hit;
    }
    EXPECT_GT(hit, 1) << state;
  }
}

}  // namespace
}  // namespace pd::view

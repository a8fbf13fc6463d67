#include "view/twin.h"

#include <string_view>

#include "base/json_writer.h"
#include "view/view.h"

namespace pd::view {
namespace {

constexpr std::string_view kRoleNames[] = {
    "group",   "region",    "heading",  "text",     "list",    "listitem",   "link",  "button",
    "tablist", "tab",       "tabpanel", "dialog",   "textbox", "radiogroup", "radio", "note",
    "code",    "searchbox", "select",   "checkbox", "image",   "termlist",   "term",  "definition"};

void write_options(JsonWriter& json, const TwinNode& node) {
  if (node.options.empty()) return;
  json.key("options").begin_array();
  for (const TwinOption& option : node.options) {
    json.begin_array().value(option.id).value(option.label).end_array();
  }
  json.end_array();
}

void write_node(JsonWriter& json, const TwinNode& node) {
  const auto text = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) json.member(name, value);
  };
  const auto flag = [&](std::string_view name, bool value) {
    if (value) json.member(name, true);
  };
  const auto number = [&](std::string_view name, float value) {
    if (value != 0) json.member(name, value);
  };
  json.begin_object().member("id", node.id);
  text("parent", node.parent);
  json.member("role", kRoleNames[static_cast<std::size_t>(node.role)]);
  text("name", node.name);
  text("text", node.text);
  text("description", node.description);
  text("href", node.href);
  json.key("rect")
      .begin_array()
      .value(node.rect.x)
      .value(node.rect.y)
      .value(node.rect.width)
      .value(node.rect.height)
      .end_array();
  if (node.level != 0) json.member("level", node.level);
  number("fontSize", node.font_size);
  if (node.font_weight != 400) json.member("fontWeight", node.font_weight);
  flag("mono", node.mono);
  number("lineHeight", node.line_height);
  flag("wraps", node.wraps);
  flag("centered", node.centered);
  flag("scroller", node.scroller);
  number("contentHeight", node.content_height);
  flag("disabled", node.disabled);
  flag("selected", node.selected);
  flag("busy", node.busy);
  flag("required", node.required);
  flag("invalid", node.invalid);
  flag("current", node.current);
  if (node.pressed) json.member("pressed", *node.pressed);
  if (node.expanded) json.member("expanded", *node.expanded);
  if (node.set_size != 0) json.member("position", node.position).member("setSize", node.set_size);
  text("controls", node.controls);
  text("describedBy", node.described_by);
  text("value", node.value);
  text("placeholder", node.placeholder);
  write_options(json, node);
  if (node.max_length != 0) json.member("maxLength", node.max_length);
  flag("multiline", node.multiline);
  flag("secret", node.secret);
  flag("email", node.email);
  if (node.padding_left != 0) {
    json.key("padding").begin_array().value(node.padding_y).value(node.padding_right);
    json.value(node.padding_y).value(node.padding_left).end_array();
  }
  json.end_object();
}

}  // namespace

std::string write_twin(const std::vector<TwinNode>& twin) {
  JsonWriter json;
  json.begin_array();
  for (const TwinNode& node : twin) write_node(json, node);
  json.end_array();
  return json.take();
}

}  // namespace pd::view

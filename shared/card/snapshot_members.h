// Which members each part of a view model has, once, for writing and for reading: members(part,
// archive) calls archive(name, member) for each. Internal to this folder.
#pragma once

#include <concepts>
#include <type_traits>

#include "card/view_model.h"

namespace pd::card {

#define PDC_PART(Type)                                     \
  template <typename Archive, typename Part>               \
    requires std::same_as<std::remove_const_t<Part>, Type> \
  void members(Part& v, Archive& a)

PDC_PART(Action) {
  a("id", v.id), a("label", v.label), a("name", v.name), a("style", v.style), a("icon", v.icon);
  a("icon_only", v.icon_only), a("enabled", v.enabled), a("reason", v.reason), a("busy", v.busy);
  a("pressed", v.pressed), a("expanded", v.expanded), a("controls", v.controls);
}
PDC_PART(Link) { a("id", v.id), a("text", v.text), a("href", v.href); }
PDC_PART(Badge) {
  a("text", v.text), a("tone", v.tone), a("outlined", v.outlined), a("color", v.color);
}
PDC_PART(Notice) {
  a("id", v.id), a("tone", v.tone), a("title", v.title), a("body", v.body), a("code", v.code),
      a("actions", v.actions);
}
PDC_PART(Header) {
  a("title", v.title), a("subtitle", v.subtitle), a("account", v.account), a("status", v.status);
  a("updated", v.updated), a("stale", v.stale), a("actions", v.actions);
  a("back", v.back);
}
PDC_PART(Choice) { a("id", v.id), a("label", v.label), a("selected", v.selected); }
PDC_PART(Fact) { a("id", v.id), a("label", v.label), a("value", v.value), a("detail", v.detail); }
PDC_PART(DetailRow) {
  a("id", v.id), a("when", v.when), a("text", v.text), a("meta", v.meta), a("tone", v.tone),
      a("badge", v.badge);
}
PDC_PART(DetailGroup) {
  a("id", v.id), a("state", v.state), a("title", v.title), a("count", v.count),
      a("notice", v.notice), a("rows", v.rows), a("actions", v.actions);
}
PDC_PART(IncidentDetail) {
  a("id", v.id), a("facts", v.facts), a("actions", v.actions), a("groups", v.groups);
}
PDC_PART(IncidentRow) {
  a("id", v.id), a("number", v.number), a("title", v.title), a("status", v.status),
      a("urgency", v.urgency);
  a("priority", v.priority), a("meta", v.meta), a("actions", v.actions), a("tone", v.tone),
      a("pending", v.pending);
  a("expand", v.expand), a("select", v.select), a("detail", v.detail), a("heading", v.heading);
}
PDC_PART(ChangeRow) {
  a("id", v.id), a("summary", v.summary), a("meta", v.meta), a("links", v.links);
  a("relation", v.relation), a("relation_tone", v.relation_tone);
}
PDC_PART(AxisTick) { a("at", v.at), a("label", v.label); }
PDC_PART(AxisMark) {
  a("id", v.id), a("kind", v.kind), a("tone", v.tone), a("at", v.at), a("until", v.until),
      a("name", v.name);
}
PDC_PART(TimeAxis) { a("id", v.id), a("name", v.name), a("ticks", v.ticks), a("marks", v.marks); }
PDC_PART(Person) {
  a("id", v.id), a("name", v.name), a("initials", v.initials), a("hue", v.hue), a("until", v.until),
      a("local_time", v.local_time), a("contacts", v.contacts);
}
PDC_PART(OnCallLevel) {
  a("id", v.id), a("label", v.label), a("detail", v.detail), a("primary", v.primary),
      a("people", v.people), a("gap", v.gap);
  a("next", v.next), a("actions", v.actions);
}
PDC_PART(RotaShift) {
  a("id", v.id), a("start", v.start), a("end", v.end), a("initials", v.initials), a("hue", v.hue);
  a("name", v.name), a("label", v.label), a("is_override", v.is_override), a("is_gap", v.is_gap);
}
PDC_PART(RotaRow) { a("id", v.id), a("label", v.label), a("shifts", v.shifts); }
PDC_PART(Rota) {
  a("id", v.id), a("state", v.state), a("notice", v.notice), a("spans", v.spans);
  a("ticks", v.ticks), a("now", v.now), a("rows", v.rows);
}
PDC_PART(Metric) {
  a("id", v.id), a("label", v.label), a("value", v.value), a("change", v.change),
      a("change_tone", v.change_tone), a("direction", v.direction);
  a("spark", v.spark), a("spark_name", v.spark_name);
}
PDC_PART(Check) {
  a("id", v.id), a("passing", v.passing), a("state", v.state), a("label", v.label),
      a("detail", v.detail);
}
PDC_PART(CheckGroup) {
  a("id", v.id), a("title", v.title), a("count", v.count), a("checks", v.checks);
}
PDC_PART(ServiceRow) {
  a("id", v.id), a("name", v.name), a("status", v.status), a("meta", v.meta),
      a("incident", v.incident);
  a("on_call", v.on_call), a("tone", v.tone), a("actions", v.actions);
}
PDC_PART(Field) {
  a("id", v.id), a("kind", v.kind), a("label", v.label), a("value", v.value),
      a("placeholder", v.placeholder);
  a("help", v.help), a("error", v.error), a("max_length", v.max_length), a("required", v.required),
      a("choices", v.choices);
}
PDC_PART(Toolbar) {
  a("search", v.search), a("filters", v.filters), a("summary", v.summary), a("actions", v.actions);
}
PDC_PART(Section) {
  a("id", v.id), a("kind", v.kind), a("state", v.state), a("title", v.title), a("count", v.count),
      a("age", v.age);
  a("notice", v.notice), a("incidents", v.incidents), a("changes", v.changes),
      a("on_call", v.on_call);
  a("skeleton_rows", v.skeleton_rows), a("fold", v.fold), a("summary", v.summary),
      a("toolbar", v.toolbar);
  a("axis", v.axis), a("rota", v.rota), a("metrics", v.metrics), a("checks", v.checks);
  a("facts", v.facts), a("services", v.services), a("note", v.note), a("footer", v.footer);
}
PDC_PART(Tab) {
  a("id", v.id), a("label", v.label), a("count", v.count), a("section_id", v.section_id),
      a("selected", v.selected);
}
PDC_PART(Dialog) {
  a("id", v.id), a("title", v.title), a("body", v.body), a("facts", v.facts), a("fields", v.fields),
      a("notice", v.notice);
  a("actions", v.actions), a("initial_focus", v.initial_focus);
}
PDC_PART(ViewModel) {
  a("layout", v.layout), a("lang", v.lang), a("name", v.name), a("busy", v.busy),
      a("header", v.header);
  a("notices", v.notices), a("sections", v.sections), a("tabs", v.tabs), a("dialog", v.dialog);
}
#undef PDC_PART

}  // namespace pd::card

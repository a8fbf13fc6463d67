// For the native command and the tests; the browser's bundle links none of it.
#include "entity/resolution_json.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"

namespace pd::entity {
namespace {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kInfo: return "info";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "";
}

std::string_view shape_name(AnnotationsShape shape) {
  switch (shape) {
    case AnnotationsShape::kAbsent: return "absent";
    case AnnotationsShape::kMap: return "map";
    case AnnotationsShape::kNull: return "null";
    case AnnotationsShape::kNotAMap: return "not-a-map";
  }
  return "";
}

void write_where(JsonWriter& json, const Where& where) {
  if (where.line > 0) json.member("line", where.line).member("column", where.column);
  if (!where.path.empty()) json.member("path", where.path);
}

void write_text(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name);
  if (text.empty()) {
    json.null();
  } else {
    json.value(text);
  }
}

std::string_view source_name(ValueSource source) {
  switch (source) {
    case ValueSource::kNone: return "";
    case ValueSource::kAnnotation: return "annotation";
    case ValueSource::kExplicit: return "explicit";
  }
  return "";
}

// The value as it stands in the descriptor, for people who look for it; null when there is none.
void write_value(JsonWriter& json, const std::string& name, const Annotation& annotation,
                 std::string_view explicit_text, const ResolvedValue& value) {
  const bool is_explicit = value.source == ValueSource::kExplicit;
  json.key(name);
  const bool is_there = is_explicit || annotation.kind == ScalarKind::kString ||
                        annotation.kind == ScalarKind::kNumber ||
                        annotation.kind == ScalarKind::kBoolean;
  if (is_there && value.value_class != ValueClass::kSecret) {
    json.value(trim(is_explicit ? explicit_text : annotation.text));
  } else {
    json.null();
  }
  json.member(name + "_class", value_class_name(value.value_class));
  write_text(json, name + "_source", source_name(value.source));
}

void write_diagnostic(JsonWriter& json, std::string_view code, std::string_view severity,
                      std::string_view message, const Where& where) {
  json.begin_object().member("code", code).member("severity", severity).member("message", message);
  write_where(json, where);
  json.end_object();
}

void write_values(JsonWriter& json, const Entity& entity, const ExplicitValues& given,
                  const Resolution& resolution) {
  write_value(json, "integration_key", entity.integration_key, given.integration_key,
              resolution.integration_key);
  write_value(json, "service_id", entity.service_id, given.service_id, resolution.service_id);
  write_value(json, "account", entity.account, given.account, resolution.account);
  const std::optional<Target>& target = resolution.target;
  json.member("usable", target.has_value());
  write_text(json, "looked_up_by",
             !target                      ? ""
             : target->service_id.empty() ? "integration-key"
                                          : "service-id");
}

void write_diagnostics(JsonWriter& json, const std::vector<Diagnostic>& diagnostics) {
  json.key("diagnostics").begin_array();
  for (const Diagnostic& d : diagnostics) {
    write_diagnostic(json, diagnostic_code_name(d.code), severity_name(d.severity), d.message,
                     d.where);
  }
  json.end_array();
}

// All members but the last ones; of a document that is no entity they are null.
void write_entity(JsonWriter& json, std::string_view parse, const Entity& entity) {
  json.member("parse", parse);
  write_text(json, "apiVersion", entity.api_version);
  write_text(json, "kind", entity.kind);
  write_text(json, "name", entity.name);
  const bool is_entity = !entity.entity_ref.empty();
  write_text(json, "namespace", is_entity ? entity.namespace_name : "");
  json.member("namespace_explicit", entity.namespace_explicit)
      .member("backstage_entity", is_entity);
  write_text(json, "entity_ref", entity.entity_ref);
  json.member("annotations", shape_name(entity.annotations));
}

bool is_wrong(const Resolution& resolution) {
  return std::ranges::any_of(resolution.diagnostics,
                             [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

class FileWriter {
 public:
  FileWriter(std::string_view file, const ExplicitValues& values) : file_(file), values_(values) {}

  void add_error(int index, const Error& error) {
    JsonWriter json = begin(index);
    // What is no entity could be read.
    write_entity(json, error.code == ErrorCode::kNotAnEntity ? "ok" : "error", {});
    write_values(json, {}, {}, {});
    json.key("diagnostics").begin_array();
    write_diagnostic(json, error_code_name(error.code), "error", error.message,
                     error.where.value_or(Where{}));
    json.end_array();
    end(json);
    result_.wrong = true;
  }

  void add(const Document& document) {
    if (document.error) return add_error(document.index, *document.error);
    JsonWriter json = begin(document.index);
    if (document.entity) {
      const Resolution resolution = resolve_target(&*document.entity, values_);
      write_entity(json, "ok", *document.entity);
      write_values(json, *document.entity, values_, resolution);
      write_diagnostics(json, resolution.diagnostics);
      result_.wrong = result_.wrong || is_wrong(resolution);
    } else {
      write_entity(json, "empty", {});
      write_values(json, {}, {}, {});
      write_diagnostics(json, {});
    }
    end(json);
  }

  ResolvedFile take() { return std::move(result_); }

 private:
  std::string_view file_;
  const ExplicitValues& values_;
  ResolvedFile result_;

  JsonWriter begin(int index) const {
    JsonWriter json;
    json.begin_object().member("file", file_).member("doc", index);
    return json;
  }
  void end(JsonWriter& json) {
    json.end_object();
    result_.json_lines += json.text() + "\n";
  }
};

}  // namespace

ResolvedFile resolve_file(std::string_view text, std::string_view file, std::string_view ref,
                          const ExplicitValues& values) {
  FileWriter writer(file, values);
  const Result<std::vector<Document>> documents =
      read_documents(text, {.source = std::string(file)});
  if (!documents) {
    writer.add_error(0, documents.error());
    return writer.take();
  }
  if (trim(ref).empty()) {
    for (const Document& document : *documents) writer.add(document);
    return writer.take();
  }
  const Result<const Entity*> chosen = select_entity(*documents, ref);
  if (chosen) {
    writer.add({(*chosen)->document, **chosen, std::nullopt});
  } else {
    writer.add_error(0, chosen.error());
  }
  return writer.take();
}

}  // namespace pd::entity

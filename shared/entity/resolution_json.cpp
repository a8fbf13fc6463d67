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

// The value as it stands in the descriptor, for people who look for it; null when there is none.
void write_value(JsonWriter& json, std::string_view name, const Annotation& annotation, const ResolvedValue& value) {
  json.key(name);
  if (value.source == ValueSource::kExplicit) {
    json.value(value.value);
  } else if (annotation.kind == ScalarKind::kAbsent || annotation.kind == ScalarKind::kNull ||
             annotation.kind == ScalarKind::kNotScalar) {
    json.null();
  } else {
    json.value(trim(annotation.text));
  }
  json.member(std::string(name) + "_class", value_class_name(value.value_class));
}

void write_diagnostic(JsonWriter& json, std::string_view code, std::string_view severity,
                      std::string_view message, const Where& where) {
  json.begin_object().member("code", code).member("severity", severity).member("message", message);
  write_where(json, where);
  json.end_object();
}

void write_entity(JsonWriter& json, const Entity& entity, const Resolution& resolution) {
  json.member("parse", "ok")
      .member("apiVersion", entity.api_version)
      .member("kind", entity.kind)
      .member("name", entity.name)
      .member("namespace", entity.namespace_name)
      .member("namespace_explicit", entity.namespace_explicit)
      .member("entity_ref", entity.entity_ref)
      .member("annotations", shape_name(entity.annotations));
  write_value(json, "integration_key", entity.integration_key, resolution.integration_key);
  write_value(json, "service_id", entity.service_id, resolution.service_id);
  write_value(json, "account", entity.account, resolution.account);
  json.member("usable", resolution.target.has_value());
  json.key("diagnostics").begin_array();
  for (const Diagnostic& d : resolution.diagnostics) {
    write_diagnostic(json, diagnostic_code_name(d.code), severity_name(d.severity), d.message, d.where);
  }
  json.end_array();
}

void write_error(JsonWriter& json, const Error& error) {
  json.member("parse", "error").member("usable", false).key("diagnostics").begin_array();
  write_diagnostic(json, error_code_name(error.code), "error", error.message, error.where.value_or(Where{}));
  json.end_array();
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
    write_error(json, error);
    end(json);
    result_.wrong = true;
  }

  void add(const Document& document) {
    if (document.error) return add_error(document.index, *document.error);
    JsonWriter json = begin(document.index);
    if (document.entity) {
      const Resolution resolution = resolve_target(&*document.entity, values_);
      write_entity(json, *document.entity, resolution);
      result_.wrong = result_.wrong || is_wrong(resolution);
    } else {
      json.member("parse", "empty").member("usable", false).key("diagnostics").begin_array().end_array();
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
  const Result<std::vector<Document>> documents = read_documents(text, {.source = std::string(file)});
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

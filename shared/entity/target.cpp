#include "entity/target.h"

#include <algorithm>

#include "base/text.h"
#include "entity/tree.h"

namespace pd::entity {
namespace {

constexpr std::size_t kIntegrationKeyLength = 32;
constexpr std::size_t kMaxValueLength = 255;

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Scaffolder templates (${{ values.key }}, {{ key }}), placeholders (<service-id>, YOUR_KEY), unset
// environment variables (${KEY}, $KEY).
bool is_placeholder(std::string_view value) {
  if (value.find("{{") != std::string_view::npos || value.find("${") != std::string_view::npos) return true;
  if (value.front() == '<' && value.back() == '>') return true;
  if (value.front() == '$') return true;
  const std::string lower = to_lower_ascii(value);
  return lower.starts_with("your-") || lower.starts_with("your_") || lower == "changeme" || lower == "todo" ||
         lower.starts_with("[insert") || lower.starts_with("[your");
}

// The three values share all rules but what a good one looks like.
struct Rule {
  std::string_view annotation;
  DiagnosticCode malformed;
  bool (*is_well_formed)(std::string_view);
  std::string_view expected;
};

bool is_service_id(std::string_view value) {
  return value.size() >= 4 && value.size() <= 32 &&
         std::ranges::all_of(value, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}
bool is_integration_key(std::string_view value) {
  return value.size() == kIntegrationKeyLength && std::ranges::all_of(value, is_alphanumeric);
}
bool is_account(std::string_view) { return true; }

constexpr Rule kServiceIdRule{kServiceIdAnnotation, DiagnosticCode::kMalformedServiceId, is_service_id,
                              "PagerDuty's service ids are capital letters and digits such as PABC123"};
constexpr Rule kIntegrationKeyRule{kIntegrationKeyAnnotation, DiagnosticCode::kMalformedIntegrationKey,
                                   is_integration_key, "integration keys are 32 letters and digits"};
constexpr Rule kAccountRule{kAccountAnnotation, DiagnosticCode::kMalformedServiceId, is_account, ""};

// No header, URL or JSON may hold such a value, whatever it is meant to be.
bool is_unusable(std::string_view value) {
  return value.size() > kMaxValueLength || std::ranges::any_of(value, [](char c) {
           return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
         });
}

class Resolver {
 public:
  explicit Resolver(const Entity* entity) : entity_(entity) {}

  Resolution resolve(const ExplicitValues& values) {
    static const Annotation kNone;
    note_shape();
    resolution_.service_id =
        choose(values.service_id, entity_ != nullptr ? entity_->service_id : kNone, kServiceIdRule);
    resolution_.integration_key =
        choose(values.integration_key, entity_ != nullptr ? entity_->integration_key : kNone, kIntegrationKeyRule);
    resolution_.account = choose(values.account, entity_ != nullptr ? entity_->account : kNone, kAccountRule);
    finish();
    return std::move(resolution_);
  }

 private:
  const Entity* entity_;
  Resolution resolution_;

  void note(DiagnosticCode code, Severity severity, const Where& where, std::string message) {
    resolution_.diagnostics.push_back({code, severity, std::move(message), where});
  }

  void note_shape() {
    if (entity_ == nullptr) return;
    if (entity_->annotations == AnnotationsShape::kNotAMap) {
      note(DiagnosticCode::kAnnotationsNotAMap, Severity::kError, entity_->where,
           "metadata.annotations is not a mapping of names to values.");
    }
    for (const std::string& name : entity_->near_misses) {
      note(DiagnosticCode::kNearMiss, Severity::kWarning, entity_->where,
           "\"" + name + "\" is not read; PagerDuty's annotations are pagerduty.com/service-id and "
           "pagerduty.com/integration-key, in metadata.annotations.");
    }
  }

  // The explicit value wins over the annotation; both are looked at, so that both are reported.
  ResolvedValue choose(std::string_view explicit_text, const Annotation& annotation, const Rule& rule) {
    ResolvedValue from_annotation = judge(annotation, rule);
    if (trim(explicit_text).empty()) return from_annotation;
    Annotation given{ScalarKind::kString, std::string(explicit_text), {}};
    ResolvedValue value = judge(given, rule);
    value.source = ValueSource::kExplicit;
    if (!from_annotation.value.empty() && from_annotation.value != value.value) {
      note(DiagnosticCode::kOverridden, Severity::kInfo, annotation.where,
           "The value given on the page is used instead of the annotation " + std::string(rule.annotation) + ".");
    }
    return value;
  }

  ResolvedValue judge(const Annotation& annotation, const Rule& rule) {
    const std::string at = describe_where(annotation.where) + std::string(rule.annotation);
    ResolvedValue result{{}, ValueSource::kAnnotation, ValueClass::kAbsent};
    switch (annotation.kind) {
      case ScalarKind::kAbsent: result.source = ValueSource::kNone; return result;
      case ScalarKind::kNull:
        result.value_class = ValueClass::kNull;
        note(DiagnosticCode::kBlankValue, Severity::kError, annotation.where, at + " has no value.");
        return result;
      case ScalarKind::kNotScalar:
        result.value_class = ValueClass::kNotScalar;
        note(DiagnosticCode::kNotText, Severity::kError, annotation.where, at + " is a list or a mapping, not text.");
        return result;
      case ScalarKind::kBoolean:
        result.value_class = ValueClass::kMalformed;
        note(DiagnosticCode::kNotText, Severity::kError, annotation.where, at + " is true or false, not text.");
        return result;
      case ScalarKind::kString:
      case ScalarKind::kNumber: break;
    }
    return judge_text(annotation, rule, at);
  }

  ResolvedValue judge_text(const Annotation& annotation, const Rule& rule, const std::string& at) {
    const Where& where = annotation.where;
    const std::string_view value = trim(annotation.text);
    ResolvedValue result{{}, ValueSource::kAnnotation, ValueClass::kEmpty};
    if (value.empty()) {
      note(DiagnosticCode::kBlankValue, Severity::kError, where, at + " is blank.");
      return result;
    }
    const std::string shown = "\"" + display_text(value, 60) + "\"";
    if (is_placeholder(value)) {
      result.value_class = ValueClass::kPlaceholder;
      note(DiagnosticCode::kTemplateLeftIn, Severity::kError, where,
           at + " is still the template's " + shown + "; put the real value there.");
      return result;
    }
    if (is_unusable(value)) {
      result.value_class = ValueClass::kMalformed;
      note(rule.malformed, Severity::kError, where,
           at + " " + shown + " cannot be right: it holds blanks or is too long.");
      return result;
    }
    if (value.size() != annotation.text.size()) {
      note(DiagnosticCode::kWhitespaceTrimmed, Severity::kWarning, where,
           at + " has white space around it, which is ignored.");
    }
    result.value_class = ValueClass::kLiteral;
    if (annotation.kind == ScalarKind::kNumber) {
      result.value_class = ValueClass::kLiteralNumber;
      note(DiagnosticCode::kUnquotedNumber, Severity::kWarning, where,
           at + " is read as a number; put quotes around it.");
    }
    if (!rule.is_well_formed(value)) {
      note(rule.malformed, Severity::kWarning, where,
           at + " " + shown + " looks wrong: " + std::string(rule.expected) + ". It is tried as it is.");
    }
    result.value = value;
    return result;
  }

  void finish() {
    Target target{resolution_.service_id.value, resolution_.integration_key.value, resolution_.account.value};
    if (!target.service_id.empty() || !target.integration_key.empty()) {
      resolution_.target = std::move(target);
      return;
    }
    const bool said_why = std::ranges::any_of(resolution_.diagnostics,
                                              [](const Diagnostic& d) { return d.severity == Severity::kError; });
    const Where where = entity_ != nullptr ? entity_->where : Where{};
    if (!target.account.empty()) {
      note(DiagnosticCode::kAccountAlone, Severity::kError, where,
           "pagerduty.com/account alone names no service; add pagerduty.com/service-id.");
    } else if (!said_why) {
      note(DiagnosticCode::kNotAnnotated, Severity::kInfo, where,
           "There is no pagerduty.com/service-id and no pagerduty.com/integration-key.");
    }
  }
};

}  // namespace

std::string_view value_class_name(ValueClass value_class) {
  switch (value_class) {
    case ValueClass::kAbsent: return "absent";
    case ValueClass::kNull: return "null";
    case ValueClass::kEmpty: return "empty";
    case ValueClass::kPlaceholder: return "placeholder";
    case ValueClass::kLiteral: return "literal";
    case ValueClass::kLiteralNumber: return "literal-number";
    case ValueClass::kNotScalar: return "not-scalar";
    case ValueClass::kMalformed: return "malformed";
  }
  return "";
}

std::string_view diagnostic_code_name(DiagnosticCode code) {
  switch (code) {
    case DiagnosticCode::kNotAnnotated: return "not-annotated";
    case DiagnosticCode::kAccountAlone: return "account-alone";
    case DiagnosticCode::kBlankValue: return "blank-value";
    case DiagnosticCode::kTemplateLeftIn: return "template-left-in";
    case DiagnosticCode::kWhitespaceTrimmed: return "whitespace-trimmed";
    case DiagnosticCode::kUnquotedNumber: return "unquoted-number";
    case DiagnosticCode::kNotText: return "not-text";
    case DiagnosticCode::kMalformedServiceId: return "malformed-service-id";
    case DiagnosticCode::kMalformedIntegrationKey: return "malformed-integration-key";
    case DiagnosticCode::kOverridden: return "overridden";
    case DiagnosticCode::kAnnotationsNotAMap: return "annotations-not-a-map";
    case DiagnosticCode::kNearMiss: return "near-miss";
    case DiagnosticCode::kKeyOfAnotherService: return "key-of-another-service";
    case DiagnosticCode::kFoundByOther: return "found-by-other";
  }
  return "";
}

Resolution resolve_target(const Entity* entity, const ExplicitValues& values) {
  return Resolver(entity).resolve(values);
}

}  // namespace pd::entity

#include "entity/target.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace pd::entity {
namespace {

constexpr std::size_t kIntegrationKeyLength = 32;
constexpr std::size_t kMaxValueLength = 255;

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Scaffolder templates (${{ values.key }}, {{ key }}, #{KEY}#), placeholders (<service-id>,
// YOUR_KEY), unset environment variables (${KEY}, $KEY, %KEY%).
bool is_placeholder(std::string_view value) {
  const auto is_between = [value](char first, char last) {
    return value.size() > 1 && value.front() == first && value.back() == last;
  };
  if (value.find("{{") != std::string_view::npos || value.find("${") != std::string_view::npos)
    return true;
  if (value.front() == '$' || value.starts_with("#{")) return true;
  if (is_between('<', '>') || is_between('%', '%') || is_between('[', ']')) return true;
  const std::string lower = to_lower_ascii(value);
  constexpr std::string_view kStarts[] = {"your-", "your_", "your ", "insert ", "enter "};
  constexpr std::string_view kWords[] = {"changeme",   "change-me",  "change_me", "replaceme",
                                         "replace-me", "replace_me", "todo",      "tbd"};
  return std::ranges::any_of(kStarts,
                             [&](std::string_view start) { return lower.starts_with(start); }) ||
         std::ranges::find(kWords, lower) != std::end(kWords);
}

// The three values share all rules but what a good one looks like and may be mistaken for.
struct Rule {
  std::string_view name;  // of the attribute
  std::string_view annotation;
  DiagnosticCode malformed;
  bool is_ascii;
  bool is_secret;  // messages do not quote it
  bool is_id;      // PagerDuty's own form, which no name of somebody's choice has
  bool (*is_well_formed)(std::string_view);
  Text odd;  // said of a value that is not
};

bool is_service_id(std::string_view value) {
  return value.size() >= 4 && value.size() <= 32 && std::ranges::all_of(value, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}
bool is_integration_key(std::string_view value) {
  return value.size() == kIntegrationKeyLength &&
         std::ranges::all_of(value, [](char c) { return is_alphanumeric(c); });
}
bool is_account(std::string_view) { return true; }

// As PagerDuty makes them now, and no word that somebody meant to replace.
bool is_plain_service_id(std::string_view value) {
  return is_service_id(value) && (value.front() == 'P' || value.front() == 'Q');
}
bool is_plain_account(std::string_view value) {
  constexpr std::string_view kStarts[] = {"your", "change", "replace", "todo", "tbd"};
  const std::string lower = to_lower_ascii(value);
  return value.size() <= kMaxValueLength &&
         std::ranges::all_of(value,
                             [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }) &&
         std::ranges::none_of(kStarts,
                              [&](std::string_view start) { return lower.starts_with(start); });
}

constexpr Rule kServiceIdRule{.name = "service-id",
                              .annotation = kServiceIdAnnotation,
                              .malformed = DiagnosticCode::kMalformedServiceId,
                              .is_ascii = true,
                              .is_secret = false,
                              .is_id = true,
                              .is_well_formed = is_service_id,
                              .odd = texts::kOddServiceId};
constexpr Rule kIntegrationKeyRule{.name = "integration-key",
                                   .annotation = kIntegrationKeyAnnotation,
                                   .malformed = DiagnosticCode::kMalformedIntegrationKey,
                                   .is_ascii = true,
                                   .is_secret = true,
                                   .is_id = true,
                                   .is_well_formed = is_integration_key,
                                   .odd = texts::kOddIntegrationKey};
constexpr Rule kAccountRule{.name = "account",
                            .annotation = kAccountAnnotation,
                            .malformed = DiagnosticCode::kMalformedAccount,
                            .is_ascii = false,
                            .is_secret = false,
                            .is_id = false,
                            .is_well_formed = is_account,
                            .odd = {}};

// Whether a REST API key is in `value`: 20 characters, and not all of one case, which are no
// integration key (32) and no service id (capitals and digits).
// https://support.pagerduty.com/main/docs/api-access-keys
bool holds_api_key(std::string_view value) {
  constexpr std::size_t kApiKeyLength = 20;
  bool has_small = false, has_capital = false;
  for (std::size_t begin = 0, at = 0; at <= value.size(); ++at) {
    const char c = at < value.size() ? value[at] : ' ';
    if (is_alphanumeric(c) || c == '+' || c == '-' || c == '_') {
      has_small = has_small || c >= 'a';
      has_capital = has_capital || (c >= 'A' && c <= 'Z');
      continue;
    }
    if (at - begin == kApiKeyLength && has_small && has_capital) return true;
    begin = at + 1;
    has_small = has_capital = false;
  }
  return false;
}

// A name or a value as it stands.
Wording named(std::string_view text) { return {texts::kPlain, {text}}; }

// Why no header, URL or body may hold such a value, whatever it is meant to be; absent = it may.
std::optional<Wording> flaw_of(std::string_view value, const Rule& rule, const Wording& subject) {
  if (value.size() > kMaxValueLength) return Wording(texts::kValueTooLong, {}, {subject});
  for (std::size_t at = 0; at < value.size();) {
    const char32_t c = next_code_point(value, at);
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
      return Wording(texts::kValueHasSpace, {}, {subject});
    if (c < 0x20 || c == 0x7F || (rule.is_ascii && c > 0x7E)) {
      return Wording(texts::kValueHasCharacter, {}, {subject, named(code_point_name(c))});
    }
  }
  return {};
}

class Resolver {
 public:
  Resolution resolve(const Entity& entity, const ExplicitValues& values) {
    entity_ref_ = entity.entity_ref;
    for (const std::string& attribute : values.secrets) {
      note_secret({}, Wording(texts::kTheAttribute, {attribute}));
    }
    note_shape(entity);
    resolution_.service_id = choose(values.service_id, entity.service_id, kServiceIdRule);
    resolution_.integration_key =
        choose(values.integration_key, entity.integration_key, kIntegrationKeyRule);
    resolution_.account = choose(values.account, entity.account, kAccountRule);
    make_target();
    note_near_misses(entity);
    if (!resolution_.target) note_what_is_missing(entity.where);
    return std::move(resolution_);
  }

 private:
  Resolution resolution_;
  std::string_view entity_ref_;

  // The sentence follows the place; where that is not known it begins the message.
  void note(DiagnosticCode code, Severity severity, const Where& where, Wording wording) {
    const std::string place = describe_where(where);
    std::string sentence = say(wording);
    if (place.empty() && sentence.starts_with('t')) sentence.front() = 'T';
    resolution_.diagnostics.push_back(
        {code, severity, place + sentence, where, std::move(wording)});
  }

  void note_secret(const Where& where, Wording what) {
    note(DiagnosticCode::kSecret, Severity::kError, where,
         Wording(texts::kSecretReadable, {}, {std::move(what)}));
  }

  Wording of_entity(std::string_view annotation) const {
    return {texts::kOfEntity, {annotation, entity_ref_}};
  }

  void note_shape(const Entity& entity) {
    if (entity.annotations == AnnotationsShape::kNotAMap) {
      note(DiagnosticCode::kAnnotationsNotAMap, Severity::kError, entity.annotations_where,
           texts::kAnnotationsNotAMap);
    }
  }

  // Beside a target it may belong to another tool; without one, somebody meant it.
  void note_near_misses(const Entity& entity) {
    for (const NearMiss& miss : entity.near_misses) {
      if (miss.is_secret) {
        note_secret(miss.where, of_entity(miss.where.path));
        continue;
      }
      note(DiagnosticCode::kNearMiss, resolution_.target ? Severity::kWarning : Severity::kError,
           miss.where, Wording(texts::kNearMiss, {miss.where.path}));
    }
  }

  // The explicit value wins over the annotation, which then takes no part, good or bad.
  ResolvedValue choose(std::string_view explicit_text, const Annotation& annotation,
                       const Rule& rule) {
    const std::string_view given = trim(explicit_text);
    if (given.empty()) return judge(annotation, rule, named(rule.annotation));
    if (rule.is_id && holds_api_key(annotation.text)) {
      note_secret(annotation.where, of_entity(rule.annotation));
    } else if (annotation.kind != ScalarKind::kAbsent && trim(annotation.text) != given) {
      note(DiagnosticCode::kOverridden, Severity::kInfo, annotation.where,
           Wording(texts::kOverridden, {rule.annotation, rule.name}));
    }
    ResolvedValue value = judge({ScalarKind::kString, std::string(explicit_text), {}}, rule,
                                Wording(texts::kTheGiven, {rule.name}));
    value.source = ValueSource::kExplicit;
    return value;
  }

  ResolvedValue judge(const Annotation& annotation, const Rule& rule, const Wording& subject) {
    const auto unusable = [&](ValueClass value_class, DiagnosticCode code, Wording why) {
      note(code, Severity::kError, annotation.where, std::move(why));
      return ResolvedValue{{}, ValueSource::kAnnotation, value_class};
    };
    const auto about = [&](Text text) { return Wording(text, {}, {subject}); };
    switch (annotation.kind) {
      case ScalarKind::kAbsent: return {};
      case ScalarKind::kNull:
        return unusable(ValueClass::kNull, DiagnosticCode::kBlankValue,
                        about(texts::kValueMissing));
      case ScalarKind::kNotScalar:
        return unusable(ValueClass::kNotScalar, DiagnosticCode::kNotText,
                        about(texts::kValueIsList));
      case ScalarKind::kBoolean:
        return unusable(ValueClass::kMalformed, DiagnosticCode::kNotText,
                        about(texts::kValueIsBoolean));
      case ScalarKind::kString:
      case ScalarKind::kNumber: break;
    }
    const std::string_view value = trim(annotation.text);
    if (value.empty()) {
      return unusable(ValueClass::kEmpty, DiagnosticCode::kBlankValue, about(texts::kValueBlank));
    }
    const std::string quoted = "\"" + display_text(value, 60) + "\"";
    const Wording shown =
        rule.is_secret ? subject : Wording(texts::kNamedValue, {}, {subject, named(quoted)});
    if (is_placeholder(value)) {
      return unusable(ValueClass::kPlaceholder, DiagnosticCode::kTemplateLeftIn,
                      Wording(texts::kValueIsTemplate, {}, {subject, named(quoted)}));
    }
    if (rule.is_id && holds_api_key(value)) {
      note_secret(annotation.where,
                  annotation.where.path.empty() ? subject : of_entity(rule.annotation));
      return {{}, ValueSource::kAnnotation, ValueClass::kSecret};
    }
    if (std::optional<Wording> flaw = flaw_of(value, rule, shown)) {
      return unusable(ValueClass::kMalformed, rule.malformed, *std::move(flaw));
    }
    note_oddities(annotation, rule, subject, shown);
    return {
        std::string(value), ValueSource::kAnnotation,
        annotation.kind == ScalarKind::kNumber ? ValueClass::kLiteralNumber : ValueClass::kLiteral};
  }

  // What is wrong with a value that is used all the same.
  void note_oddities(const Annotation& annotation, const Rule& rule, const Wording& subject,
                     const Wording& shown) {
    const std::string_view value = trim(annotation.text);
    if (value.size() != annotation.text.size()) {
      note(DiagnosticCode::kWhitespaceTrimmed, Severity::kWarning, annotation.where,
           Wording(texts::kValueTrimmed, {}, {subject}));
    }
    if (annotation.kind == ScalarKind::kNumber) {
      note(DiagnosticCode::kUnquotedNumber, Severity::kWarning, annotation.where,
           Wording(texts::kValueIsNumber, {}, {subject}));
    }
    if (!rule.is_well_formed(value)) {
      note(rule.malformed, Severity::kError, annotation.where, Wording(rule.odd, {}, {shown}));
    }
  }

  void make_target() {
    Target target{resolution_.service_id.value, resolution_.integration_key.value,
                  resolution_.account.value};
    if (!target.service_id.empty() || !target.integration_key.empty())
      resolution_.target = std::move(target);
  }

  void note_what_is_missing(const Where& where) {
    const bool said_why = std::ranges::any_of(resolution_.diagnostics, [](const Diagnostic& d) {
      return d.severity == Severity::kError;
    });
    if (!resolution_.account.value.empty()) {
      note(DiagnosticCode::kAccountAlone, Severity::kError, where, texts::kAccountAlone);
    } else if (!said_why) {
      note(DiagnosticCode::kNotAnnotated, Severity::kInfo, where, texts::kNoAnnotation);
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
    case ValueClass::kSecret: return "secret";
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
    case DiagnosticCode::kMalformedAccount: return "malformed-account";
    case DiagnosticCode::kOverridden: return "overridden";
    case DiagnosticCode::kAnnotationsNotAMap: return "annotations-not-a-map";
    case DiagnosticCode::kNearMiss: return "near-miss";
    case DiagnosticCode::kSecret: return "secret";
  }
  return "";
}

Resolution resolve_target(const Entity* entity, const ExplicitValues& values) {
  return Resolver().resolve(entity != nullptr ? *entity : Entity(), values);
}

std::optional<Resolution> resolve_plain(const Entity* entity, const ExplicitValues& values) {
  if (!values.secrets.empty() || (entity != nullptr && !entity->near_misses.empty())) return {};
  Resolution resolution;
  const auto take = [entity](const std::string& given, Annotation Entity::* annotation,
                             bool (*is_plain)(std::string_view), ResolvedValue& taken) {
    if (entity != nullptr && (entity->*annotation).kind != ScalarKind::kAbsent) {
      const auto& [kind, text, where] = entity->*annotation;
      if (kind != ScalarKind::kString || text.empty() || !is_plain(text)) return false;
      taken = {text, ValueSource::kAnnotation, ValueClass::kLiteral};
    }
    if (given.empty()) return true;
    taken = {given, ValueSource::kExplicit, ValueClass::kLiteral};
    return is_plain(given);
  };
  auto& [target, id, key, account, diagnostics] = resolution;
  if (!take(values.service_id, &Entity::service_id, is_plain_service_id, id) ||
      !take(values.integration_key, &Entity::integration_key, is_integration_key, key) ||
      !take(values.account, &Entity::account, is_plain_account, account) ||
      (id.value.empty() && key.value.empty())) {
    return {};
  }
  target = Target{id.value, key.value, account.value};
  return resolution;
}

}  // namespace pd::entity

// Which PagerDuty service a card is about: annotations and explicit values, resolved.
//
// Rules (a case in tests/cases/entity for each): values are trimmed; blank = absent; an explicit
// value wins over the annotation of the same name; the service id wins the look-up, the integration
// key is used to trigger and is checked against the service later; `account` is never enough alone;
// a template left in (`${{ ... }}`, `<sample-...>`) is reported and not used, and so is an API key,
// which no message quotes; a value of an unusual form is reported and tried.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "entity/entity.h"

namespace pd::entity {

// Values given on the element itself; empty = not given.
struct ExplicitValues {
  std::string service_id, integration_key, account;
  // Attributes that hold a secret, as people look for them: `token`, `entity (?token)`. Never what
  // they hold.
  std::vector<std::string> secrets = {};
};

enum class ValueSource : std::uint8_t { kNone, kAnnotation, kExplicit };

// How a value looks, after trimming.
enum class ValueClass : std::uint8_t {
  kAbsent,
  kNull,
  kEmpty,
  kPlaceholder,
  kLiteral,
  kLiteralNumber,
  kNotScalar,
  kMalformed,
  kSecret
};
std::string_view value_class_name(ValueClass value_class);

struct ResolvedValue {
  std::string value;  // usable value; empty when none
  ValueSource source = ValueSource::kNone;
  ValueClass value_class = ValueClass::kAbsent;
  bool operator==(const ResolvedValue&) const = default;
};

// kError: an annotation is wrong, though the card may still work; kWarning: it works, and could be
// written better; kInfo: nothing to correct.
enum class Severity : std::uint8_t { kInfo, kWarning, kError };

enum class DiagnosticCode : std::uint8_t {
  kNotAnnotated,    // no PagerDuty annotation at all
  kAccountAlone,    // only the account is named
  kBlankValue,      // present, but nothing in it
  kTemplateLeftIn,  // ${{ ... }}, <sample-...>
  kWhitespaceTrimmed,
  kUnquotedNumber,           // YAML read it as a number; its source text is used
  kNotText,                  // a list or a mapping where text belongs
  kMalformedServiceId,       // not [A-Z0-9]{4,} as PagerDuty's ids look
  kMalformedIntegrationKey,  // not 32 characters of [0-9a-zA-Z]
  kMalformedAccount,         // white space, control characters, or too long
  kOverridden,               // an explicit value won over the annotation
  kAnnotationsNotAMap,
  kNearMiss,  // an annotation whose name looks like PagerDuty's
  kSecret,    // an API key or a client secret, by its name or its form
};
std::string_view diagnostic_code_name(DiagnosticCode code);

struct Diagnostic {
  DiagnosticCode code{};
  Severity severity{};
  std::string message;  // in English: what, where, what to do
  Where where;
  Wording wording;  // of the message, without the place
};

struct Target {
  std::string service_id;  // at least one of these two is not empty
  std::string integration_key;
  std::string account;  // empty = the default account
  bool operator==(const Target&) const = default;
};

struct Resolution {
  std::optional<Target> target;  // absent = nothing usable; `diagnostics` says why
  ResolvedValue service_id, integration_key, account;
  std::vector<Diagnostic> diagnostics;
};

// `entity` may be null: explicit values alone.
Resolution resolve_target(const Entity* entity, const ExplicitValues& values = {});

// The same where there is nothing to say about any value, but for kOverridden, which it does not say;
// absent where there may be. web/src/runtime/parts.ts knows the same forms of explicit values: such a card needs nothing
// that reads entities with care.
std::optional<Resolution> resolve_plain(const Entity* entity, const ExplicitValues& values);

}  // namespace pd::entity

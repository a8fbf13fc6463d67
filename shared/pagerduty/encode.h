// From models back to bodies, in PagerDuty's own shape, so that the decoders read them: answers
// cross to other tabs and to the next page this way. Only what the models hold, which is a small
// part of a body, and no secret: an integration key is written as its fingerprint, by which
// matches_key() still knows it.
//
//   decode_incidents(encode_incidents(incidents))  // the same incidents
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pagerduty/models.h"

namespace pd::pagerduty {

std::string encode_service(const Service& service);
std::string encode_incidents(const std::vector<Incident>& incidents);
std::string encode_on_calls(const std::vector<OnCall>& on_calls);
std::string encode_change_events(const std::vector<ChangeEvent>& changes);
std::string encode_service_analytics(const ServiceAnalytics* analytics);  // null: of no service

// By what a key is known where the key itself must not be.
std::string fingerprint_of_key(std::string_view key);

// Whether the integration has this key, also when only the fingerprint of it is known.
bool matches_key(const Integration& integration, std::string_view key);

}  // namespace pd::pagerduty

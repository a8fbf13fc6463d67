// What the card says, in one table.
#pragma once

#include <string_view>

namespace pd::card::texts {

using Text = std::string_view;

inline constexpr Text kCardName = "PagerDuty: {0}";
inline constexpr Text kUnknownService = "PagerDuty";
inline constexpr Text kUpdated = "Updated {0}";
inline constexpr Text kCreate = "Create incident";
inline constexpr Text kRefresh = "Refresh";
inline constexpr Text kIncidents = "Incidents";
inline constexpr Text kChanges = "Changes";
inline constexpr Text kOnCall = "On call";
inline constexpr Text kStatusWords[] = {"Unknown",  "Active",      "Warning",
                                        "Critical", "Maintenance", "Disabled"};

inline constexpr Text kTriggered = "Triggered";
inline constexpr Text kAcknowledged = "Acknowledged";
inline constexpr Text kHighUrgency = "High urgency";
inline constexpr Text kLowUrgency = "Low urgency";
inline constexpr Text kAssignedTo = "assigned to {0}";
inline constexpr Text kAcknowledgedBy = "acknowledged by {0}";
inline constexpr Text kNotAssigned = "not assigned";
inline constexpr Text kAcknowledge = "Acknowledge";
inline constexpr Text kResolve = "Resolve";
inline constexpr Text kSending = "Sending";
inline constexpr Text kSendingBody = "On its way to PagerDuty";
inline constexpr Text kAccepted = "Accepted";
inline constexpr Text kAcceptedBody = "Accepted by PagerDuty; waiting for it to show";
inline constexpr Text kIncidentIsOpen = "The incident is open";
inline constexpr Text kUnconfirmed = "Unconfirmed";
inline constexpr Text kUnconfirmedMeta = "Nobody knows yet whether PagerDuty took it";

inline constexpr Text kNoIncidents = "No open incidents";
inline constexpr Text kLastIncident = "The last one was {0}.";
inline constexpr Text kQuiet = "All quiet on this service.";
inline constexpr Text kNoChanges = "No recent changes";
inline constexpr Text kNoChangesBody =
    "Send change events to PagerDuty to see here what was deployed before something broke.";
inline constexpr Text kLevel = "Level {0}";
inline constexpr Text kEscalatesAfter = "escalates after {0} min";
inline constexpr Text kUntil = "until {0}";
inline constexpr Text kAlways = "always";
inline constexpr Text kGap = "Nobody is on call at level {0}";
inline constexpr Text kNobody = "Nobody is on call";
inline constexpr Text kNobodyBody =
    "Incidents of this service would page nobody. Add somebody to its escalation policy.";
inline constexpr Text kEmail = "E-mail {0}";
inline constexpr Text kCall = "Call {0}";

inline constexpr Text kNotAnnotated = "Not connected to a PagerDuty service";
inline constexpr Text kNotAnnotatedBody = "Add one of these annotations to {0}:";
inline constexpr Text kThisEntity = "the entity's descriptor";
inline constexpr Text kCopy = "Copy";
inline constexpr Text kCopied = "Copied";
inline constexpr Text kAnnotationProblem = "The annotation needs a look";
inline constexpr Text kEntityError = "The descriptor could not be read";
inline constexpr Text kEntityNotFound = "The entity was not found";
inline constexpr Text kKeyMismatch = "The integration key is not this service's";
inline constexpr Text kKeyMismatchBody =
    "pagerduty.com/integration-key is not among {0}'s integrations. The card shows {0}, by its "
    "service id; a new incident is created there, too.";
inline constexpr Text kFoundByKey = "Found by its integration key";
inline constexpr Text kFoundByKeyBody =
    "The service id {0} is not known to PagerDuty; the integration key is {1}'s.";
inline constexpr Text kNeitherFound = "No such service in PagerDuty";
inline constexpr Text kNeitherFoundBody =
    "Neither the service id {0} nor the integration key is known there, or this credential does "
    "not see the service.";
inline constexpr Text kIdNotFoundBody =
    "The service id {0} is not known there, or this credential does not see the service.";
inline constexpr Text kKeyNotFoundBody =
    "The integration key is no service's there, or this credential does not see the service. Name "
    "the service by pagerduty.com/service-id.";
inline constexpr Text kMaintenance = "In maintenance";
inline constexpr Text kMaintenanceBody =
    "While it lasts, PagerDuty opens no incidents for events of this service.";
inline constexpr Text kDisabled = "Disabled in PagerDuty";
inline constexpr Text kDisabledBody = "The service opens no incidents and pages nobody.";

inline constexpr Text kNotConnected = "Not signed in to PagerDuty";
inline constexpr Text kNotConnectedBody =
    "The page has no credential for PagerDuty. An administrator sets one up with configure().";
inline constexpr Text kNotConnectedAccountBody =
    "The page has no credential for the account {0}, which the card is to use. An administrator "
    "sets one up with configure().";
inline constexpr Text kUnauthorized = "PagerDuty did not accept the credential";
inline constexpr Text kUnauthorizedBody =
    "Sign in again, or have the token checked, and that the region ({0}) is the account's.";
inline constexpr Text kOffline = "Offline";
inline constexpr Text kOfflineBody =
    "This is what was known {0}. The card goes on by itself when the connection is back.";
inline constexpr Text kOfflineEmptyBody = "The card starts by itself when the connection is back.";
inline constexpr Text kRateLimited = "PagerDuty limits requests";
inline constexpr Text kRateLimitedBody = "The card asks again in {0}.";
inline constexpr Text kClock = "This device's clock is wrong";
inline constexpr Text kClockBehindBody =
    "It is {0} behind PagerDuty's. Ages and shifts on this card follow PagerDuty's clock.";
inline constexpr Text kClockAheadBody =
    "It is {0} ahead of PagerDuty's. Ages and shifts on this card follow PagerDuty's clock.";
inline constexpr Text kServiceError = "The service could not be read";
inline constexpr Text kIncidentsError = "Incidents could not be read";
inline constexpr Text kChangesError = "Changes could not be read";
inline constexpr Text kOnCallError = "On-calls could not be read";
inline constexpr Text kStale = "What you see is from {0}.";
inline constexpr Text kNotAsked = "It could not be asked for yet.";
inline constexpr Text kSectionAge = "updated {0}";
inline constexpr Text kRetry = "Try again";
inline constexpr Text kDismiss = "Dismiss";

inline constexpr Text kCreateTitle = "Create an incident";
inline constexpr Text kCreateBody = "On {0}.";
inline constexpr Text kConfirmTitle = "Page the on-call now?";
inline constexpr Text kConfirmBody = "This creates an incident on {0} and pages {1}.";
inline constexpr Text kWhoeverIsOnCall = "whoever is on call";
inline constexpr Text kConfirmLowTitle = "Create a low-urgency incident?";
inline constexpr Text kConfirmLowBody = "This creates an incident on {0}, for {1}.";
inline constexpr Text kConfirmLowByKey =
    "The service's own urgency rule decides whether it pages at once.";
inline constexpr Text kConfirmQuoted = "\xE2\x80\x9C{0}\xE2\x80\x9D";
inline constexpr Text kFieldTitle = "Title";
inline constexpr Text kFieldTitlePlaceholder = "What is wrong, in a few words";
inline constexpr Text kFieldTitleMissing =
    "Say what is wrong: the title is what people are paged with.";
inline constexpr Text kFieldDetails = "Details";
inline constexpr Text kFieldDetailsPlaceholder =
    "Since when, what you see, what you tried (optional)";
inline constexpr Text kFieldUrgency = "Urgency";
inline constexpr Text kUrgencyHigh = "High: page now";
inline constexpr Text kUrgencyLow = "Low";
inline constexpr Text kCancel = "Cancel";
inline constexpr Text kClose = "Close";
inline constexpr Text kBack = "Back";
inline constexpr Text kContinue = "Continue";
inline constexpr Text kConfirmCreate = "Create and page";
inline constexpr Text kConfirmCreateLow = "Create";
inline constexpr Text kAcknowledgeTitle = "Acknowledge {0}?";
inline constexpr Text kAcknowledgeBody = "On {0}: you take it on, and it stops escalating.";
inline constexpr Text kResolveTitle = "Resolve {0}?";
inline constexpr Text kResolveBody = "On {0}: it is closed for everybody.";
inline constexpr Text kFailed = "It did not work";
inline constexpr Text kUnconfirmedBody =
    "Nobody knows yet whether PagerDuty took it. The card keeps looking; trying again does not do "
    "it twice.";
inline constexpr Text kCancelledByPage = "The page did not allow it.";
inline constexpr Text kWillBeSentAgain = "{0} It is sent again by itself in {1}.";
inline constexpr Text kServiceChanged =
    "The card turned to another service meanwhile. Nothing was sent.";
inline constexpr Text kNoConnection = "There is no connection.";
inline constexpr Text kMayNotWrite = "The credential may only read; it needs read and write.";
inline constexpr Text kServiceUnknown = "The service is not known.";
inline constexpr Text kServiceDisabled = "The service is disabled in PagerDuty.";

inline constexpr Text kSaidAccepted = "PagerDuty accepted the incident.";
inline constexpr Text kSaidCreated = "The incident is open: {0}.";
inline constexpr Text kSaidAcknowledged = "{0} is acknowledged.";
inline constexpr Text kSaidResolved = "{0} is resolved.";
inline constexpr Text kSaidFailed = "It did not work: {0}";
inline constexpr Text kSaidNew = "New incident: {0}.";
inline constexpr Text kSaidManyNew = "{0} new incidents.";

}  // namespace pd::card::texts

#include "client/failure.h"

#include <gtest/gtest.h>

namespace pd::client {
namespace {

struct StatusRow {
  const char* name;
  int status;
  const char* body;
  ErrorCode code;
  Remedy remedy;
  bool blames_an_id;
  const char* says;  // part of the message
};

TEST(JudgeResponse, GivesEachStatusItsErrorAndItsRemedy) {
  const StatusRow rows[] = {
      {"refused credential", 401, "", ErrorCode::kUnauthorized, Remedy::kAskForCredentials, false,
       "region"},
      {"not in the plan", 402, "", ErrorCode::kPlanRequired, Remedy::kRetryLater, false, "plan"},
      {"forbidden", 403, "", ErrorCode::kForbidden, Remedy::kRetryLater, true, "permission"},
      {"forbidden, with the scope", 403,
       R"({"error":{"message":"Forbidden","code":2010,"required_scopes":"incidents.read"}})",
       ErrorCode::kForbidden, Remedy::kRetryLater, false, "incidents.read"},
      {"unknown", 404, "", ErrorCode::kNotFound, Remedy::kRetryLater, true, "does not know"},
      {"request timeout", 408, "", ErrorCode::kTimeout, Remedy::kRetrySoon, false, "in time"},
      {"limited", 429, "", ErrorCode::kRateLimited, Remedy::kPauseAccount, false, "limits"},
      {"bad request", 400,
       R"({"error":{"message":"Invalid Input Provided","code":2001,"errors":["Title is too long"]}})",
       ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, "Title is too long"},
      {"nobody to act as", 400,
       R"({"error":{"message":"Invalid Input Provided","errors":["The From header is required"]}})",
       ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, "acts as somebody"},
      {"somebody unknown to act as", 400,
       R"({"error":{"message":"Requester User Not Found","code":2100}})",
       ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, "acts as somebody"},
      {"too much at once", 413, R"({"error":{"message":"Request Entity Too Large"}})",
       ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, "less text"},
      {"a proxy's page for 403", 403, " <html><h1>Blocked</h1>", ErrorCode::kBadResponse,
       Remedy::kRetryLater, false, "web page came instead of PagerDuty's answer (status 403)"},
      {"a proxy's page for 404", 404, "<!doctype html>", ErrorCode::kBadResponse,
       Remedy::kRetryLater, false, "sign-in page"},
      {"a gateway's page for 502", 502, "<html>", ErrorCode::kServerError, Remedy::kRetrySoon,
       false, "(502)"},
      {"server error", 500, "<html>", ErrorCode::kServerError, Remedy::kRetrySoon, false,
       "problem"},
      {"gateway timeout", 504, "", ErrorCode::kServerError, Remedy::kRetrySoon, false, "problem"},
      {"no status of HTTP", 0, "", ErrorCode::kBadResponse, Remedy::kRetrySoon, false, "status 0"},
      {"redirect", 302, "", ErrorCode::kBadResponse, Remedy::kRetrySoon, false, "status 302"},
  };
  for (const StatusRow& row : rows) {
    SCOPED_TRACE(row.name);
    const Verdict verdict = judge_response({1, row.status, row.body});
    EXPECT_EQ(verdict.error.code, row.code);
    EXPECT_EQ(verdict.remedy, row.remedy);
    EXPECT_EQ(verdict.blames_an_id, row.blames_an_id);
    EXPECT_NE(verdict.error.message.find(row.says), std::string::npos) << verdict.error.message;
  }
}

struct PauseRow {
  const char* name;
  std::int64_t retry_after_s, reset_s, expected_ms;
};

TEST(JudgeResponse, PausesForAsLongAsTheHeadersSay) {
  const PauseRow rows[] = {
      {"no header is readable", -1, -1, 60'000}, {"Retry-After", 7, -1, 7'000},
      {"ratelimit-reset", -1, 12, 12'000},       {"the longer of both", 7, 12, 12'000},
      {"zero is a second", 0, -1, 1'000},        {"an hour at most", 100'000, -1, 3'600'000},
  };
  for (const PauseRow& row : rows) {
    SCOPED_TRACE(row.name);
    const Verdict verdict = judge_response({1, 429, "", row.retry_after_s, row.reset_s});
    EXPECT_EQ(verdict.error.retry_after_ms, row.expected_ms);
  }
}

struct ReasonRow {
  const char* name;
  FailureReason reason;
  ErrorCode code;
  Remedy remedy;
  bool may_have_worked;
  const char* says;  // part of the message
};

TEST(JudgeFailure, GivesEachReasonItsErrorAndItsRemedy) {
  const ReasonRow rows[] = {
      {"network", FailureReason::kNetwork, ErrorCode::kNetwork, Remedy::kRetrySoon, true,
       "connection"},
      {"timeout", FailureReason::kTimeout, ErrorCode::kTimeout, Remedy::kRetrySoon, true,
       "in time"},
      {"aborted", FailureReason::kAborted, ErrorCode::kCancelled, Remedy::kRetrySoon, true,
       "given up"},
      {"too large", FailureReason::kTooLarge, ErrorCode::kTooLarge, Remedy::kRetryLater, true,
       "4 MB"},
      {"no credentials", FailureReason::kNoCredentials, ErrorCode::kNoCredentials,
       Remedy::kAskForCredentials, false, "credential"},
      {"sign-in failed", FailureReason::kSignInFailed, ErrorCode::kSignInFailed,
       Remedy::kRetryLater, false, "Sign in again"},
      {"redirected", FailureReason::kRedirected, ErrorCode::kRedirected, Remedy::kRetryLater, false,
       "redirect"},
      {"blocked by the page's policy", FailureReason::kBlockedByPolicy, ErrorCode::kBlockedByPolicy,
       Remedy::kRetryLater, false, "Add https://api.example.com to connect-src"},
      {"blocked by CORS", FailureReason::kBlockedByCors, ErrorCode::kBlockedByCors,
       Remedy::kRetrySoon, true, "https://api.example.com answers"},
  };
  for (const ReasonRow& row : rows) {
    SCOPED_TRACE(row.name);
    const Verdict verdict = judge_failure({1, row.reason, "https://api.example.com"});
    EXPECT_EQ(verdict.error.code, row.code);
    EXPECT_EQ(verdict.remedy, row.remedy);
    EXPECT_EQ(verdict.may_have_worked, row.may_have_worked);
    EXPECT_NE(verdict.error.message.find(row.says), std::string::npos) << verdict.error.message;
  }
}

TEST(JudgeFailure, NamesPagerDutyWhereTheOriginIsNotTold) {
  const Verdict verdict = judge_failure({1, FailureReason::kBlockedByPolicy, ""});
  EXPECT_NE(verdict.error.message.find("Add PagerDuty's host to"), std::string::npos);
}

}  // namespace
}  // namespace pd::client

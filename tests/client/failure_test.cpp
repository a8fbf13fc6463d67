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
};

TEST(JudgeFailure, GivesEachReasonItsErrorAndItsRemedy) {
  const ReasonRow rows[] = {
      {"network", FailureReason::kNetwork, ErrorCode::kNetwork, Remedy::kRetrySoon},
      {"timeout", FailureReason::kTimeout, ErrorCode::kTimeout, Remedy::kRetrySoon},
      {"aborted", FailureReason::kAborted, ErrorCode::kCancelled, Remedy::kRetrySoon},
      {"too large", FailureReason::kTooLarge, ErrorCode::kTooLarge, Remedy::kRetryLater},
      {"no credentials", FailureReason::kNoCredentials, ErrorCode::kNoCredentials,
       Remedy::kAskForCredentials},
  };
  for (const ReasonRow& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(judge_failure(row.reason).error.code, row.code);
    EXPECT_EQ(judge_failure(row.reason).remedy, row.remedy);
  }
}

}  // namespace
}  // namespace pd::client

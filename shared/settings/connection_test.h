// Tells apart why a connection does not work. Sans-I/O: it says which requests to send (probes) and
// is told their answers; what it found is a plain value.
//
//   ConnectionTest test(account, {});
//   for (const Probe& probe : test.take_probes()) send(probe);
//   test.answer(probe.id, {.status = 401}); ...            until !test.is_running()
//   test.findings()
//
// It changes nothing at PagerDuty: the one write that it tries asks to update no incident at all,
// which only says whether the credential may.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "client/types.h"
#include "settings/settings.h"

namespace pd::settings {

struct Probe {
  int id = 0;
  Region region = Region::kUs;  // of the host that is asked
  std::string method, path, body;
  bool operator==(const Probe&) const = default;
};

struct ProbeAnswer {
  int status = 0;
  std::string body = {};
  std::optional<Duration> clock_ahead = {};  // of this device, where the answer tells
};
struct ProbeFailure {
  client::FailureReason reason{};
  std::string origin = {};  // of what was blocked
  std::string detail = {};  // what PagerDuty's sign-in said: "invalid_client"
};

struct Finding {
  std::string id;  // "reach"
  bool passing = false;
  Sentence label;
  std::optional<Sentence> detail;
  bool operator==(const Finding&) const = default;
};

class ConnectionTest {
 public:
  // `missing`: a secret that is not set; then nothing is asked.
  ConnectionTest(Account account, std::optional<Secret> missing);

  std::vector<Probe> take_probes();
  void answer(int probe, const ProbeAnswer& answer);
  void fail(int probe, const ProbeFailure& failure);

  bool is_running() const;
  std::vector<Finding> findings() const;
  // The credential is the other region's.
  std::optional<Region> other_region() const;
  bool wants_sign_in() const;

 private:
  struct Result {
    std::optional<ProbeAnswer> answer;
    std::optional<ProbeFailure> failure;
    bool asked = false;
    bool is_open() const { return asked && !answer && !failure; }
    int status() const { return answer ? answer->status : 0; }
  };

  void ask(int id);
  void take_in_me();
  bool is_accepted() const;
  std::optional<Sentence> why_not_reached() const;
  Sentence why_not_accepted() const;
  void add_reads(std::vector<Finding>& all) const;
  void add_write(std::vector<Finding>& all) const;
  void add_from(std::vector<Finding>& all) const;
  void add_clock(std::vector<Finding>& all) const;

  Account account_;
  std::optional<Secret> missing_;
  std::vector<Result> results_;
  std::vector<Probe> probes_;
  bool me_is_json_ = false, from_is_known_ = false;
  std::string me_name_;
};

}  // namespace pd::settings

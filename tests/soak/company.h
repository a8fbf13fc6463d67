// A PagerDuty of many services whose incidents come and go with the hour: what it answers follows
// from the time alone, so that a day of it is the same each time.
#pragma once

#include <string>

#include "base/time.h"

namespace pd::soak {

std::string service_id_of(int index);

class Company {
 public:
  explicit Company(int services) : services_(services) {}
  // The body of a GET.
  std::string answer_to(const std::string& path, Time now) const;

 private:
  std::string incidents(const std::string& path, Time now) const;
  std::string services() const;
  std::string service(int index) const;
  std::string on_calls(Time now) const;
  std::string changes(Time now) const;

  int services_;
};

}  // namespace pd::soak

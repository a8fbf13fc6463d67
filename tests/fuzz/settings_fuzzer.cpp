// The settings page. Inputs that begin with "{" are files; others are what an administrator does, a line each: `!node` presses
// it, `node=value` fills it in, `?status body` answers the next request of a test, `#text` loads a file.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "promise.h"
#include "settings/page.h"

namespace {

using namespace pd::settings;
using pd::fuzz::require;

void check_file(std::string_view text) {
  const auto settings = read_settings(text);
  if (!settings) {
    require(!say(english_texts(), settings.error()).empty(), "a refusal says why");
    return;
  }
  const std::string written = write_settings(*settings);
  const auto again = read_settings(written);
  require(again.has_value() && *again == *settings, "settings that are written are read the same");
  for (const Account& account : settings->accounts) {
    for (const std::string* base : {&account.api_base, &account.events_base}) {
      require(base->empty() || is_own_path(*base), "no path leads to another host");
    }
  }
}

void check_address(std::string_view text) {
  const auto address = read_address(text);
  if (!address) return;
  require(address->subdomain.empty() || is_subdomain(address->subdomain), "a subdomain is one");
  require(text.find('@') == std::string_view::npos, "nobody else's host is read");
}

void check_shown(const Page& page) {
  const ViewModel shown = page.view_model();
  require(!shown.auth.choices.empty() && !shown.save.empty(), "there is a form");
  for (const auto& row : shown.rows) {
    require(!row.empty(), "a row has a field");
    for (const pd::card::Field& field : row) {
      require(!field.label.empty() && !field.id.empty(), "a field has a name");
      pd::fuzz::require_display_text(field.value);
    }
  }
  for (const SecretRow& row : shown.secret_rows) {
    require(row.field.value.empty(), "nothing is known of a secret but whether it is set");
  }
}

class Administrator {
 public:
  void act(std::string_view line) {
    if (line.empty()) return;
    const std::string rest(line.substr(1));
    if (line.front() == '!') {
      page_.handle(Activated{rest});
    } else if (line.front() == '?') {
      answer(rest);
    } else if (line.front() == '#') {
      page_.handle(Loaded{rest, false});
    } else {
      const std::size_t equal = line.find('=');
      if (equal == std::string_view::npos) return;
      page_.handle(Input{std::string(line.substr(0, equal)), std::string(line.substr(equal + 1))});
    }
    follow();
  }
  const Page& page() const { return page_; }

 private:
  void answer(const std::string& rest) {
    if (probes_.empty()) return;
    const auto [test, id] = probes_.front();
    probes_.pop_front();
    int status = 0;
    for (const char c : rest.substr(0, 3))
      status = status * 10 + (c >= '0' && c <= '9' ? c - '0' : 0);
    if (status == 0) {
      page_.handle(ProbeFailed{test, id, {pd::client::FailureReason::kSignInFailed, "", rest}});
    } else {
      page_.handle(ProbeAnswered{test, id, {status, rest.size() > 4 ? rest.substr(4) : "{}", {}}});
    }
  }
  void follow() {
    for (const Effect& effect : page_.take_effects()) {
      if (const auto* probe = std::get_if<SendProbe>(&effect)) {
        probes_.emplace_back(probe->test, probe->probe.id);
        require(probe->probe.method == "GET" || probe->probe.body == R"({"incidents":[]})",
                "a test changes nothing");
      } else if (const auto* saved = std::get_if<Save>(&effect)) {
        require(read_settings(saved->text).has_value(), "what is saved can be read");
        page_.handle(SaveEnded{saves_++ % 2 == 0, "no"});
      } else if (const auto* set = std::get_if<SetSecret>(&effect)) {
        page_.handle(SecretChanged{set->account, set->secret, true, SecretProblem::kNone});
      }
    }
  }

  Page page_{Surroundings{english_texts(), "https://a.example/c", false, true, false, {}}, ""};
  std::deque<std::pair<int, int>> probes_;
  int saves_ = 0;
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_address(text.substr(0, text.find('\n')));
  if (text.starts_with('{')) {
    check_file(text);
    return 0;
  }
  Administrator administrator;
  pd::fuzz::for_each_line(text, [&](std::string_view line) { administrator.act(line); });
  check_shown(administrator.page());
  return 0;
}

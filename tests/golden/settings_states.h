// States of the settings page, by what led to them.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "settings/page.h"

namespace pd {

inline std::vector<std::pair<std::string, settings::ViewModel>> settings_states() {
  using settings::Activated;
  using settings::Input;
  using settings::Page;
  using settings::Secret;
  const auto answer_all = [](Page& page, auto reply) {
    for (auto effects = page.take_effects(); !effects.empty(); effects = page.take_effects()) {
      for (const settings::Effect& effect : effects) {
        if (const auto* probe = std::get_if<settings::SendProbe>(&effect)) {
          page.handle(settings::ProbeAnswered{probe->test, probe->probe.id, reply(probe->probe)});
        }
      }
      if (!page.view_model().test_actions[0].busy) break;
    }
  };
  const auto set_token = [](Page& page) {
    page.handle(settings::SecretChanged{"", Secret::kToken, true, settings::SecretProblem::kNone});
  };
  const std::pair<const char*, std::function<void(Page&)>> kScripts[] = {
      {"settings", [](Page&) {}},
      {"settings-oauth-wrong",
       [](Page& page) {
         page.handle(Activated{"choice:auth:oauth"});
         page.handle(Input{"field:address", "https://acme.example.com"});
         page.handle(Input{"field:from", "not an address"});
         page.handle(Activated{"action:save"});
         page.handle(
             settings::SecretChanged{"", Secret::kClientId, false, settings::SecretProblem::kOdd});
       }},
      {"settings-proxy-applied",
       [](Page& page) {
         page.handle(Activated{"choice:auth:proxy"});
         page.handle(Activated{"action:save"});
         page.handle(settings::SaveEnded{true, ""});
         page.handle(Activated{"action:apply"});
         page.handle(settings::ApplyEnded{true, ""});
       }},
      {"settings-several-accounts",
       [&](Page& page) {
         page.handle(Activated{"action:add-account"});
         page.handle(Input{"field:new-name", "payments-emea"});
         page.handle(Activated{"dialog:add"});
         page.handle(Activated{"choice:auth:sign-in"});
       }},
      {"settings-tested",
       [&](Page& page) {
         set_token(page);
         page.handle(Activated{"toggle:remember"});
         page.handle(Activated{"action:test"});
         answer_all(page, [](const settings::Probe& probe) {
           const bool refused = probe.method == "PUT" || probe.path.starts_with("/oncalls");
           const char* body = R"({"user":{"name":"Ana Example"}})";
           return settings::ProbeAnswer{refused ? 403 : 200, body, std::chrono::minutes{7}};
         });
       }},
      {"settings-wrong-region",
       [&](Page& page) {
         set_token(page);
         page.handle(Activated{"action:test"});
         answer_all(page, [](const settings::Probe& probe) {
           return settings::ProbeAnswer{probe.region == settings::Region::kEu ? 200 : 401, "{}"};
         });
       }},
      {"settings-remove-account",
       [&](Page& page) {
         page.handle(Activated{"action:add-account"});
         page.handle(Input{"field:new-name", "payments-emea"});
         page.handle(Activated{"dialog:add"});
         page.handle(Activated{"action:remove-account"});
       }},
  };
  std::vector<std::pair<std::string, settings::ViewModel>> states;
  for (const auto& [name, play] : kScripts) {
    settings::Surroundings around;
    around.texts = settings::english_texts();
    around.redirect_uri = "https://portal.example.com/oauth-callback.html";
    Page page(around, "");
    play(page);
    states.emplace_back(name, page.view_model());
  }
  return states;
}

}  // namespace pd

#include "script.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "card/page.h"
#include "card/snapshot.h"
#include "places.h"

namespace pd::card {
namespace {

using Json = nlohmann::ordered_json;

constexpr Time kStart = time_from_ms(1'777'885'200'000);  // 2026-05-04T09:00:00Z

struct Read {
  std::string_view start, body;
};
// What reads are answered with, unless the script says else; the first that fits counts.
constexpr Read kReads[] = {
    {"GET /services/PCHKOUT/change_events", "changes"},
    {"GET /services/PLEDGER/change_events", "changes-none"},
    {"GET /services/PCHKOUT", "service"},
    {"GET /services/PLEDGER", "service-ledger"},
    {"GET /services?query=", "services"},
    {"GET /incidents?service_ids[]=PLEDGER", "incidents-none"},
    {"GET /incidents?service_ids[]=PCHKOUT&statuses[]=resolved", "resolved"},
    {"GET /incidents?service_ids", "incidents"},
    {"GET /incidents/PI12/log_entries", "log"},
    {"GET /incidents/PI12/notes", "notes"},
    {"GET /incidents/PI12/alerts", "alerts"},
    {"GET /maintenance_windows", "windows"},
    {"GET /service_dependencies", "dependencies"},
    {"GET /standards", "standards"},
    {"GET /schedules", "schedule"},
    {"GET /escalation_policies", "policies"},
    {"GET /priorities", "priorities"},
    {"GET /users/me", "me"},
    {"GET /users", "users"},
    {"GET /oncalls?escalation_policy_ids[]=PEPAY&include[]=users&since=2026-05-04T09:00:00Z&until="
     "2026-05-18T09:00:00Z&limit",
     "shifts"},
    {"GET /oncalls?escalation_policy_ids[]=PEPAY&include[]=users&since=", "oncalls-next"},
    {"GET /oncalls", "oncalls"},
    {"POST /analytics", "analytics"},
};

std::string decode_path(const std::string& path) {
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      text += path[i];
      continue;
    }
    text += static_cast<char>(std::stoi(path.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return text;
}

std::string text_of(const Json& line, const char* name, const std::string& otherwise = {}) {
  const auto found = line.find(name);
  return found != line.end() && found->is_string() ? found->get<std::string>() : otherwise;
}
std::int64_t number_of(const Json& line, const char* name, std::int64_t otherwise) {
  const auto found = line.find(name);
  return found != line.end() && found->is_number() ? found->get<std::int64_t>() : otherwise;
}
bool flag_of(const Json& line, const char* name, bool otherwise) {
  const auto found = line.find(name);
  return found != line.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

template <typename Enum, std::size_t size>
Enum word_of(const std::string& word, const char* const (&words)[size]) {
  const auto found = std::ranges::find(words, word);
  return static_cast<Enum>(found == std::end(words) ? 0 : found - std::begin(words));
}
constexpr const char* kSections[] = {"status", "incidents", "changes",
                                     "oncall", "insights",  "standards"};
constexpr const char* kLayouts[] = {"full", "compact", "oncall", "trigger"};
constexpr const char* kReasons[] = {"network",    "timeout",           "aborted",
                                    "too-large",  "no-credentials",    "sign-in-failed",
                                    "redirected", "blocked-by-policy", "blocked-by-cors"};

// By the names of the translations; see docs/languages.md.
TextTable table_of(const Json& translation) {
  constexpr const char* kForms[] = {"zero", "one", "two", "few", "many", "other"};
  TextTable table(text_count());
  const auto said = [&](std::string name) -> const Json& {
    name.front() = static_cast<char>(name.front() + 0x20);
    return translation.at(name);
  };
  std::size_t at = 0;
#define PD_ANY_TEXT(part, name, english) \
  table[index_of(texts::k##name)] = said(#name).get<std::string>();
#define PD_ANY_PLURAL(part, name, one, other) \
  at = index_of(texts::k##name);              \
  for (const char* form : kForms) table[at++] = said(#name).value(form, "");
#include "base/texts.def"
  return table;
}

// Says "[more]" and the like for what only that part of the bundle has words for, the rest in English.
TextTable part_names() {
  TextTable table;
#define PD_TEXT(name, english) table.emplace_back();
#define PD_PLURAL(name, one, other) table.resize(table.size() + kPlurals);
#include "base/texts.def"
  const auto name = [&](std::string_view part, std::size_t texts) {
    table.resize(table.size() + texts, "[" + std::string(part) + "]");
  };
  name("more", static_cast<std::size_t>(texts::kMoreTextsEnd) - kFirstMoreText);
  name("entity", static_cast<std::size_t>(texts::kEntityTextsEnd) - kFirstEntityText);
  name("yaml", static_cast<std::size_t>(texts::kYamlTextsEnd) - kFirstYamlText);
  return table;
}

CardConfig config_of(const Json& line) {
  const Json from = line.value("config", Json::object());
  CardConfig config;
  config.values = {text_of(from, "serviceId"), text_of(from, "integrationKey"),
                   text_of(from, "account")};
  for (const Json& name : from.value("secrets", Json::array())) {
    config.values.secrets.push_back(name.get<std::string>());
  }
  config.entity_ref = text_of(from, "entityRef");
  config.expects_entity = flag_of(from, "expectsEntity", false);
  config.read_only = flag_of(from, "readOnly", false);
  for (const Json& name : from.value("sections", Json::array())) {
    config.sections.push_back(word_of<SectionKind>(name.get<std::string>(), kSections));
  }
  config.layout = word_of<Layout>(text_of(from, "layout", "full"), kLayouts);
  config.refresh_s = number_of(from, "refreshS", 30);
  config.page_url = "https://portal.example.com/checkout";
  config.lang = text_of(from, "lang", "en");
  config.language = text_of(from, "language");
  config.time_zone.name = "Europe/Berlin";
  config.time_zone.rules = {{kStart - std::chrono::days{30}, std::chrono::minutes{120}}};
  return config;
}

// The values that a path with "*" for all items of a list names.
void pick(const Json& from, const std::string& path, Json& picked) {
  if (path.empty()) return picked.push_back(from);
  const std::size_t end = std::min(path.find('/', 1), path.size());
  const std::string name = path.substr(1, end - 1);
  if (name == "*") {
    for (const Json& item : from) pick(item, path.substr(end), picked);
  } else if (from.is_array()) {
    const auto index = static_cast<std::size_t>(std::stoi(name));
    if (index < from.size()) pick(from[index], path.substr(end), picked);
  } else if (from.is_object() && from.contains(name)) {
    pick(from[name], path.substr(end), picked);
  }
}

class Player {
 public:
  explicit Player(std::string bodies_folder) : bodies_(std::move(bodies_folder)) {}

  // Cards in English say "[more]" and the like from now on; see part_names().
  void name_parts() { page_.handle(LanguageLoaded{"", part_names()}, now_); }
  // What was said of a part before a card needed it: the lines of the script.
  std::string said_too_early() const { return too_early_; }

  void play(const std::string& text) {
    const Json line = Json::parse(text, nullptr, false);
    if (line.is_discarded()) return error("not JSON: " + text);
    out_ << "> " << text << "\n";
    const std::string what = text_of(line, "do");
    for (const auto& [name, act] : kActs) {
      if (what != name) continue;
      note_parts(what, line);
      (this->*act)(line);
      note_said_of_parts(card_of(line), text);
      return check_rules(card_of(line));
    }
    error("unknown: " + what);
  }
  std::string take() { return out_.str(); }

 private:
  struct Open {
    RequestId request;
    std::string name;  // "GET /services/PCHKOUT?..."
  };

  std::string bodies_;
  Page page_{1};
  Time now_ = kStart;
  std::ostringstream out_;
  std::vector<Open> open_;
  std::optional<Time> wake_;
  std::uint32_t ticket_ = 0;
  bool trace_all_ = false;
  std::set<std::string> parts_;  // of the bundle, that are there by now
  std::string too_early_;

  void error(const std::string& text) { out_ << "  error: " << text << "\n"; }
  static CardId card_of(const Json& line) {
    return static_cast<CardId>(number_of(line, "card", 1));
  }
  std::string since_start(Time time) const {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", static_cast<double>((time - kStart).count()) / 1000);
    return text;
  }

  void handle(Event event) {
    page_.handle(std::move(event), now_);
    collect();
  }
  void collect() {
    for (const Effect& effect : page_.take_effects()) {
      std::visit([this](const auto& e) { tell(e); }, effect);
    }
  }

  // ---- Effects ----

  void tell(const SendRequest& e) {
    const std::string name = e.what.method + " " + decode_path(e.what.path);
    open_.push_back({e.request, name});
    out_ << "  send " << name;
    if (!e.account.empty()) out_ << " account " << e.account;
    if (!e.what.body.empty()) out_ << " " << e.what.body;
    out_ << "\n";
  }
  void tell(const CancelRequest& e) {
    const auto found = std::ranges::find(open_, e.request, &Open::request);
    if (found == open_.end()) return error("cancelled what is not open");
    out_ << "  cancel " << found->name << "\n";
    open_.erase(found);
  }
  void tell(const WakeAt& e) {
    wake_ = e.at;
    if (trace_all_) out_ << "  wake at " << since_start(e.at) << "\n";
  }
  void tell(const client::KeepIntent& e) {
    if (trace_all_) out_ << "  journal keeps " << e.intent.subject << "\n";
  }
  void tell(const client::ShareWants&) {}
  void tell(const client::ShareAnswer&) {}
  void tell(const client::DropIntent&) {
    if (trace_all_) out_ << "  journal drops one\n";
  }
  void tell(const CardChanged& e) {
    if (trace_all_) out_ << "  changed " << e.card << "\n";
  }
  void tell(const CardUpdated& e) {
    if (!trace_all_) return;
    out_ << "  updated " << e.card << " " << kSections[static_cast<int>(e.section)] << "\n";
  }
  void tell(const Announce& e) { out_ << "  announce " << e.card << ": " << e.text << "\n"; }
  void tell(const CopyText& e) { out_ << "  copy " << e.card << ":\n" << e.text; }
  void tell(const CardReady& e) { out_ << "  ready " << e.card << "\n"; }
  void tell(const CardFailed& e) {
    out_ << "  failed " << e.card << " " << (e.section.empty() ? "card" : e.section) << " "
         << error_code_name(e.error.code) << ": " << e.error.message << "\n";
  }
  void tell(const ActionAsked& e) {
    ticket_ = e.ticket;
    out_ << "  ask " << e.card << " ticket " << e.ticket << ": " << e.verb << " on " << e.service_id
         << " " << e.incident_id;
    for (const std::string& id : e.incident_ids) out_ << " " << id;
    out_ << "\n";
  }
  void tell(const ActionDone& e) {
    out_ << "  done " << e.card << ": " << e.verb << " " << e.incident_id
         << (e.ok ? " ok: " : " not ok: ") << e.message << "\n";
  }
  void tell(const AuthRequired& e) {
    out_ << "  auth required " << e.card << " \"" << e.account << "\"\n";
  }
  void tell(const EntityUnread& e) { out_ << "  unread " << e.card << "\n"; }
  void tell(const FocusNode& e) { out_ << "  focus " << e.card << " " << e.id << "\n"; }

  // ---- Events ----

  void trace_all(const Json&) { trace_all_ = true; }
  void account(const Json& line) {
    const Region region = text_of(line, "region") == "eu" ? Region::kEu : Region::kUs;
    AccountChanged changed{text_of(line, "account"), region, flag_of(line, "connected", true),
                           flag_of(line, "mayWrite", true)};
    changed.can_sign_in = flag_of(line, "signsIn", false);
    handle(std::move(changed));
  }
  void open(const Json& line) {
    handle(OpenCard{card_of(line), config_of(line)});
    handle(CardVisible{card_of(line), true});
  }
  void configure(const Json& line) { handle(ConfigureCard{card_of(line), config_of(line)}); }
  void close(const Json& line) { handle(CloseCard{card_of(line)}); }
  void language(const Json& line) {
    const std::string name = text_of(line, "language");
    const std::string file = (source_dir() / "web/src/languages" / (name + ".json")).string();
    handle(LanguageLoaded{name, table_of(Json::parse(read_file(file)))});
  }
  void entity(const Json& line) {
    handle(EntityLoaded{card_of(line), text_of(line, "text"), "catalog-info.yaml",
                        flag_of(line, "json", false), flag_of(line, "plain", false)});
  }
  void entity_failed(const Json& line) {
    handle(EntityFailed{card_of(line), {texts::kPlain, {text_of(line, "message")}}});
  }
  // A write of the page before this one.
  void restore(const Json& line) {
    client::Intent intent;
    intent.kind = text_of(line, "kind") == "trigger" ? client::IntentKind::kTrigger
                                                     : client::IntentKind::kCreate;
    intent.service_id = "PCHKOUT";
    intent.subject = intent.title = text_of(line, "title");
    intent.key = text_of(line, "key");
    intent.asked_at = now_;
    handle(IntentFound{std::move(intent)});
  }
  void see(const Json& line) { handle(CardVisible{card_of(line), flag_of(line, "visible", true)}); }
  void page(const Json& line) {
    if (line.contains("visible")) handle(PageVisible{flag_of(line, "visible", true)});
    if (line.contains("online")) handle(PageOnline{flag_of(line, "online", true)});
  }
  void click(const Json& line) { handle(Activated{card_of(line), text_of(line, "node")}); }
  void type(const Json& line) {
    std::string value;
    for (std::int64_t i = 0; i < number_of(line, "repeat", 1); ++i) value += text_of(line, "value");
    handle(FieldChanged{card_of(line), text_of(line, "node"), value});
  }
  void verdict(const Json& line) {
    handle(ActionVerdict{card_of(line), ticket_, flag_of(line, "allowed", true)});
  }
  void refresh(const Json& line) { handle(RefreshAsked{card_of(line)}); }
  void wait(const Json& line) {
    const Time end = now_ + Duration{number_of(line, "ms", 0)};
    while (wake_ && *wake_ <= end) {
      now_ = std::max(now_, *wake_);
      wake_.reset();
      handle(Tick{});
    }
    now_ = end;
  }

  std::optional<Open> take_open(const std::string& start) {
    const auto starts = [&](const Open& open) { return open.name.starts_with(start); };
    const auto found = std::ranges::find_if(open_, starts);
    if (found == open_.end()) return std::nullopt;
    Open open = std::move(*found);
    open_.erase(found);
    return open;
  }
  std::string body_of(const std::string& name) const {
    return name.empty() ? "{}" : read_file(bodies_ + "/" + name + ".json");
  }
  void answer(const Json& line) {
    const auto open = take_open(text_of(line, "request"));
    if (!open) return error("nobody asks that");
    ResponseArrived response{open->request, static_cast<int>(number_of(line, "status", 200)),
                             body_of(text_of(line, "body")), number_of(line, "retryAfterS", -1),
                             -1};
    if (line.contains("serverAheadMs")) {
      response.server_date = now_ + Duration{number_of(line, "serverAheadMs", 0)};
    }
    handle(std::move(response));
  }
  void lose(const Json& line) {
    const auto open = take_open(text_of(line, "request"));
    if (!open) return error("nobody asks that");
    handle(RequestFailed{open->request,
                         word_of<FailureReason>(text_of(line, "reason", "network"), kReasons),
                         text_of(line, "origin")});
  }
  void settle(const Json& line) {
    const Json with = line.value("with", Json::object());
    const auto body_for = [&](const std::string& name) -> std::optional<std::string> {
      for (const auto& [start, body] : with.items()) {
        if (name.starts_with(start)) return body.get<std::string>();
      }
      for (const Read& read : kReads) {
        if (name.starts_with(read.start)) return std::string(read.body);
      }
      return std::nullopt;
    };
    for (std::size_t i = 0; i < open_.size();) {
      const auto body = body_for(open_[i].name);
      if (!body) {
        ++i;
        continue;
      }
      const Open open = *take_open(open_[i].name);
      handle(ResponseArrived{open.request, 200, body_of(*body)});
      i = 0;
    }
  }

  void show(const Json& line) {
    const Json snapshot = Json::parse(write_snapshot(page_.view_model(card_of(line), now_)));
    for (const Json& path : line.value("what", Json::array())) {
      Json picked = Json::array();
      pick(snapshot, path.get<std::string>(), picked);
      out_ << "  " << path.get<std::string>();
      for (const Json& value : picked) {
        out_ << (picked.size() > 1 ? "\n    " : ": ") << value.dump();
      }
      out_ << (picked.empty() ? ": none\n" : "\n");
    }
  }
  void facts(const Json& line) {
    out_ << "  " << page_.facts(card_of(line), now_) << "\n";
    collect();
  }

  // ---- What holds for every view model ----

  // As web/src/runtime/parts.ts has it.
  void note_parts(const std::string& what, const Json& line) {
    constexpr std::string_view kMore[] = {"click", "type", "verdict", "restore"};
    if (std::ranges::find(kMore, what) != std::end(kMore)) parts_.insert("more");
    if (what.starts_with("entity") && !flag_of(line, "plain", false)) {
      parts_.insert({"entity", "yaml"});
    }
    if (what != "open" && what != "configure") return;
    const CardConfig config = config_of(line);
    const auto is_folded = [](SectionKind kind) {
      return kind == SectionKind::kStatus || kind == SectionKind::kInsights ||
             kind == SectionKind::kStandards;
    };
    if (std::ranges::any_of(config.sections, is_folded)) parts_.insert("more");
    const entity::ExplicitValues& given = config.values;
    const bool is_to_come = config.expects_entity && given.secrets.empty() &&
                            given.service_id.empty() && given.integration_key.empty();
    if (!is_to_come && !entity::resolve_plain(nullptr, given)) parts_.insert("entity");
  }
  void note_said_of_parts(CardId card, const std::string& line) {
    const std::string said = write_snapshot(page_.view_model(card, now_)) + out_.str();
    for (const char* part : {"more", "entity", "yaml"}) {
      const bool is_said = said.contains("[" + std::string(part) + "]");
      if (is_said && !parts_.contains(part)) too_early_ += std::string(part) + ": " + line + "\n";
    }
  }

  void collect_ids(const Json& part, std::multiset<std::string>& ids) const {
    if (part.is_object() && part.contains("id")) ids.insert(part["id"].get<std::string>());
    if (part.is_structured()) {
      for (const Json& child : part) collect_ids(child, ids);
    }
  }
  void check_rules(CardId card) {
    const std::string text = write_snapshot(page_.view_model(card, now_));
    const Result<ViewModel> again = read_snapshot(text);
    if (!again || write_snapshot(*again) != text) error("the snapshot does not survive reading");
    const Json snapshot = Json::parse(text);
    std::multiset<std::string> ids;
    collect_ids(snapshot, ids);
    for (const std::string& id : ids) {
      if (!id.empty() && ids.count(id) > 1) return error("two nodes are called " + id);
    }
    const Json& dialog = snapshot["dialog"];
    if (dialog.is_null()) return;
    if (!ids.contains(dialog["initial_focus"].get<std::string>())) {
      error("the dialog's first focus is not in it");
    }
    if (!ids.contains("dialog:close") && !ids.contains("dialog:back")) {
      error("the dialog cannot be left");
    }
  }

  struct Act {
    std::string_view name;
    void (Player::*act)(const Json&);
  };
  static constexpr Act kActs[] = {
      {"trace-all", &Player::trace_all},
      {"account", &Player::account},
      {"open", &Player::open},
      {"configure", &Player::configure},
      {"close", &Player::close},
      {"language", &Player::language},
      {"entity", &Player::entity},
      {"entity-failed", &Player::entity_failed},
      {"see", &Player::see},
      {"page", &Player::page},
      {"click", &Player::click},
      {"type", &Player::type},
      {"verdict", &Player::verdict},
      {"refresh", &Player::refresh},
      {"restore", &Player::restore},
      {"wait", &Player::wait},
      {"answer", &Player::answer},
      {"lose", &Player::lose},
      {"settle", &Player::settle},
      {"show", &Player::show},
      {"facts", &Player::facts},
  };
};

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

namespace {

void play_all(Player& player, std::string_view script) {
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) player.play(line);
  }
}

}  // namespace

std::string play(std::string_view script, const std::string& bodies_folder) {
  Player player(bodies_folder);
  play_all(player, script);
  return player.take();
}

std::string said_too_early(std::string_view script, const std::string& bodies_folder) {
  Player player(bodies_folder);
  player.name_parts();
  play_all(player, script);
  return player.said_too_early();
}

}  // namespace pd::card

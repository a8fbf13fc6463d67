#include "server.h"

#include <algorithm>
#include <charconv>

namespace pd::sessions {
namespace {

std::string text(std::string_view a, std::string_view b, std::string_view c = {},
                 std::string_view d = {}, std::string_view e = {}) {
  std::string all;
  all.reserve(a.size() + b.size() + c.size() + d.size() + e.size());
  return all.append(a).append(b).append(c).append(d).append(e);
}

std::string service_json(const Service& service) {
  const std::string integration =
      service.key.empty()
          ? std::string()
          : text(R"({"id":"PINT1","type":"events_api_v2_inbound_integration","integration_key":")",
                 service.key, R"("})");
  return text(R"({"id":")", service.id, R"(","name":")", service.name,
              R"(","status":"active","escalation_policy":{"id":")") +
         text(service.policy, R"(","type":"escalation_policy_reference"},"integrations":[)",
              integration, "]}");
}

// Each service's, written once.
const std::string& json_of(const Service& service) {
  static const std::vector<std::string> kBodies = [] {
    std::vector<std::string> bodies;
    for (const Service& each : kServices) bodies.push_back(service_json(each));
    return bodies;
  }();
  return kBodies[static_cast<std::size_t>(&service - kServices)];
}

const Service* service_of(std::string_view account, std::string_view id) {
  const auto found = std::ranges::find_if(
      kServices, [&](const Service& s) { return s.id == id && s.account == account; });
  return found == std::end(kServices) ? nullptr : &*found;
}

Reply not_found() { return {404, R"({"error":{"message":"Not Found","code":2100}})"}; }

std::size_t number_of(std::string_view digits, std::size_t otherwise) {
  std::size_t number = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// One page of a list.
struct Page {
  std::size_t offset, limit;
  Page(std::string_view path, std::size_t longest)
      : offset(number_of(query_of(path, "offset"), 0)),
        limit(std::min(longest, number_of(query_of(path, "limit"), 25))) {}

  template <typename Items, typename Write>
  std::string write(std::string_view name, const Items& items, Write write_item) const {
    std::string body = text("{\"", name, "\":[");
    const std::size_t end = std::min(items.size(), offset + limit);
    for (std::size_t i = std::min(offset, end); i < end; ++i) {
      if (i > offset) body += ',';
      body += write_item(items[i]);
    }
    return body + text("],\"limit\":", std::to_string(limit),
                       ",\"offset\":", std::to_string(offset),
                       end < items.size() ? ",\"more\":true}" : ",\"more\":false}");
  }
};

bool names(std::string_view path, std::string_view parameter, std::string_view value) {
  return path.find(text(parameter, "%5B%5D=", value)) != std::string_view::npos;
}

// `now`: as lists show it then; absent: as it is.
std::string json_of(const Server::Incident& incident, IncidentStatus status,
                    std::optional<Time> now = std::nullopt) {
  const std::string_view key = incident.has_alerts ? std::string_view() : incident.key;
  std::string json = text(incident.json_start, word_of(status, pagerduty::kIncidentStatusWords),
                          R"(","incident_key":")", key, R"(")");
  if (const auto* mark = incident.last(IntentKind::kSetPriority, now)) {
    json += text(R"(,"priority":{"id":")", mark->value, R"(","name":")", mark->value, R"("})");
  }
  if (const auto* mark = incident.last(IntentKind::kReassign, now)) {
    json += text(R"(,"assignments":[{"assignee":{"id":")", mark->value, R"("}}])");
  }
  Time at = incident.history.back().at;
  for (const Server::Mark& mark : incident.marks) at = std::max(at, mark.at);
  return text(json, R"(,"updated_at":")", format_rfc3339(at), R"("})");
}

Reply already_resolved() {
  return {
      400,
      R"({"error":{"message":"Arguments Caused Error","code":2001,"errors":["Incident Already Resolved"]}})"};
}

}  // namespace

std::string_view member_of(std::string_view json, std::string_view name) {
  const std::size_t at = json.find(text("\"", name, "\":\""));
  if (at == std::string_view::npos) return {};
  const std::size_t start = at + name.size() + 4;
  return json.substr(start, json.find('"', start) - start);
}

std::string_view query_of(std::string_view path, std::string_view name) {
  std::size_t at = path.find('?');
  while (at != std::string_view::npos) {
    const std::string_view rest = path.substr(at + 1);
    at = path.find('&', at + 1);
    if (!rest.starts_with(name) || rest.size() <= name.size() || rest[name.size()] != '=') continue;
    return rest.substr(name.size() + 1, rest.find('&') - name.size() - 1);
  }
  return {};
}

std::optional<WriteOfOne> write_of_one(const pagerduty::Request& request) {
  constexpr std::string_view kIncident = "/incidents/";
  const std::string_view path = request.path, body = request.body;
  if (request.method == "PUT") {
    const std::string_view id = member_of(body, "id");
    if (const std::string_view status = member_of(body, "status"); !status.empty()) {
      const bool resolves = status == "resolved";
      return WriteOfOne{resolves ? IntentKind::kResolve : IntentKind::kAcknowledge, id, {}};
    }
    const std::size_t priority = body.find("\"priority\"");
    const bool is_priority = priority != std::string_view::npos;
    const std::size_t what = is_priority ? priority : body.find("\"assignee\"");
    if (what == std::string_view::npos) return std::nullopt;
    return WriteOfOne{is_priority ? IntentKind::kSetPriority : IntentKind::kReassign, id,
                      member_of(body.substr(what), "id")};
  }
  if (request.method != "POST" || !path.starts_with(kIncident)) return std::nullopt;
  const std::string_view id =
      path.substr(kIncident.size(), path.find('/', kIncident.size()) - kIncident.size());
  if (path.ends_with("/notes")) {
    return WriteOfOne{IntentKind::kAddNote, id, member_of(body, "content")};
  }
  const std::string_view digits = body.substr(std::min(body.size(), body.find(':') + 1));
  return WriteOfOne{IntentKind::kSnooze, id, digits.substr(0, digits.find('}'))};
}

const Server::Mark* Server::Incident::last(IntentKind kind, std::optional<Time> now) const {
  const Mark* found = nullptr;
  for (const Mark& mark : marks) {
    if (mark.kind == kind && (!now || mark.listed_at <= *now)) found = &mark;
  }
  return found;
}

IncidentStatus Server::Incident::listed_status(Time now) const {
  IncidentStatus status = IncidentStatus::kUnknown;
  for (const Change& change : history) {
    if (change.listed_at <= now) status = change.status;
  }
  return status;
}

Server::Server(Chance& chance)
    : chance_(chance), longest_page_(chance.percent(20) ? 2 + chance.below(3) : 100) {
  const std::size_t count = chance.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    const Service& service = kServices[chance.below(std::size(kServices))];
    Incident& incident =
        open(service, text("old-", std::to_string(i)), text("Old ", std::to_string(i)),
             chance.percent(50), kColleague, time_from_ms(1'777'881'600'000));
    incident.history.back().listed_at = incident.history.back().at;
  }
}

Time Server::listed_at(Time now) {
  if (is_quick_) return now;
  return now + (chance_.percent(70) ? chance_.between_ms(0, 1'500) : chance_.between_ms(0, 9'000));
}

Server::Incident& Server::open(const Service& service, std::string key, std::string title,
                               bool has_alerts, CopyId by, Time now) {
  const std::string number = std::to_string(incidents_.size() + 1);
  const std::string id = "Q" + number;
  std::string start = text(R"({"id":")", id, R"(","incident_number":)", number, R"(,"title":")") +
                      text(title, R"(","urgency":"high","service":{"id":")", service.id,
                           R"(","type":"service_reference"},"status":")");
  incidents_.push_back({id,
                        std::move(key),
                        std::move(title),
                        &service,
                        has_alerts,
                        listed_at(now),
                        {{IncidentStatus::kTriggered, now, listed_at(now), by}},
                        std::move(start)});
  return incidents_.back();
}

void Server::change(Incident& incident, IncidentStatus status, CopyId by, Time now) {
  if (incident.status() == status) return;
  const Time listed = std::max(incident.history.back().listed_at, listed_at(now));
  incident.history.push_back({status, now, listed, by});
}

void Server::mark(Incident& incident, IntentKind kind, std::string_view value, CopyId by,
                  Time now) {
  Time listed = listed_at(now);
  if (const Mark* before = incident.last(kind)) listed = std::max(listed, before->listed_at);
  incident.marks.push_back({kind, std::string(value), now, listed, by});
}

Server::Incident* Server::open_with_key(const Service& service, std::string_view key) {
  const auto found = std::ranges::find_if(incidents_, [&](const Incident& i) {
    return i.service == &service && i.key == key && i.is_open();
  });
  return found == incidents_.end() ? nullptr : &*found;
}

const Server::Incident* Server::incident(std::string_view id) const {
  const auto found = std::ranges::find(incidents_, id, &Incident::id);
  return found == incidents_.end() ? nullptr : &*found;
}

std::string_view Server::person_of(std::string_view policy) const {
  const auto place = std::ranges::find(kPolicies, policy) - std::begin(kPolicies);
  return kPeople[people_[place] % std::size(kPeople)];
}

std::vector<std::string> Server::changes_of(std::string_view service) const {
  std::vector<std::string> ids;
  for (auto deploy = deploys_.rbegin(); deploy != deploys_.rend() && ids.size() < 10; ++deploy) {
    if (deploy->service->id == service) ids.push_back(deploy->id);
  }
  return ids;
}

// ---- What is asked ----

Reply Server::perform(std::string_view account, const pagerduty::Request& request, CopyId by,
                      Time now) {
  if (request.api == pagerduty::Api::kEvents) return accept(request.body, by, now);
  if (request.method == "GET") return read(account, request.path, now);
  if (write_of_one(request)) return change_one(account, request, by, now);
  if (request.path.starts_with("/incidents")) return create(account, request.body, by, now);
  return {200, R"({"data":[]})"};  // analytics
}

Reply Server::read(std::string_view account, std::string_view path, Time now) const {
  constexpr std::string_view kIncident = "/incidents/", kService = "/services/";
  if (path.starts_with("/incidents?")) return list_incidents(account, path, now);
  if (path.starts_with("/oncalls?")) return list_on_calls(path);
  if (path.starts_with("/services?")) return list_services(account, path);
  if (path.find("change_events") != std::string_view::npos) return list_changes(account, path);
  if (path.starts_with(kIncident)) return read_incident(account, path.substr(kIncident.size()));
  if (path.starts_with("/priorities")) {
    return {200, Page(path, 100).write("priorities", kPriorities, [](std::string_view name) {
              return text(R"({"id":")", name, R"(","name":")", name, R"("})");
            })};
  }
  if (path.starts_with("/users?")) {
    return {200, Page(path, 100).write("users", kPeople, [](std::string_view name) {
              return text(R"({"id":"U)", name, R"(","name":")", name, R"("})");
            })};
  }
  if (path.starts_with(kService)) {
    const std::string_view id = path.substr(kService.size());
    const Service* service = service_of(account, id.substr(0, id.find('?')));
    if (service != nullptr) return {200, text(R"({"service":)", json_of(*service), "}")};
  }
  return not_found();
}

// An incident, its log or its notes: `path` begins with its id.
Reply Server::read_incident(std::string_view account, std::string_view path) const {
  const Incident* found = incident(path.substr(0, path.find('/')));
  if (found == nullptr || found->service->account != account) return not_found();
  if (path.find('/') == std::string_view::npos) {
    return {200, text(R"({"incident":)", json_of(*found, found->status()), "}")};
  }
  const bool has_notes = path.ends_with("/notes");
  const bool has_log = path.find("/log_entries") != std::string_view::npos;
  std::vector<const Mark*> marks;
  for (const Mark& mark : found->marks) {
    const IntentKind wanted = has_notes ? IntentKind::kAddNote : IntentKind::kSnooze;
    if (mark.kind == wanted && (has_notes || has_log)) marks.insert(marks.begin(), &mark);
  }
  const std::string_view name = has_notes ? "notes" : has_log ? "log_entries" : "alerts";
  return {200, Page(path, 100).write(name, marks, [&](const Mark* mark) {
            return text(R"({"id":"M","created_at":")", format_rfc3339(mark->at),
                        has_notes ? R"(","content":")" : R"(","type":"snooze_log_entry","note":")",
                        mark->value, R"("})");
          })};
}

Reply Server::list_incidents(std::string_view account, std::string_view path, Time now) const {
  const std::string_view key = query_of(path, "incident_key");
  const bool open_ones = path.find("statuses%5B%5D=") != std::string_view::npos;
  const Time index = frozen_at_.value_or(now);
  std::vector<std::pair<const Incident*, IncidentStatus>> found;
  for (auto i = incidents_.rbegin(); i != incidents_.rend(); ++i) {
    if (i->service->account != account || !names(path, "service_ids", i->service->id)) continue;
    const IncidentStatus status = i->listed_status(index);
    if (key.empty() ? status == IncidentStatus::kUnknown : i->key != key || i->findable_at > now)
      continue;
    if (open_ones && status == IncidentStatus::kResolved) continue;
    found.emplace_back(&*i, key.empty() ? status : i->status());
  }
  const Page page(path, longest_page_);
  return {200, page.write("incidents", found, [&](const auto& item) {
            return json_of(*item.first, item.second,
                           key.empty() ? std::optional(index) : std::nullopt);
          })};
}

Reply Server::list_services(std::string_view account, std::string_view path) const {
  const std::string_view query = query_of(path, "query");
  std::vector<const Service*> found;
  for (const Service& service : kServices) {
    const bool fits = query.empty() || service.key == query || service.name == query;
    if (service.account == account && fits) found.push_back(&service);
  }
  return {200, Page(path, 100).write("services", found,
                                     [](const Service* service) { return json_of(*service); })};
}

// Of one service, or of the whole account.
Reply Server::list_changes(std::string_view account, std::string_view path) const {
  constexpr std::string_view kService = "/services/";
  const bool is_whole = path.starts_with("/change_events");
  const std::string_view id = is_whole ? std::string_view() : path.substr(kService.size());
  const Service* service = service_of(account, id.substr(0, id.find('/')));
  if (!is_whole && service == nullptr) return not_found();
  std::vector<const Deploy*> found;
  for (auto deploy = deploys_.rbegin(); deploy != deploys_.rend(); ++deploy) {
    const bool fits = is_whole ? deploy->service->account == account : deploy->service == service;
    if (fits) found.push_back(&*deploy);
  }
  return {200, Page(path, 100).write("change_events", found, [](const Deploy* deploy) {
            return text(R"({"id":")", deploy->id, R"(","summary":"Deploy","services":[{"id":")",
                        deploy->service->id, R"(","type":"service_reference"}]})");
          })};
}

Reply Server::list_on_calls(std::string_view path) const {
  std::vector<std::string_view> found;
  for (const std::string_view policy : kPolicies) {
    if (names(path, "escalation_policy_ids", policy)) found.push_back(policy);
  }
  return {200, Page(path, 100).write("oncalls", found, [&](std::string_view policy) {
            const std::string_view person = person_of(policy);
            return text(R"({"user":{"id":"U)", person, R"(","name":")", person) +
                   text(R"("},"escalation_policy":{"id":")", policy,
                        R"(","type":"escalation_policy_reference"},"escalation_level":1})");
          })};
}

// ---- What is written ----

Reply Server::accept(const std::string& body, CopyId by, Time now) {
  const std::string_view key = member_of(body, "routing_key");
  const auto service = std::ranges::find(kServices, key, &Service::key);
  if (key.empty() || service == std::end(kServices)) {
    return {400, R"({"status":"invalid event","errors":["Invalid routing key"]})"};
  }
  const std::string dedup(member_of(body, "dedup_key"));
  const bool is_slow = !is_quick_ && chance_.percent(20);
  const Duration takes = is_slow ? chance_.between_ms(2'000, 20'000) : chance_.between_ms(50, 900);
  events_.push_back({&*service, dedup, std::string(member_of(body, "summary")), by, now + takes,
                     !is_quick_ && chance_.percent(2)});
  return {202,
          text(R"({"status":"success","message":"Event processed","dedup_key":")", dedup, R"("})")};
}

void Server::process(std::size_t event, Time now) {
  const Event& due = events_[event];
  if (due.is_swallowed || open_with_key(*due.service, due.key) != nullptr) return;
  open(*due.service, due.key, due.title, true, due.by, now);
}

Reply Server::create(std::string_view account, const std::string& body, CopyId by, Time now) {
  // The service is the first id in the body; the incident itself has none yet.
  const Service* service = service_of(account, member_of(body, "id"));
  if (service == nullptr) return not_found();
  const std::string_view key = member_of(body, "incident_key");
  if (open_with_key(*service, key) != nullptr) {
    return {
        400,
        R"({"error":{"message":"Arguments Caused Error","code":2001,"errors":["Open incident with matching dedup key already exists on this service"]}})"};
  }
  const Incident& created =
      open(*service, std::string(key), std::string(member_of(body, "title")), false, by, now);
  return {201, text(R"({"incident":)", json_of(created, created.status()), "}")};
}

Reply Server::change_one(std::string_view account, const pagerduty::Request& request, CopyId by,
                         Time now) {
  const WriteOfOne what = *write_of_one(request);
  const auto found = std::ranges::find(incidents_, what.incident_id, &Incident::id);
  if (found == incidents_.end() || found->service->account != account) return not_found();
  const bool is_of_any = what.kind == IntentKind::kSetPriority || what.kind == IntentKind::kAddNote;
  if (!found->is_open() && !is_of_any) return already_resolved();
  if (what.kind == IntentKind::kResolve) change(*found, IncidentStatus::kResolved, by, now);
  if (what.kind == IntentKind::kAcknowledge || what.kind == IntentKind::kSnooze) {
    change(*found, IncidentStatus::kAcknowledged, by, now);
  }
  const bool is_status = what.kind == IntentKind::kResolve || what.kind == IntentKind::kAcknowledge;
  if (!is_status) mark(*found, what.kind, what.value, by, now);
  const std::string json = json_of(*found, found->status());
  switch (what.kind) {
    case IntentKind::kAddNote:
      return {200, text(R"({"note":{"id":"M","created_at":")", format_rfc3339(now),
                        R"(","content":")", what.value, R"("}})")};
    case IntentKind::kSnooze: return {201, text(R"({"incident":)", json, "}")};
    default: break;
  }
  return {200, text(R"({"incidents":[)", json, R"(],"limit":100,"offset":0,"more":false})")};
}

std::string Server::let_colleague_act(Time now) {
  const std::string number = std::to_string(deploys_.size() + incidents_.size());
  const Service& service = kServices[chance_.below(std::size(kServices))];
  const std::size_t drawn = chance_.below(10);
  if (drawn == 0) {
    deploys_.push_back({"C" + number, &service});
    return text("deploys C", number, " of ", service.name);
  }
  if (drawn == 1) {
    const std::size_t policy = chance_.below(std::size(kPolicies));
    ++people_[policy];
    return text("takes over the shift of ", kPolicies[policy]);
  }
  std::vector<Incident*> open_ones;
  for (Incident& incident : incidents_) {
    if (incident.is_open()) open_ones.push_back(&incident);
  }
  if (drawn < 4 || open_ones.empty()) {
    const Incident& opened =
        open(service, "theirs-" + number, "Theirs " + number, chance_.percent(50), kColleague, now);
    return text("opens ", opened.id, " on ", service.name);
  }
  Incident& incident = *open_ones[chance_.below(open_ones.size())];
  if (drawn == 4) {
    const std::string person = text("U", kPeople[chance_.below(std::size(kPeople))]);
    mark(incident, IntentKind::kReassign, person, kColleague, now);
    return text("gives ", incident.id, " to ", person);
  }
  if (drawn == 5) {
    const std::string_view priority = kPriorities[chance_.below(std::size(kPriorities))];
    mark(incident, IntentKind::kSetPriority, priority, kColleague, now);
    return text("gives ", incident.id, " the priority ", priority);
  }
  const bool resolves = chance_.percent(60);
  change(incident, resolves ? IncidentStatus::kResolved : IncidentStatus::kAcknowledged, kColleague,
         now);
  return text(resolves ? "resolves " : "acknowledges ", incident.id);
}

}  // namespace pd::sessions

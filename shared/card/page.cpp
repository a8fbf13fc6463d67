#include "card/page.h"

#include <algorithm>

#include "card/enum_words.h"
#include "card/facts.h"
#include "card/language.h"
#include "card/reducer.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

SectionKind section_of(client::Kind kind) {
  switch (kind) {
    case client::Kind::kIncidents: return SectionKind::kIncidents;
    case client::Kind::kOnCalls:
    case client::Kind::kNextOnCalls:
    case client::Kind::kShifts:
    case client::Kind::kSchedule: return SectionKind::kOnCall;
    case client::Kind::kChanges: return SectionKind::kChanges;
    case client::Kind::kMetrics:
    case client::Kind::kMetricsBefore:
    case client::Kind::kMetricsUrgent:
    case client::Kind::kMetricsDaily: return SectionKind::kInsights;
    case client::Kind::kResolved:
    case client::Kind::kLogEntries:
    case client::Kind::kNotes:
    case client::Kind::kAlerts: return SectionKind::kIncidents;
    case client::Kind::kStandards: return SectionKind::kStandards;
    case client::Kind::kService:
    case client::Kind::kServiceByKey:
    case client::Kind::kWindows:
    case client::Kind::kDependencies:
    case client::Kind::kPriorities:
    case client::Kind::kUsers:
    case client::Kind::kPolicies:
    case client::Kind::kCurrentUser: break;
  }
  return SectionKind::kStatus;
}

const std::string& language_name(const std::unique_ptr<LanguageLoaded>& language) {
  return language->language;
}

}  // namespace

struct Page::Impl {
  Impl(std::uint64_t seed, const Formatter& format) : broker(seed), formatter(format) {}

  client::Broker broker;
  const Formatter& formatter;
  std::vector<std::unique_ptr<LanguageLoaded>> languages;
  std::vector<std::unique_ptr<CardState>> cards;
  std::vector<AccountState> accounts;
  std::vector<Effect> effects;
  std::vector<CardId> changed;  // cards that want drawing, once each
  std::uint32_t last_ticket = 0;
  std::optional<Time> told_wake;
  Time last_now{};  // of the latest event
  bool is_unsettled = false;

  CardState* find(CardId id) {
    const auto found =
        std::ranges::find_if(cards, [id](const auto& card) { return card->id == id; });
    return found == cards.end() ? nullptr : found->get();
  }
  AccountState account_of(const CardState& card) const {
    const std::string& name = card.resolution.target ? card.resolution.target->account
                              : card.is_wallboard()  ? card.members.usable.front().target.account
                                                     : card.config.values.account;
    const auto known = std::ranges::find(accounts, name, &AccountState::name);
    AccountState account = known == accounts.end() ? AccountState{name} : *known;
    account.is_one_of_several = accounts.size() > 1;
    account.is_abroad = std::ranges::any_of(
        accounts, [&](const AccountState& other) { return other.region != account.region; });
    return account;
  }
  Language language_of(const CardState& card) const {
    const auto own = std::ranges::find(languages, card.config.language, language_name);
    return Language(card.config.lang, own == languages.end() ? nullptr : &(*own)->texts, formatter);
  }
  Context context(const CardState& card, Time now) {
    return {broker, account_of(card), language_of(card), now, effects, last_ticket};
  }
  void change(CardId id) {
    if (std::ranges::find(changed, id) == changed.end()) changed.push_back(id);
  }

  // ---- One overload for each event ----

  void on(OpenCard event, Time now) {
    if (find(event.card) != nullptr)
      return on(ConfigureCard{event.card, std::move(event.config)}, now);
    auto card = std::make_unique<CardState>();
    card->id = event.card;
    configure(*card, std::move(event.config), context(*card, now));
    cards.push_back(std::move(card));
    change(event.card);
  }
  void on(ConfigureCard event, Time now) {
    if (CardState* card = find(event.card)) {
      configure(*card, std::move(event.config), context(*card, now));
    }
    change(event.card);
  }
  void on(const CloseCard& event, Time now) {
    std::erase_if(cards, [&](const auto& card) { return card->id == event.card; });
    std::erase(changed, event.card);
    broker.unsubscribe(event.card, now);
  }
  void on(const EntityLoaded& event, Time now) {
    CardState* card = find(event.card);
    if (card != nullptr && event.only_plain) load_plain_entity(*card, event, context(*card, now));
    if (card != nullptr && !event.only_plain) load_entity(*card, event, context(*card, now));
    change(event.card);
  }
  void on(const EntityFailed& event, Time now) {
    if (CardState* card = find(event.card)) fail_entity(*card, event.why, context(*card, now));
    change(event.card);
  }
  void on(const CardVisible& event, Time) {
    if (CardState* card = find(event.card)) card->visible = event.visible;
    change(event.card);
  }
  void on(const Activated& event, Time now) {
    CardState* card = find(event.card);
    if (card == nullptr) return;
    activate(*card, event.id, context(*card, now));
    change(event.card);
  }
  void on(const FieldChanged& event, Time) {
    CardState* card = find(event.card);
    if (card == nullptr) return;
    change_field(*card, event.id, event.value);
    change(event.card);
  }
  void on(const RefreshAsked& event, Time now) { broker.refresh(event.card, now); }
  void on(const ActionVerdict& event, Time now) {
    CardState* card = find(event.card);
    if (card == nullptr) return;
    take_verdict(*card, event.ticket, event.allowed, context(*card, now));
    change(event.card);
  }
  void on(const PartChanged& event, Time) {
    if (CardState* card = find(event.card)) card->part_missing = event.missing;
    change(event.card);
  }
  void on(const AccountChanged& event, Time now) {
    const auto known = std::ranges::find(accounts, event.account, &AccountState::name);
    AccountState account{event.account, event.region, event.may_write, event.can_sign_in};
    if (known == accounts.end()) {
      accounts.push_back(std::move(account));
    } else {
      *known = std::move(account);
    }
    broker.set_account(event.account, event.connected, now);
    broker.set_budget(event.account, event.requests_per_minute);
    for (const auto& card : cards) change(card->id);
  }
  void on(ResponseArrived event, Time now) {
    broker.handle(
        client::Response{event.request, event.status, std::move(event.body), event.retry_after_s,
                         event.rate_limit_reset_s, event.server_date, event.age_s},
        now);
  }
  void on(RequestFailed event, Time now) {
    broker.handle(client::Failure{event.request, event.reason, std::move(event.origin)}, now);
  }
  void on(const PageVisible& event, Time now) { broker.set_page_visible(event.visible, now); }
  void on(const PageOnline& event, Time now) {
    broker.set_online(event.online, now);
    for (const auto& card : cards) change(card->id);
  }
  void on(const TabChanged& e, Time now) {
    broker.set_tab(e.account, e.role, e.has_company, e.keeps, now);
  }
  void on(const WantsHeard& e, Time now) {
    broker.hear_wants(e.account, e.tab, e.leads, e.wants, e.refresh, now);
  }
  void on(AnswerHeard e, Time now) { broker.hear_answer(std::move(e.answer), e.is_kept, now); }
  void on(IntentFound event, Time now) { broker.restore(std::move(event.intent), now); }
  void on(LanguageLoaded event, Time) {
    const auto known = std::ranges::find(languages, event.language, language_name);
    if (known != languages.end()) languages.erase(known);
    languages.push_back(std::make_unique<LanguageLoaded>(std::move(event)));
    for (const auto& card : cards) change(card->id);
  }
  void on(const Tick&, Time now) { broker.tick(now); }

  // ---- Before effects are taken: wants follow the state, effects follow the broker ----

  void settle() {
    if (!std::exchange(is_unsettled, false)) return;
    const Time now = last_now;
    constexpr int kMaxRounds = 8;  // an answer may name what is wanted next
    for (int round = 0; round < kMaxRounds; ++round) {
      for (const CardId id : changed) {
        if (CardState* card = find(id)) follow_wants(*card, now);
      }
      const std::vector<client::Effect> from_broker = broker.take_effects(now);
      if (from_broker.empty()) break;
      for (const client::Effect& effect : from_broker) {
        std::visit([&](const auto& e) { take(e, now); }, effect);
      }
    }
    for (const CardId id : std::exchange(changed, {})) {
      CardState* card = find(id);
      if (card == nullptr) continue;
      ask_for_credentials(*card);
      lend_key(*card, broker);
      effects.emplace_back(CardChanged{id});
    }
    tell_wake(now);
  }

  // A card whose account has nothing to authorise with asks the page, once until that changes.
  void ask_for_credentials(CardState& card) {
    const std::string name = account_of(card).name;
    const bool lacks =
        card.has_service() && broker.health(name) == client::AccountHealth::kNotConnected;
    if (lacks && !card.credentials_asked) effects.emplace_back(AuthRequired{card.id, name});
    card.credentials_asked = lacks;
  }

  void follow_wants(CardState& card, Time now) {
    Subscription wanted{make_wants(card, broker), card.config.refresh_s, card.visible};
    if (card.told == wanted) return;
    const std::optional<Subscription> before = std::exchange(card.told, wanted);
    broker.subscribe(card.id, wanted.wants, std::chrono::seconds{wanted.refresh_s}, wanted.visible,
                     now);
    // What another card has asked for already does not land again.
    for (const client::Want& want : wanted.wants) {
      const bool is_new = !before || !before->contains(want);
      if (is_new && broker.answer(want).has_data()) land(card, want, now);
    }
  }

  void tell_wake(Time now) {
    const std::optional<Time> wake = broker.next_wake(now);
    if (!wake || wake == told_wake) return;
    told_wake = wake;
    effects.emplace_back(WakeAt{*wake});
  }

  void take(const client::Send& e, Time) {
    effects.emplace_back(SendRequest{e.request, e.account, e.what, e.timeout_ms});
  }
  void take(const client::Cancel& e, Time) { effects.emplace_back(CancelRequest{e.request}); }
  void take(const client::ShareWants& e, Time) { effects.emplace_back(e); }
  void take(const client::ShareAnswer& e, Time) { effects.emplace_back(e); }
  void take(const client::KeepIntent& e, Time) { effects.emplace_back(e); }
  void take(const client::DropIntent& e, Time) { effects.emplace_back(e); }
  void take(const client::AuthRequired& e, Time) {
    for (const auto& card : cards) {
      if (account_of(*card).name == e.account)
        effects.emplace_back(AuthRequired{card->id, e.account});
    }
  }
  void take(const client::IntentChanged& e, Time now) {
    const client::Intent* intent = broker.intent(e.intent);
    for (const auto& card : cards) {
      if (intent != nullptr) follow_intent(*card, *intent, context(*card, now));
      change(card->id);
    }
  }
  void take(const client::HealthChanged& e, Time) {
    for (const auto& card : cards) {
      if (account_of(*card).name == e.account) change(card->id);
    }
  }
  void take(const client::AnswerChanged& e, Time now) {
    for (const auto& card : cards) {
      if (!card->told || !card->told->contains(e.want)) continue;
      if (!e.reads_alike) change(card->id);
      if (e.landed) land(*card, e.want, now);
    }
  }

  void land(CardState& card, const client::Want& want, Time now) {
    const client::Answer& answer = broker.answer(want);
    if (want.kind == client::Kind::kIncidents) {
      follow_incidents(card, want.id, answer, context(card, now));
    }
    tell_page(card, section_of(want.kind), answer);
  }

  // pd-ready once, with the first data; pd-update or pd-error for each answer.
  void tell_page(CardState& card, SectionKind section, const client::Answer& answer) {
    if (answer.error) {
      effects.emplace_back(CardFailed{card.id, std::string(word_of(section)), *answer.error});
      return;
    }
    if (!std::exchange(card.ready, true)) effects.emplace_back(CardReady{card.id});
    effects.emplace_back(CardUpdated{card.id, section});
  }
};

Page::Page(std::uint64_t seed, const Formatter& formatter)
    : impl_(std::make_unique<Impl>(seed, formatter)) {}
Page::~Page() = default;

void Page::handle(Event event, Time now) {
  impl_->last_now = now;
  impl_->is_unsettled = true;
  if (std::holds_alternative<Tick>(event)) impl_->told_wake.reset();
  std::visit([&](auto&& e) { impl_->on(std::forward<decltype(e)>(e), now); }, std::move(event));
}

std::vector<Effect> Page::take_effects() {
  impl_->settle();
  return std::exchange(impl_->effects, {});
}

ViewModel Page::view_model(CardId id, Time now) {
  impl_->settle();
  const CardState* card = impl_->find(id);
  if (card == nullptr) return {};
  return make_view_model(*card, impl_->broker, impl_->account_of(*card), impl_->language_of(*card),
                         now);
}

Time Page::next_change_of_words(CardId id, Time now) const {
  const Time minute = whole_minute(now) + std::chrono::minutes{1};
  const CardState* card = impl_->find(id);
  if (card == nullptr) return minute;
  const auto pause_ends = impl_->broker.paused_until(impl_->account_of(*card).name, now);
  if (!pause_ends) return minute;
  // Seconds are counted, near the end.
  if (*pause_ends - now > kCountsSeconds) return std::min(minute, *pause_ends - kCountsSeconds);
  const Duration left = *pause_ends - now;
  const Duration beyond = left % std::chrono::seconds{1};
  return std::min(minute, now + (beyond > Duration::zero() ? beyond : std::chrono::seconds{1}));
}

std::string Page::facts(CardId id, Time now) const {
  CardState* card = impl_->find(id);
  if (card == nullptr) return "{}";
  if (!std::exchange(card->facts_asked, true)) {
    impl_->last_now = now;
    impl_->is_unsettled = true;
    impl_->change(id);
    impl_->settle();
  }
  return make_facts(*card, impl_->broker);
}

std::string Page::diagnostics(Time now) const { return impl_->broker.diagnostics(now); }

}  // namespace pd::card

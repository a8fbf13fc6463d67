// @ts-check
// What happened so far: incidents lived through by the same rules as new ones, and change events.
import {
  acknowledge,
  addAlert,
  addNote,
  escalate,
  openIncident,
  resolve,
} from '../model/incident-rules.mjs';
import { kHour, kMinute, kSecond } from '../model/time-zone.mjs';

/** @typedef {import('../model/world.mjs').World} World */
/**
 * Times are minutes: `ago` before now, the others after the start.
 * @typedef {{service: string, title: string, ago: number, urgency?: 'high' | 'low',
 *   priority?: string, ack?: number, alsoAck?: number, resolve?: number, escalate?: number,
 *   alerts?: number, severity?: string, notes?: [number, string][], details?: string,
 *   byPerson?: boolean}} Story
 */

/** The stories that the demo and the tests name. @type {Story[]} */
const kStories = [
  { service: 'PCHKOUT', title: 'Checkout answers 502 for one order in five', ago: 12, priority: 'PPRIO01', alerts: 3, severity: 'critical', details: 'Started with the roll-out of 2.41.0. Payment provider is healthy.' },
  { service: 'PCHKOUT', title: 'Payment latency p99 above 4 s in eu-central', ago: 47, priority: 'PPRIO02', alerts: 2, ack: 4, alsoAck: 9, notes: [[11, 'Provider says that one of their regions is slow. Routing EU traffic to the second acquirer.'], [31, 'p99 is down to 2.1 s; keeping watch.']] },
  { service: 'PCHKOUT', title: 'Gutscheincodes werden abgelehnt (Größe der Liste überschritten)', ago: 185, urgency: 'low', priority: 'PPRIO03', alerts: 1, ack: 22, notes: [[30, 'Cause found: the voucher list outgrew its cache entry.']] },
  { service: 'PSEARCH', title: '検索インデックスの更新が 40 分遅れています', ago: 64, priority: 'PPRIO02', alerts: 2, ack: 8, notes: [[15, 'シャード 7 を再構築中。Олена перевіряє чергу.']] },
  { service: 'PSEARCH', title: 'Подсказки поиска отвечают медленно 🐢', ago: 340, urgency: 'low', priority: 'PPRIO04', alerts: 1, ack: 35 },
  { service: 'PLEDGER', title: 'Nightly reconciliation differs by 3 entries', ago: 20, priority: 'PPRIO03', ack: 6, byPerson: true, details: 'Opened by finance; the day in question is yesterday.' },
  { service: 'PMOBAPP', title: 'Push tokens expire early on Android', ago: 1500, urgency: 'low', alerts: 1 },
  { service: 'PWAREHS', title: 'Расхождение остатков: 在庫数が一致しません 📦', ago: 95, priority: 'PPRIO04', urgency: 'low', alerts: 1, escalate: 31 },
];

/** @type {Record<string, string[]>} */
const kTitles = {
  PCHKOUT: ['Error budget of checkout burns fast', 'Order placement times out', 'Card form does not load in one browser', 'Duplicate order confirmation'],
  PSEARCH: ['Index node left the cluster', '検索結果が空になる', 'Очередь индексации растёт', 'Suggestions return yesterday’s products'],
  PLOYALT: ['Points are credited late', 'Birthday gift mail sent twice 🎂'],
  PLEDGER: ['Ledger replica lags', 'Unbalanced batch held back'],
  PEMAILS: ['Bounce rate above 5 %', 'Queue of transactional mail grows'],
  PIDENTY: ['Échecs de connexion en hausse', 'Certificate expires in 5 days', 'Session store is slow'],
  PMOBAPP: ['API of the app answers 500 after deploy'],
  PWAREHS: ['Синхронизация склада прервана', '出荷ラベルの印刷に失敗'],
  PLEGACY: ['Import job failed'],
};
const kNotes = [
  'Rolled back.',
  'Scaled out by two nodes.',
  'False alarm; threshold raised.',
  'Restarted the worker.',
  'Provider confirmed and fixed it.',
];

/** @param {World} world */
export function liveThroughHistory(world) {
  const stories = [...kStories, ...pastStories(world), ...noisyStories(world)].sort(
    (a, b) => b.ago - a.ago,
  );
  for (const story of stories) live(world, story);
  addChanges(world);
}

/** Sixty days of resolved incidents. @param {World} world @returns {Story[]} */
function pastStories({ random, services }) {
  return Array.from({ length: 64 }, () => {
    const service = random.pick(Object.keys(kTitles).filter((id) => services.has(id)));
    const ack = random.between(1, 25);
    const low = random.next() < 0.35;
    return {
      service,
      title: random.pick(kTitles[service] ?? []),
      ago: random.between(1600, 60 * 24 * 60),
      ack,
      resolve: ack + random.between(6, 150),
      alerts: random.between(0, 3),
      urgency: low ? 'low' : 'high',
      ...(random.next() < 0.7 ? { priority: `PPRIO0${random.between(low ? 3 : 1, 5)}` } : {}),
      byPerson: random.next() < 0.15,
      ...(random.next() < 0.5
        ? { notes: /** @type {[number, string][]} */ ([[ack + 3, random.pick(kNotes)]]) }
        : {}),
      ...(random.next() < 0.2 ? { escalate: ack - 0.5 } : {}),
    };
  });
}

export const kNoisyCount = 130;

/** @param {World} world @returns {Story[]} */
function noisyStories({ random }) {
  return Array.from({ length: kNoisyCount }, (_, index) => ({
    service: 'PTELEMT',
    title: `Collector ${String(index + 1).padStart(3, '0')} drops spans`,
    ago: 30 + index * 41 + random.between(0, 30),
    urgency: 'low',
    alerts: 1,
    severity: 'warning',
    ...(index % 3 === 0 ? { ack: random.between(3, 20) } : {}),
  }));
}

/** @param {World} world @param {Story} story */
function live(world, story) {
  const now = world.now();
  const start = now - story.ago * kMinute - 7 * kSecond;
  const after = (/** @type {number} */ minutes) => start + minutes * kMinute;
  const first =
    world.usersAtLevel(world.services.get(story.service)?.policy ?? '', 1, start)[0] ??
    world.random.pick([...world.users.keys()]);
  const responder = /** @type {const} */ ({ kind: 'user', id: first });
  const incident = openIncident(world, {
    title: story.title,
    service: story.service,
    at: start,
    by: story.byPerson ? responder : { kind: 'service', id: story.service },
    channel: { type: story.byPerson ? 'website' : 'api' },
    urgency: story.urgency,
    priority: story.priority,
    details: story.details,
  });
  addAlerts(world, incident, story, after);
  if (story.escalate !== undefined)
    escalate(world, incident, 2, { kind: 'service', id: story.service }, after(story.escalate), {
      type: 'timeout',
    });
  if (story.ack !== undefined)
    acknowledge(world, incident, responder, after(story.ack), { type: 'website' });
  if (story.alsoAck !== undefined)
    acknowledge(
      world,
      incident,
      { kind: 'user', id: secondOf(world, story, start, first) },
      after(story.alsoAck),
      { type: 'mobile' },
    );
  for (const [minutes, text] of story.notes ?? [])
    addNote(world, incident, text, responder, after(minutes));
  if (story.resolve !== undefined)
    resolve(world, incident, responder, after(story.resolve), { channel: { type: 'website' } });
  // What time-outs would have done by now is part of the story already.
  incident.pending = incident.pending.filter((action) => action.at > now);
}

/** @param {World} world @param {Story} story @param {number} at @param {string} first */
function secondOf(world, story, at, first) {
  const policy = world.services.get(story.service)?.policy ?? '';
  return world.usersAtLevel(policy, 2, at).find((id) => id !== first) ?? first;
}

/**
 * @param {World} world @param {import('../model/types.mjs').Incident} incident @param {Story} story
 * @param {(minutes: number) => number} after
 */
function addAlerts(world, incident, story, after) {
  const integration = world.services.get(story.service)?.integrations[0]?.id ?? '';
  for (let index = 0; index < (story.alerts ?? 0); ++index) {
    addAlert(world, incident, {
      key: index === 0 ? incident.key : world.random.id('', 20).toLowerCase(),
      summary: index === 0 ? story.title : `${story.title} (${index + 1})`,
      severity: story.severity ?? 'error',
      source: `${story.service.toLowerCase()}-${index + 1}.example.com`,
      at: after(index * 0.5),
      integration,
      details: { region: 'eu-central', instance: index + 1 },
      links: [
        { href: `https://grafana.example.com/d/${story.service.toLowerCase()}`, text: 'Dashboard' },
      ],
      client: 'Grafana',
      clientUrl: 'https://grafana.example.com/',
    });
  }
}

/** service, hours ago, summary, source, link. @type {[string, number, string, string, string][]} */
const kChanges = [
  ['PCHKOUT', 0.4, 'Deploy checkout-api 2.41.0 to production', 'github-actions', 'https://github.example.com/acme/checkout-api/releases/2.41.0'],
  ['PCHKOUT', 3.2, 'Feature flag "second-acquirer" on for 10 %', 'flags', 'https://flags.example.com/second-acquirer'],
  ['PCHKOUT', 26, 'Deploy checkout-api 2.40.3 to production', 'github-actions', 'https://github.example.com/acme/checkout-api/releases/2.40.3'],
  ['PCHKOUT', 50, 'Terraform: two more nodes in eu-central', 'terraform', 'https://terraform.example.com/runs/run-8114'],
  ['PCHKOUT', 75, 'Deploy checkout-api 2.40.2 to production', 'github-actions', 'https://github.example.com/acme/checkout-api/releases/2.40.2'],
  ['PCHKOUT', 190, 'Rotate payment provider certificate', 'vault', 'https://vault.example.com/pki/checkout'],
  ['PSEARCH', 2, 'シャード数を 6 から 8 に変更', 'argo-cd', 'https://argo.example.com/applications/search'],
  ['PSEARCH', 30, 'Новый анализатор для кириллицы', 'argo-cd', 'https://argo.example.com/applications/search'],
  ['PLOYALT', 20, 'Deploy loyalty 1.9.0 🎉', 'github-actions', 'https://github.example.com/acme/loyalty/releases/1.9.0'],
  ['PLEDGER', 100, 'Migration 0087: index on entries(account, day)', 'flyway', 'https://ci.example.com/ledger/0087'],
  ['PIDENTY', 8, 'Déploiement identité 5.2.1', 'gitlab-ci', 'https://gitlab.example.com/acme/identity/-/releases/5.2.1'],
];

/** @param {World} world */
function addChanges(world) {
  for (const [service, hoursAgo, summary, source, href] of kChanges) {
    const event = {
      id: world.random.id('01', 26),
      summary,
      source,
      at: world.now() - hoursAgo * kHour,
      service,
      integration: world.services.get(service)?.integrations[0]?.id ?? '',
      links: [{ href, text: 'View the change' }],
      details: { environment: 'production' },
    };
    world.changes.set(event.id, event);
  }
}

// How few requests a thousand viewers make together, through the nginx of deploy/. What is proven is when the same is asked again:
// not before its answer's time is over, however many viewers ask meanwhile. How many requests a minute that makes follows from the
// times that deploy/ ships; here they are shortened, and viewers poll as fast as the machine goes.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { startNginx, startUpstream } from './portal.mjs';

const kViewers = 1000;
const kServices = 50;
const kAtOnce = 64;
/** For how many seconds an answer is shared: as it ships, and here. */
const kShared = { incidents: { ships: 40, here: 3 }, others: { ships: 120, here: 6 } };
/** Part of the cache's key, so each answer is asked for anew as often as that, too. */
const kPeriodMinutes = 10;
const kChanges = {
  'locations.conf': [[`200 ${kShared.incidents.ships}s`, `200 ${kShared.incidents.here}s`], [`200 ${kShared.others.ships / 60}m`, `200 ${kShared.others.here}s`]],
  // Each viewer lives as much faster; and no test meets the end of a period (which is a century's here).
  'rules.conf': [['rate=300r/m', 'rate=2000r/m'], ['(?<pd_period>.{15})', '(?<pd_period>.{2})']],
};
/** How often the list that is looked at most is asked for before the test ends. */
const kRounds = 4;

const idOf = (index) => `PLOAD${String(index).padStart(2, '0')}`;
const several = (name, ids) => ids.map((id) => `${name}%5B%5D=${id}`).join('&');
const incidents = (ids) => `/pagerduty/incidents?${several('service_ids', ids)}&statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&date_range=all&sort_by=created_at%3Adesc&include%5B%5D=priorities&limit=100`;
const onCalls = (ids) => `/pagerduty/oncalls?${several('escalation_policy_ids', ids)}&include%5B%5D=users&earliest=false&limit=100`;
const includes = 'include%5B%5D=integrations&include%5B%5D=escalation_policies&include%5B%5D=teams';
const instant = (ms) => encodeURIComponent(new Date(ms).toISOString().replace(/\.\d+/, ''));

const all = Array.from({ length: kServices }, (_, i) => idOf(i));
/** What a page's cards ask, as `./run counts` shows it: at first, at each poll, and each minute. */
const kWall = {
  first: () => [incidents(all), `/pagerduty/services?${includes}&limit=100`, onCalls(['PEPCHKT', 'PEPLOYL']), '/pagerduty/change_events?limit=100'],
  poll: () => [incidents(all)],
  minute: (viewer, nowMs) => [`/pagerduty/change_events?since=${instant(nowMs - (viewer % 60) * 1000)}&limit=100`],
};
const kOneEach = {
  first: (viewer) => {
    const id = idOf(viewer % kServices);
    return [incidents([id]), `/pagerduty/services/${id}?${includes}`, onCalls(['PEPCHKT']), `/pagerduty/services/${id}/change_events?limit=5`];
  },
  poll: (viewer) => [incidents([idOf(viewer % kServices)])],
  minute: (viewer) => [`/pagerduty/services/${idOf(viewer % kServices)}/change_events?limit=5`],
};

const sharedFor = (url) => (url.startsWith('/incidents?') ? kShared.incidents : kShared.others);

/** Plays all viewers until each of the lists that they poll has been asked for kRounds times; when PagerDuty was asked what. */
async function play(what) {
  /** Path and query to the times in ms, of a clock that nobody sets. */
  const asked = new Map();
  const upstream = await startUpstream({ observe: ({ url }) => asked.set(url, [...(asked.get(url) ?? []), performance.now()]) });
  for (const id of all) await upstream.simulator.control({ op: 'data', kind: 'service', value: { id, name: `Service ${id}`, policy: 'PEPCHKT' } });
  const portal = await startNginx({ upstream, changes: kChanges });
  const agent = new http.Agent({ keepAlive: true, maxSockets: kAtOnce });
  const bad = [];
  let sent = 0;
  const began = performance.now();
  const ask = async (viewer, path) => {
    ++sent;
    const { status } = await portal.ask('GET', path, { user: `viewer${viewer}@example.com`, agent });
    if (status !== 200) bad.push(`${status} ${path}`);
  };
  // Viewers take turns, kAtOnce at a time.
  const round = async (paths) => {
    let next = 0;
    const lane = async () => {
      while (next < kViewers) {
        const viewer = next++;
        for (const path of paths(viewer)) await ask(viewer, path);
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, lane));
  };
  const lists = () => [...asked].filter(([url]) => url.startsWith('/incidents?')).map(([, times]) => times.length);
  try {
    await round(what.first);
    const polled = new Set();
    const again = (paths) => {
      for (const path of paths) polled.add(path.replace('/pagerduty', ''));
      return paths;
    };
    do {
      await round((viewer) => again(what.poll(viewer)));
      await round((viewer) => again(what.minute(viewer, Date.now())));
    } while (Math.min(...lists()) < kRounds);
    return { bad, sent, asked, polled, minutes: (performance.now() - began) / 60_000 };
  } finally {
    agent.destroy();
    await portal.close();
  }
}

for (const [name, what, most] of [
  ['a thousand viewers of a page with fifty services', kWall, 10],
  ['a thousand viewers, twenty at each of fifty services', kOneEach, 120],
]) {
  test(`nginx: ${name} stay below ${most} requests a minute, without an error`, async () => {
    const { bad, sent, asked, polled, minutes } = await play(what);
    assert.deepEqual(bad.slice(0, 5), []);
    for (const [url, times] of asked) {
      // nginx counts whole seconds, so an answer's last one may be cut.
      const least = (sharedFor(url).here - 1) * 1000;
      for (let i = 1; i < times.length; ++i) assert.ok(times[i] - times[i - 1] >= least, `${url} again after ${times[i] - times[i - 1]} ms of ${least}`);
    }
    // A list whose times move on ("since") is another one each minute; the viewers here ask from two minutes' times on.
    const moving = [...asked.keys()].filter((url) => url.includes('since='));
    assert.ok(moving.length <= minutes + 3, moving.join('\n'));
    const still = [...asked.keys()].filter((url) => polled.has(url) && !moving.includes(url));
    const aMinute = still.reduce((sum, url) => sum + 60 / sharedFor(url).ships, moving.length > 0 ? 2 : 0) + asked.size / kPeriodMinutes;
    const toPagerDuty = [...asked.values()].reduce((sum, times) => sum + times.length, 0);
    process.stdout.write(`figure: ${name}: ${sent} requests, ${toPagerDuty} of them to PagerDuty; ${aMinute.toFixed(0)} a minute with the times that ship\n`);
    assert.ok(still.length > 0 && aMinute <= most, `${aMinute} a minute`);
  });
}

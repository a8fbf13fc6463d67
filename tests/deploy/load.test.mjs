// How few requests a thousand viewers make together, through the nginx of deploy/. A minute is shortened to kMinuteS, and with it
// the time for which answers are shared; viewers poll as fast as the machine goes, so more densely than real ones.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { startNginx, startUpstream } from './portal.mjs';

const kViewers = 1000;
const kServices = 50;
const kMinutes = 10;
/** Incidents are shared for 40 s of 60: six of nine. nginx counts in whole seconds, so a shorter minute would flatter it. */
const kMinuteS = 9;
const kPollsAMinute = 2;
/** A fast machine is through with ten minutes' polls sooner; it goes on until answers have aged so long. */
const kLeastMinutes = 4;
const kAtOnce = 64;
const kShortened = {
  'locations.conf': [['200 40s', `200 ${2 * kMinuteS / 3}s`], ['200 2m', `200 ${2 * kMinuteS}s`], ['200 5m', `200 ${5 * kMinuteS}s`]],
  'settings.conf': [['inactive=1m', `inactive=${kMinuteS}s`]],
  // Each viewer lives as much faster.
  'rules.conf': [['rate=300r/m', 'rate=2000r/m']],
};

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

/** Plays all viewers; gives the requests to PagerDuty of each shortened minute. */
async function play(what) {
  const upstream = await startUpstream();
  for (const id of all) await upstream.simulator.control({ op: 'data', kind: 'service', value: { id, name: `Service ${id}`, policy: 'PEPCHKT' } });
  const portal = await startNginx({ upstream, changes: kShortened });
  const agent = new http.Agent({ keepAlive: true, maxSockets: kAtOnce });
  const began = Date.now();
  const bad = [];
  let sent = 0;
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
  try {
    await round(what.first);
    const passed = () => (Date.now() - began) / 1000 / kMinuteS;
    for (let minute = 0; minute < kMinutes || passed() < kLeastMinutes; ++minute) {
      for (let poll = 0; poll < kPollsAMinute; ++poll) await round(what.poll);
      await round((viewer) => what.minute(viewer, Date.now()));
    }
    const minutes = passed();
    return { bad, sent, upstream: portal.seen.length, aMinute: portal.seen.length / minutes, minutes };
  } finally {
    agent.destroy();
    await portal.close();
  }
}

for (const [name, what, most] of [
  ['a thousand viewers of a page with fifty services', kWall, 120],
  ['a thousand viewers, twenty at each of fifty services', kOneEach, 120],
]) {
  test(`nginx: ${name} stay below ${most} requests a minute, without an error`, async () => {
    const { bad, sent, upstream, aMinute, minutes } = await play(what);
    process.stdout.write(`figure: ${name}: ${sent} requests in ${minutes.toFixed(1)} shortened minutes, ${upstream} to PagerDuty, ${aMinute.toFixed(0)} a minute\n`);
    assert.deepEqual(bad.slice(0, 5), []);
    assert.ok(upstream > kMinutes, 'PagerDuty was not asked');
    assert.ok(aMinute <= most, `${aMinute} a minute`);
  });
}

// @ts-check
// Schedules and escalation policies. Rotations are anchored to the calendar, so the same moment
// always finds the same people.
import { kDay, kHour, kMinute } from '../model/time-zone.mjs';

/** A Monday: 2024-01-01, in days since 1970-01-01. */
const kMonday = 19_723;

/**
 * @param {string} id @param {number} turnDays @param {string} handoff @param {string[]} users
 * @param {Partial<import('../model/types.mjs').Layer>} [more]
 * @returns {import('../model/types.mjs').Layer}
 */
function layer(id, turnDays, handoff, users, more = {}) {
  return {
    id,
    name: 'Rotation',
    anchorDay: kMonday,
    turnDays,
    handoff,
    users,
    from: Date.UTC(2024, 0, 1),
    ...more,
  };
}

/** @param {number} now @returns {import('../model/types.mjs').Schedule[]} */
export function makeSchedules(now) {
  const hour = Math.floor(now / kHour) * kHour;
  const nextWeek = (Math.floor(now / kDay) + 3) * kDay;
  return [
    {
      id: 'PSCHKT1',
      name: 'Checkout primary',
      description: 'Weekly, Monday at nine',
      timeZone: 'Europe/Berlin',
      teams: ['PTMCHKT'],
      layers: [layer('PLCHKT1', 7, '09:00', ['PUMIRAV', 'PUTOBEK', 'PUANAIS', 'PUJOSEP'])],
      overrides: [
        { id: 'Q1OVERRIDE0001', start: hour + 20 * kHour, end: hour + 28 * kHour, user: 'PUGRETA' },
      ],
    },
    {
      id: 'PSCHKT2',
      name: 'Checkout secondary',
      description: 'The primary of two weeks ago',
      timeZone: 'Europe/Berlin',
      teams: ['PTMCHKT'],
      layers: [layer('PLCHKT2', 7, '09:00', ['PUANAIS', 'PUJOSEP', 'PUMIRAV', 'PUTOBEK'])],
      overrides: [],
    },
    {
      id: 'PSSRCH1',
      name: '検索オンコール',
      description: '毎週月曜日 10:00 交代',
      timeZone: 'Asia/Tokyo',
      teams: ['PTMSRCH'],
      layers: [layer('PLSRCH1', 7, '10:00', ['PUHANAE', 'PUKENTA'])],
      overrides: [],
    },
    {
      id: 'PSSRCH2',
      name: 'Пошук: друга лінія',
      description: 'Щодня о 08:00',
      timeZone: 'Europe/Kyiv',
      teams: ['PTMSRCH'],
      layers: [layer('PLSRCH2', 1, '08:00', ['PUOLENA', 'PUMAXIM'])],
      overrides: [
        { id: 'Q1OVERRIDE0002', start: hour - 2 * kHour, end: hour + 3 * kHour, user: 'PUOLENA' },
      ],
    },
    {
      id: 'PSFOLLO',
      name: 'Follow the sun ☀️',
      description: 'Eight hours each, handed from east to west',
      timeZone: 'Etc/UTC',
      teams: ['PTMLOYL', 'PTMPLAT'],
      layers: [
        layer('PLFOLL1', 7, '00:00', ['PUPRIYA', 'PUHANAE'], {
          name: 'Asia',
          daily: { start: '00:00', hours: 8 },
        }),
        layer('PLFOLL2', 7, '08:00', ['PULUCJA', 'PUNOORA'], {
          name: 'Europe',
          daily: { start: '08:00', hours: 8 },
        }),
        layer('PLFOLL3', 7, '16:00', ['PUSIENA', 'PUDEVON'], {
          name: 'Americas',
          daily: { start: '16:00', hours: 8 },
        }),
      ],
      overrides: [],
    },
    {
      id: 'PSPLATF',
      name: 'Platform daily',
      description: 'Daily, eight in the morning in New York',
      timeZone: 'America/New_York',
      teams: ['PTMPLAT'],
      layers: [layer('PLPLATF', 1, '08:00', ['PUDEVON', 'PUNOORA', 'PUSIENA'])],
      overrides: [],
    },
    {
      id: 'PSLEDG1',
      name: 'Ledger primary',
      description: 'Fortnightly',
      timeZone: 'America/New_York',
      teams: ['PTMCHKT'],
      layers: [layer('PLLEDG1', 14, '09:00', ['PUTOBEK', 'PUSIENA'])],
      overrides: [],
    },
    {
      id: 'PSLEDG2',
      name: 'Ledger secondary (starts soon)',
      description: 'Nobody is on it before its first turn',
      timeZone: 'America/New_York',
      teams: ['PTMCHKT'],
      layers: [layer('PLLEDG2', 7, '09:00', ['PUMIRAV', 'PUDEVON'], { from: nextWeek })],
      overrides: [],
    },
    {
      id: 'PSEMPTY',
      name: 'Mobile on-call',
      description: 'Nobody has joined yet',
      timeZone: 'Europe/London',
      teams: [],
      layers: [layer('PLEMPTY', 7, '09:00', [])],
      overrides: [],
    },
    {
      id: 'PSWAREH',
      name: 'Склад: смены',
      description: 'Еженедельно',
      timeZone: 'Europe/Kyiv',
      teams: ['PTMWARE'],
      layers: [layer('PLWAREH', 7, '07:30', ['PUMAXIM', 'PUOLENA'])],
      overrides: [],
    },
  ];
}

const kScheduleId = /^PS/;

/**
 * id, name, description, teams, levels: targets and the delay in minutes.
 * @type {[string, string, string | null, string[], [string[], number][]][]}
 */
const kPolicies = [
  ['PEPCHKT', 'Checkout: page until someone answers', 'Primary, secondary, then management', ['PTMCHKT'], [[['PSCHKT1'], 15], [['PSCHKT2'], 15], [['PUGRETA', 'PUROBIN'], 30]]],
  ['PEPSRCH', '検索 / Пошук', null, ['PTMSRCH'], [[['PSSRCH1'], 20], [['PSSRCH2'], 20], [['PUROBIN'], 30]]],
  ['PEPLOYL', 'Loyalty', 'Follow the sun, then two people directly', ['PTMLOYL'], [[['PSFOLLO'], 30], [['PUPRIYA', 'PULUCJA'], 30], [['PUGRETA'], 30]]],
  ['PEPPLAT', 'Platform', 'Daily rotation, then the director', ['PTMPLAT'], [[['PSPLATF', 'PUNOORA'], 10], [['PUROBIN'], 30]]],
  ['PEPLEDG', 'Ledger', 'Level 2 has a gap until its rotation starts', ['PTMCHKT'], [[['PSLEDG1'], 15], [['PSLEDG2'], 15], [['PUGRETA'], 30]]],
  ['PEPMOBI', 'Mobile', null, [], [[['PSEMPTY'], 30]]],
  ['PEPWARE', 'Склад и доставка', null, ['PTMWARE'], [[['PSWAREH'], 30], [['PUOLENA'], 30]]],
];

/** @returns {import('../model/types.mjs').Policy[]} */
export function makePolicies() {
  return kPolicies.map(([id, name, description, teams, levels]) => ({
    id,
    name,
    description,
    teams,
    loops: 1,
    rules: levels.map(([targets, delayMinutes], index) => ({
      id: `PR${id.slice(3)}${index + 1}`,
      delayMinutes,
      targets: targets.map((target) => ({
        kind: kScheduleId.test(target) ? 'schedule' : 'user',
        id: target,
      })),
    })),
  }));
}

/** @param {number} now @returns {import('../model/types.mjs').MaintenanceWindow[]} */
export function makeWindows(now) {
  return [
    {
      id: 'PWMAILS',
      number: 41,
      description: 'Mail provider migration',
      start: now - 40 * kMinute,
      end: now + 80 * kMinute,
      services: ['PEMAILS'],
      teams: ['PTMPLAT'],
      createdBy: 'PUDEVON',
    },
    {
      id: 'PWOLDER',
      number: 40,
      description: 'Database upgrade',
      start: now - 9 * kDay,
      end: now - 9 * kDay + 2 * kHour,
      services: ['PLEDGER'],
      teams: ['PTMCHKT'],
      createdBy: 'PUTOBEK',
    },
    {
      id: 'PWLATER',
      number: 42,
      description: 'Switch of the search cluster 🔧',
      start: now + 2 * kDay,
      end: now + 2 * kDay + kHour,
      services: ['PSEARCH'],
      teams: ['PTMSRCH'],
      createdBy: 'PUHANAE',
    },
  ];
}

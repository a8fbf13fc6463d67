// @ts-check
// The services that the shop runs, and what depends on what.
import { hexOf } from '../model/random.mjs';
import { kDay } from '../model/time-zone.mjs';

/** @typedef {import('../model/types.mjs').Service} Service */
/** @typedef {Partial<Service> & {id: string, name: string, policy: string, teams: string[]}} Row */

const kBackstage = { id: 'PVBCKST', name: 'Backstage' };
const kBusinessHours = {
  timeZone: 'Europe/Berlin',
  start: '09:00:00',
  end: '17:00:00',
  days: [1, 2, 3, 4, 5],
};

/** `handle` is the name in `sim.services`. @type {Record<string, Row>} */
const kRows = {
  checkout: { id: 'PCHKOUT', name: 'Checkout API', description: 'Takes a cart and a payment, and returns an order. Owner: Checkout.', policy: 'PEPCHKT', teams: ['PTMCHKT'] },
  search: { id: 'PSEARCH', name: 'Search index', description: '商品検索のインデックス。Индекс товаров.', policy: 'PEPSRCH', teams: ['PTMSRCH'], urgency: 'support_hours', supportHours: { timeZone: 'Asia/Tokyo', start: '09:00:00', end: '18:00:00', days: [1, 2, 3, 4, 5] } },
  loyalty: { id: 'PLOYALT', name: 'Loyalty & rewards ✨', description: 'Points, vouchers and the birthday gift.', policy: 'PEPLOYL', teams: ['PTMLOYL'], supportHours: kBusinessHours },
  ledger: { id: 'PLEDGER', name: 'Payments ledger', description: 'Double-entry record of every payment.', policy: 'PEPLEDG', teams: ['PTMCHKT'], acknowledgementTimeoutS: 1800 },
  mail: { id: 'PEMAILS', name: 'Email & notifications', description: null, policy: 'PEPPLAT', teams: ['PTMPLAT'] },
  legacy: { id: 'PLEGACY', name: 'Legacy catalogue import', description: 'Switched off; kept for its history.', policy: 'PEPPLAT', teams: [], disabled: true },
  telemetry: { id: 'PTELEMT', name: 'Telemetry pipeline', description: 'Noisy on purpose: more open incidents than a page holds.', policy: 'PEPPLAT', teams: ['PTMPLAT'], urgency: 'low' },
  identity: { id: 'PIDENTY', name: 'Identité & accès', description: 'Connexion, sessions, clés d’accès.', policy: 'PEPPLAT', teams: ['PTMPLAT'], autoResolveTimeoutS: 14_400 },
  mobile: { id: 'PMOBAPP', name: 'Mobile app backend', description: null, policy: 'PEPMOBI', teams: [] },
  giftCards: { id: 'PGIFTCD', name: 'Gift cards 🎁', description: 'New this month; no incident so far.', policy: 'PEPLOYL', teams: ['PTMLOYL'] },
  warehouse: { id: 'PWAREHS', name: 'Склад / 在庫', description: 'Остатки и резервы.', policy: 'PEPWARE', teams: ['PTMWARE'] },
};

/** @param {string} id */
export const keyOf = (id) => hexOf(`integration of ${id}`);

/** @param {number} now @returns {Service[]} */
export function makeServices(now) {
  return Object.values(kRows).map((row, index) =>
    completeService(row, now - (700 - 40 * index) * kDay),
  );
}

/** A service from what is given. @param {Row} row @param {number} createdAt @returns {Service} */
export function completeService(row, createdAt) {
  return {
    description: null,
    createdAt,
    disabled: false,
    acknowledgementTimeoutS: null,
    autoResolveTimeoutS: null,
    supportHours: null,
    urgency: 'high',
    integrations: [
      {
        id: `PI${row.id.slice(1, 6)}`,
        name: 'Backstage',
        type: 'events_api_v2_inbound_integration',
        vendor: kBackstage,
        key: keyOf(row.id),
        createdAt,
      },
      {
        id: `PJ${row.id.slice(1, 6)}`,
        name: 'Email',
        type: 'generic_email_inbound_integration',
        vendor: null,
        key: null,
        createdAt,
      },
    ],
    ...row,
  };
}

/** What tests and the demo need to name a service. */
export function serviceHandles() {
  return Object.fromEntries(
    Object.entries(kRows).map(([handle, { id, name }]) => [
      handle,
      { id, name, integrationKey: keyOf(id) },
    ]),
  );
}

/** @type {import('../model/types.mjs').Dependency[]} */
export const kDependencies = [
  { id: 'DCHKLEDG0000001', supporting: 'PLEDGER', dependent: 'PCHKOUT' },
  { id: 'DCHKIDEN0000002', supporting: 'PIDENTY', dependent: 'PCHKOUT' },
  { id: 'DLOYCHKT0000003', supporting: 'PCHKOUT', dependent: 'PLOYALT' },
  { id: 'DMOBSRCH0000004', supporting: 'PSEARCH', dependent: 'PMOBAPP' },
];

export const kAbilities = [
  'sso',
  'advanced_reports',
  'teams',
  'read_only_users',
  'team_responders',
  'service_support_hours',
  'urgencies',
  'manage_schedules',
  'manage_api_keys',
  'coordinated_responding',
  'event_rules',
  'coordinated_responding_preview',
  'preview_incident_alert_split',
  'permissions_service',
  'on_call_selfies',
  'features_in_use_preventing_downgrade_to',
  'feature_to_plan_map',
  'incident_priorities',
];

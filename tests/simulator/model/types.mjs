// @ts-check
// The simulated company's records. Times are milliseconds since the epoch; other records are named
// by their id.

/**
 * @typedef {{id: string, name: string, email: string, timeZone: string, color: string,
 *   role: string, jobTitle: string | null, description: string | null, teams: string[]}} User
 */
/** @typedef {{id: string, name: string, description: string | null}} Team */
/** @typedef {{id: string, name: string, description: string, color: string}} Priority */
/**
 * A rotation: turn k begins `turnDays * k` days after `anchorDay` at `handoff` in the schedule's
 * zone. `daily` limits it to hours of the day; `from` and `until` limit it in time.
 * @typedef {{id: string, name: string, anchorDay: number, turnDays: number, handoff: string,
 *   users: string[], daily?: {start: string, hours: number} | undefined, from: number,
 *   until?: number | undefined}} Layer
 */
/** @typedef {{id: string, start: number, end: number, user: string}} Override */
/**
 * @typedef {{id: string, name: string, description: string, timeZone: string, teams: string[],
 *   layers: Layer[], overrides: Override[]}} Schedule
 */
/** @typedef {{kind: 'user' | 'schedule', id: string}} Target */
/** @typedef {{id: string, delayMinutes: number, targets: Target[]}} Rule */
/**
 * @typedef {{id: string, name: string, description: string | null, loops: number, rules: Rule[],
 *   teams: string[]}} Policy
 */
/**
 * @typedef {{id: string, name: string, type: string, vendor: {id: string, name: string} | null,
 *   key: string | null, createdAt: number}} Integration
 */
/**
 * @typedef {{id: string, name: string, description: string | null, createdAt: number,
 *   disabled: boolean, policy: string, teams: string[], integrations: Integration[],
 *   acknowledgementTimeoutS: number | null, autoResolveTimeoutS: number | null,
 *   supportHours: {timeZone: string, start: string, end: string, days: number[]} | null,
 *   urgency: 'high' | 'low' | 'support_hours'}} Service
 */
/** @typedef {{kind: 'user' | 'service' | 'integration', id: string}} Actor */
/**
 * @typedef {{id: string, type: string, summary: string, at: number, agent: Actor | null,
 *   channel: Record<string, unknown>, note?: string | undefined, users?: string[] | undefined,
 *   extra?: Record<string, unknown> | undefined, overview: boolean}} LogEntry
 */
/**
 * @typedef {{id: string, key: string, summary: string, severity: string, source: string,
 *   at: number, resolvedAt: number | null, integration: string,
 *   details: Record<string, unknown> | string | null, links: {href: string, text?: string}[],
 *   client?: string | undefined, clientUrl?: string | undefined}} Alert
 */
/** @typedef {{id: string, user: string | null, content: string, at: number}} Note */
/** @typedef {{type: 'escalate' | 'unacknowledge' | 'resolve', at: number}} PendingAction */
/**
 * @typedef {{id: string, requester: string, message: string, at: number,
 *   targets: {kind: 'user' | 'escalation_policy', id: string, users: string[]}[]}} ResponderRequest
 */
/**
 * @typedef {{id: string, number: number, title: string, service: string, policy: string,
 *   level: number, loop: number, status: 'triggered' | 'acknowledged' | 'resolved',
 *   urgency: 'high' | 'low', priority: string | null, key: string, createdAt: number,
 *   updatedAt: number, statusAt: number, statusBy: Actor, resolvedAt: number | null,
 *   assignments: {at: number, user: string}[], acknowledgements: {at: number, by: Actor}[],
 *   direct: boolean, details: string | null, alerts: Alert[], notes: Note[], log: LogEntry[],
 *   pending: PendingAction[], statusUpdates: {id: string, message: string, at: number,
 *   sender: string}[], responderRequests: ResponderRequest[], bridge: {conference_number?: string,
 *   conference_url?: string} | null}} Incident
 */
/**
 * @typedef {{id: string, summary: string, source: string, at: number, service: string,
 *   integration: string, links: {href: string, text?: string}[],
 *   details: Record<string, unknown>}} ChangeEvent
 */
/**
 * @typedef {{id: string, number: number, description: string, start: number, end: number,
 *   services: string[], teams: string[], createdBy: string}} MaintenanceWindow
 */
/** @typedef {{id: string, supporting: string, dependent: string}} Dependency */

export {};

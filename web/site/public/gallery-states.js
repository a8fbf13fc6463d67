// The states of the gallery, a group after the other. Each is a card:
//
//   id          its anchor
//   title       what it is called
//   says        when it is seen
//   attributes  the card's
//   entityData, credentials, fetch   its properties of these names, where it has any
//   refreshes   asks again once all of it is loaded
//   waits       begins anew before it gives up waiting
//   forbids     the page around it prevents what the viewer does
import { ahead, except, first, json, lost, never, status, webPage } from './gallery-answers.js';

const minute = 60_000;
const checkout = { 'service-id': 'PCHKOUT' };
/** Of two services of the simulator. */
const checkoutKey = '0f291777763cef4b974af9ff05233e21';
const loyaltyKey = 'f5cc2b9173b8a5abc9b2851198d77cdd';

/** An entity with these annotations. */
const component = (annotations) => ({
  apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'gift-cards', title: 'Gift cards', annotations },
});

const analytics = 'POST /analytics/*';
/** What the viewer creates: by the service's id, and by its integration key. */
const creations = (answer) => except({ 'POST /incidents': answer, 'POST /v2/enqueue': answer });
const accepted = json({ status: 'success', message: 'Event processed', dedup_key: 'gallery' }, 202);

const layouts = [
  { id: 'full', title: 'Full', says: 'The default: all about one service, for its own page in a portal.', attributes: checkout },
  { id: 'compact', title: 'Compact', says: 'For an overview with many cards: who is on call and what is open.', attributes: { ...checkout, layout: 'compact' } },
  { id: 'oncall', title: 'On call', says: 'For a page about people: whom to ask, and nothing else.', attributes: { ...checkout, layout: 'oncall' } },
  { id: 'trigger', title: 'Only the button', says: 'For a runbook or a status page: one button that pages whoever is on call.', attributes: { ...checkout, layout: 'trigger' } },
  {
    id: 'wallboard', title: 'Several services', says: 'For a team’s wall: the most urgent service first; opened, each is a whole card.',
    attributes: { 'service-id': 'PCHKOUT PLEDGER PSEARCH PLOYALT PEMAILS PMOBAPP PLEGACY PTELEMT' },
  },
  { id: 'read-only', title: 'Read-only', says: 'Where nobody is to write, as on a public screen: no action is offered.', attributes: { ...checkout, 'read-only': '' } },
  {
    id: 'unfolded', title: 'All sections open', says: 'When the page names them all: insights, standards and the service itself are folded otherwise.',
    attributes: { ...checkout, sections: 'incidents changes oncall insights standards status' },
  },
];

const sections = [
  { id: 'incidents', title: 'Incidents', says: 'What is open, the most urgent first; details, search and filters are a click away.', attributes: { ...checkout, sections: 'incidents' } },
  { id: 'changes', title: 'Changes', says: 'What was deployed, on one axis of time with what broke after it.', attributes: { ...checkout, sections: 'changes' } },
  { id: 'on-call', title: 'On call', says: 'Who is paged on each level, until when, and who is next.', attributes: { ...checkout, sections: 'oncall' } },
  { id: 'insights', title: 'Insights', says: 'The last 30 days against the 30 before.', attributes: { ...checkout, sections: 'insights' } },
  { id: 'standards', title: 'Standards', says: 'What the service is measured by, and what to do where it fails.', attributes: { ...checkout, sections: 'standards' } },
  { id: 'about', title: 'About the service', says: 'Teams, policy, support hours, integrations, maintenance and neighbours.', attributes: { ...checkout, sections: 'status' } },
];

const services = [
  { id: 'calm', title: 'Calm', says: 'No incident is open: most services, most of the time.', attributes: { 'service-id': 'PLOYALT' } },
  { id: 'warning', title: 'Warning', says: 'Something is open and acknowledged; names come in any script.', attributes: { 'service-id': 'PSEARCH' } },
  { id: 'many', title: 'Many incidents', says: 'More are open than a page of PagerDuty’s answer holds: the list scrolls.', attributes: { 'service-id': 'PTELEMT' } },
  { id: 'maintenance', title: 'In maintenance', says: 'A maintenance window is open: events open no incidents while it lasts.', attributes: { 'service-id': 'PEMAILS' } },
  { id: 'disabled', title: 'Disabled', says: 'The service was switched off in PagerDuty: it pages nobody.', attributes: { 'service-id': 'PLEGACY' } },
  { id: 'gap', title: 'A gap in the schedule', says: 'Level 2 of the escalation policy has nobody right now.', attributes: { 'service-id': 'PLEDGER' } },
  { id: 'nobody', title: 'Nobody on call', says: 'No level of the escalation policy has anybody: an incident would page no one.', attributes: { 'service-id': 'PMOBAPP' } },
  {
    id: 'new', title: 'Nothing happened yet', says: 'A new service, without an incident or a change event so far.',
    attributes: { 'service-id': 'PGIFTCD', sections: 'incidents changes insights' },
    fetch: except({ 'GET /incidents': json({ incidents: [], limit: 100, offset: 0, more: false, total: null }), 'GET /services/*/change_events': json({ change_events: [] }) }),
  },
];

const wrong = [
  { id: 'loading', title: 'Loading', says: 'Until the first answer comes.', attributes: checkout, fetch: except({ '*': never }), waits: true },
  {
    id: 'partly', title: 'Partly loaded', says: 'The service is known; incidents, changes and people are still on their way.', attributes: checkout,
    fetch: except({ 'GET /incidents': never, 'GET /oncalls': never, 'GET /services/*/change_events': never }), waits: true,
  },
  { id: 'network', title: 'No network', says: 'PagerDuty cannot be reached, and nothing is known yet.', attributes: checkout, fetch: except({ '*': lost }) },
  { id: 'timeout', title: 'No answer in time', says: 'PagerDuty, or a proxy, takes longer than ten seconds.', attributes: checkout, fetch: except({ '*': never }) },
  { id: 'server-error', title: 'PagerDuty is down', says: 'It answers with an error of its own, and nothing is known yet.', attributes: checkout, fetch: except({ '*': status(500) }) },
  { id: 'web-page', title: 'A sign-in page answers', says: 'A proxy in between answers for PagerDuty, with a web page.', attributes: checkout, fetch: except({ '*': webPage }) },
  {
    id: 'rate-limited', title: 'Rate limited', says: 'The credential asked too often: the card counts down and goes on by itself.', attributes: checkout,
    fetch: except({ '*': status(429, { headers: { 'Retry-After': '90' } }) }),
  },
  { id: 'unauthorized', title: 'Credential refused', says: 'The token was revoked, or belongs to the other region.', attributes: checkout, fetch: except({ '*': status(401) }) },
  {
    id: 'sign-in-failed', title: 'Sign-in failed', says: 'The page could not get a credential from its own server.', attributes: checkout,
    credentials: () => Promise.reject(new Error('signed out')),
  },
  {
    id: 'policy', title: 'Blocked by the page’s policy', says: 'The page’s Content-Security-Policy does not name PagerDuty’s address.',
    attributes: { ...checkout, 'api-base': 'http://127.0.0.1:9' },
  },
  {
    id: 'stale', title: 'Stale', says: 'PagerDuty answered at first and fails now: what was known stays, with its age.', attributes: checkout,
    fetch: first(status(500)), refreshes: true,
  },
  { id: 'clock', title: 'A wrong clock', says: 'The device’s clock differs from PagerDuty’s: ages and shifts follow PagerDuty’s.', attributes: checkout, fetch: except({ 'GET *': ahead(42 * minute) }) },
  {
    id: 'forbidden', title: 'A section is forbidden', says: 'The credential lacks a permission: PagerDuty names the scope, the rest goes on.', attributes: checkout,
    fetch: except({ 'GET /incidents': status(403, { required_scopes: 'incidents.read' }) }),
  },
  {
    id: 'on-call-forbidden', title: 'People are forbidden', says: 'The credential may read the service, and not who is on call for it.', attributes: checkout,
    fetch: except({ 'GET /oncalls': status(403, { required_scopes: 'oncalls.read' }) }),
  },
  {
    id: 'plan', title: 'Not in the plan', says: 'The account’s plan has no analytics and no standards.', attributes: { ...checkout, sections: 'insights standards' },
    fetch: except({ [analytics]: status(402), 'GET /standards*': status(402) }),
  },
];

const setUp = [
  { id: 'not-connected', title: 'Not connected', says: 'Nobody has configured the account that the card names.', attributes: { ...checkout, account: 'payments' } },
  { id: 'not-annotated', title: 'Not annotated', says: 'The entity has no PagerDuty annotation yet: the card gives the lines to add.', attributes: { entity: 'not-annotated.yaml' } },
  {
    id: 'template', title: 'Template left in', says: 'A software template was not filled in.', attributes: {},
    entityData: component({ 'pagerduty.com/service-id': '${{ values.pagerdutyServiceId }}' }),
  },
  {
    id: 'near-miss', title: 'A misspelt annotation', says: 'The annotation is nearly right.', attributes: {},
    entityData: component({ 'pagerduty.com/serviceId': 'PGIFTCD' }),
  },
  { id: 'broken', title: 'Broken descriptor', says: 'The file is no YAML: the card says where, and what to do.', attributes: { entity: 'broken.yaml' } },
  { id: 'no-entity', title: 'Entity not found', says: 'The descriptor has other entities than the one that the page names.', attributes: { entity: 'catalog-info.yaml', 'entity-ref': 'checkout-apl' } },
  { id: 'no-descriptor', title: 'No descriptor', says: 'There is a web page at the descriptor’s address.', attributes: { entity: 'index.html' } },
  { id: 'not-found', title: 'No such service', says: 'The service was deleted, or the credential does not see it.', attributes: checkout, fetch: except({ 'GET /services*': status(404), 'GET /incidents': status(404) }) },
  { id: 'found-by-key', title: 'Found by its key', says: 'The service id is wrong, and the integration key is right.', attributes: { 'service-id': 'PCHKOUR', 'integration-key': checkoutKey }, fetch: except({ 'GET /services/PCHKOUR': status(404) }) },
  { id: 'key-mismatch', title: 'Another service’s key', says: 'The id and the integration key name two services.', attributes: { 'service-id': 'PSEARCH', 'integration-key': loyaltyKey } },
];

const writes = [
  { id: 'created', title: 'Created', says: 'Create an incident here: it is in the list once PagerDuty shows it.', attributes: { 'service-id': 'PIDENTY', sections: 'incidents' } },
  {
    id: 'sending', title: 'Sending', says: 'Create an incident here, and close the dialog: the request is under way, until the card gives up after ten seconds.', attributes: { 'service-id': 'PIDENTY', sections: 'incidents' },
    fetch: creations(never),
  },
  {
    id: 'accepted', title: 'Accepted', says: 'Create an incident here: Events took it, and PagerDuty does not show it yet.',
    attributes: { 'service-id': 'PLOYALT', 'integration-key': loyaltyKey, sections: 'incidents' }, fetch: creations(accepted),
  },
  {
    id: 'unconfirmed', title: 'Unconfirmed', says: 'Create an incident here: the answer is lost, and nobody knows whether it was done.',
    attributes: { 'service-id': 'PIDENTY', sections: 'incidents' }, fetch: creations(lost),
  },
  {
    id: 'waiting', title: 'Waiting to be sent', says: 'Create an incident here: PagerDuty limits requests, and it is sent again by itself.',
    attributes: { 'service-id': 'PIDENTY', sections: 'incidents' }, fetch: creations(status(429, { headers: { 'Retry-After': '90' } })),
  },
  {
    id: 'refused', title: 'Refused', says: 'Create an incident here: the credential may only read.', attributes: { 'service-id': 'PIDENTY', sections: 'incidents' },
    fetch: creations(status(403, { required_scopes: 'incidents.write' })),
  },
  {
    id: 'prevented', title: 'Prevented by the page', says: 'Create an incident here: the page around the card does not allow it.',
    attributes: { 'service-id': 'PIDENTY', sections: 'incidents' }, forbids: true,
  },
];

export const groups = [
  { id: 'layouts', title: 'Layouts', says: 'How much of it a page shows: the layout, the sections, one service or several.', states: layouts, showsMarkup: true },
  { id: 'sections', title: 'Sections', says: 'Each by itself, with what it shows when there is something to show.', states: sections, showsMarkup: true },
  { id: 'services', title: 'Services', says: 'What a service may be like: calm or on fire, in maintenance, without anybody on call.', states: services },
  { id: 'wrong', title: 'What went wrong', says: 'The card says what it is and what helps, keeps what it knew, and goes on by itself.', states: wrong },
  { id: 'set-up', title: 'Set-up', says: 'An entity that names no service, or a wrong one: what to write, and where.', states: setUp, showsMarkup: true },
  { id: 'writes', title: 'Writes', says: 'What the viewer does ends as seen, failed or unconfirmed. Nothing is sent twice.', states: writes },
];

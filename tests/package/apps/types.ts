// What a portal in TypeScript writes: it compiles against the package's declarations, and the marked lines do not.
import { createElement, createRef } from 'react';
import { configure, type Credentials } from 'pagerduty-card';
import { define } from 'pagerduty-card/element';
import { connect, type KeptSettings } from 'pagerduty-card/settings';
import { PagerDutyCard, type PagerDutyCard as CardElement } from 'pagerduty-card/react';

const credentials: Credentials = { type: 'proxy' };
configure({ region: 'eu', accounts: { emea: { credentials } } });
define('acme-pagerduty');

const card = document.createElement('pagerduty-card');
card.serviceId = 'PABC123';
card.readOnly = true;
card.entityData = { kind: 'Component' };
card.addEventListener('pd-action', (event) => {
  const ids: readonly string[] = event.detail.incidentIds;
  if (ids.length > 1) event.preventDefault();
});
document.addEventListener('pd-error', ({ detail }) => detail.code.length);
document.querySelector('pagerduty-card')?.refresh();
export const save = (settings: KeptSettings): Promise<void> => connect(settings);
export const page = document.querySelector('pagerduty-settings')?.settings;

export const element = createElement(PagerDutyCard, {
  serviceId: 'PABC123', layout: 'compact', className: 'wide', style: { width: '20em' }, credentials, entityData: {},
  onPdError: ({ detail }) => detail.message.trim(),
});
export const isRefFine = createElement(PagerDutyCard, { ref: createRef<InstanceType<typeof import('pagerduty-card').PagerDutyCard>>() });
export type Element = typeof CardElement;

// @ts-expect-error a layout that there is not
createElement(PagerDutyCard, { layout: 'huge' });
// @ts-expect-error a secret is no attribute
createElement(PagerDutyCard, { token: 'x' });
// @ts-expect-error an event of another detail
card.addEventListener('pd-update', ({ detail }) => detail.nothing);

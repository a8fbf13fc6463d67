// A component's whole life, for either React: `app` is what the test reads and turns.
import { createElement, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { configure, PagerDutyCard } from 'pagerduty-card/react';

const entity = {
  apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'checkout', annotations: { 'pagerduty.com/service-id': 'PCHKOUT' } },
};
const app = { events: [], ref: null };
globalThis.app = app;

function Portal({ credentials }) {
  const [props, setProps] = useState({ entityData: entity, readOnly: false, className: 'wide', 'data-of': 'portal' });
  const [listener, setListener] = useState('first');
  const [isShown, setShown] = useState(true);
  Object.assign(app, { setProps, setListener, setShown });
  return isShown ? createElement(PagerDutyCard, {
    ...props,
    credentials,
    ref: (element) => { app.ref = element; },
    onPdReady: () => app.events.push(`${listener}: ready`),
    onPdUpdate: ({ detail }) => app.events.push(`${listener}: ${detail.section}`),
  }) : null;
}

const { apiBase, eventsBase, token } = await fetch('/demo-config.json').then((answer) => answer.json());
configure({ apiBase, eventsBase });
const root = createRoot(document.querySelector('main'));
app.unmount = () => root.unmount();
root.render(createElement(StrictMode, null, createElement(Portal, { credentials: { type: 'token', token } })));

// What the elements' own tags may have, beside the component.
import type { PdActionEvent } from 'pagerduty-card';
import type {} from 'pagerduty-card/react';

const stop = (event: PdActionEvent) => event.preventDefault();

export const right = [
  <pagerduty-card key="a" service-id="PABC123" layout="oncall" refresh={60} read-only className="wide" onpd-action={stop} />,
  <pagerduty-settings key="b" theme="auto" />,
];
export const wrong = [
  // @ts-expect-error a layout that there is not
  <pagerduty-card key="a" layout="huge" />,
  // @ts-expect-error an event of another kind
  <pagerduty-card key="b" onpd-action={(event: KeyboardEvent) => event.key} />,
];

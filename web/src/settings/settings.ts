/**
 * Loading this module, beside pagerduty-card.js, registers `<pagerduty-settings>`, and connects the page's cards as it was saved there.
 *
 *   <script type="module" src="pagerduty-card.js"></script>
 *   <script type="module" src="pagerduty-settings.js"></script>
 *   <pagerduty-settings></pagerduty-settings>
 *
 * Pages with cards alone need not load it: pagerduty-card.js does where something was saved.
 */

import { readKept } from '../element/kept-settings.js';
import type { Kit } from '../element/kit.js';
import { connect as connectBy, type KeptSettings } from './connect.js';
import { PagerDutySettings, type Shared } from './pagerduty-settings.js';
import { Secrets } from './secrets.js';

export { PagerDutySettings };
export type { KeptAccount, KeptSettings } from './connect.js';

const NAME = 'pagerduty-settings';

async function share(): Promise<Shared> {
  const card = (await customElements.whenDefined('pagerduty-card')) as unknown as { kit: Kit };
  return { kit: card.kit, secrets: await Secrets.open() };
}

/** Connects the cards of this page by settings that the page keeps itself. Rejects: TypeError for what cannot be used. */
export async function connect(settings: KeptSettings): Promise<void> {
  const { kit, secrets } = await PagerDutySettings.shared;
  connectBy(kit, settings, secrets, kit.page.hosts);
}

async function connectAsKept(): Promise<void> {
  const text = readKept();
  if (text === '') return;
  const { kit, secrets } = await PagerDutySettings.shared;
  try {
    connectBy(kit, JSON.parse(text) as KeptSettings, secrets, kit.page.hosts, true);
  } catch (error) {
    // The settings page says what is wrong with it.
    // eslint-disable-next-line no-console
    console.error(`pagerduty-settings: the settings that were saved cannot be used: ${String(error)}`);
  }
}

// A second copy of this module on the page leaves it to the first.
function start(): Promise<void> {
  if (typeof customElements === 'undefined') return Promise.resolve();
  const known = customElements.get(NAME) as typeof PagerDutySettings | undefined;
  if (known !== undefined) return known.ready;
  PagerDutySettings.shared = share();
  customElements.define(NAME, PagerDutySettings);
  PagerDutySettings.ready = connectAsKept();
  return PagerDutySettings.ready;
}

/** The cards are connected as it was saved. Not awaited here: older bundlers cannot have that in a module. */
export const ready = start();

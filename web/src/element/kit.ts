/** What pagerduty-settings.js takes from pagerduty-card.js, so that a page has one module and one set of accounts. */

import type { languageFor } from '../runtime/languages.js';
import type { isNearAddress } from '../transport/accounts.js';
import type { Transport } from '../transport/transport.js';
import type { applyAppearance, readAppearance, watchAppearance } from './appearance.js';
import type { langOf, rootsOf } from './attributes.js';
import type { Page } from './page.js';
import type { Surface } from './surface.js';

export interface Kit {
  page: Page;
  Surface: typeof Surface;
  Transport: typeof Transport;
  readAppearance: typeof readAppearance;
  applyAppearance: typeof applyAppearance;
  watchAppearance: typeof watchAppearance;
  langOf: typeof langOf;
  rootsOf: typeof rootsOf;
  languageFor: typeof languageFor;
  isNearAddress: typeof isNearAddress;
}

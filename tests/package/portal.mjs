// What each fixture of tests/package has to do in a browser, whatever it is built with: `portal.show(entity)` of its page shows a card for the
// entity in the component that docs/embedding.md has, and without an entity none.
import assert from 'node:assert/strict';
import { settled } from '../browser/harness.mjs';

export const entityOf = (service) => ({
  apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: service.toLowerCase(), annotations: { 'pagerduty.com/service-id': service } },
});

/** A portal's proxy at /pagerduty: adds the token. */
export const behindProxy = (stage) => (page) => page.route('**/pagerduty/**', (route) => {
  const { pathname, search } = new URL(route.request().url());
  const headers = { ...route.request().headers(), authorization: `Token token=${stage.simulator.tokens.user}` };
  return route.continue({ url: stage.simulator.url + pathname.split('/pagerduty')[1] + search, headers });
});

/** Opens the fixture at `path`, and goes through its life. `expects`: patterns of console messages that belong to it. */
export async function livesInPortal(stage, path, expects = []) {
  const page = await stage.page({ path, prepare: behindProxy(stage), expects: [/404/, ...expects], isRegistered: false });
  const show = (entity) => page.evaluate((next) => globalThis.portal.show(next), entity);
  await page.waitForFunction(() => globalThis.portal !== undefined);
  await show(entityOf('PCHKOUT'));
  const card = await settled(page);
  await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  assert.deepEqual(await card.evaluate((element) => ({
    attributes: ['layout', 'refresh'].map((name) => element.getAttribute(name)), readOnly: element.readOnly, refresh: typeof element.refresh, entity: element.entityData.kind,
  })), { attributes: ['compact', '60'], readOnly: true, refresh: 'function', entity: 'Component' });
  await card.evaluate((element) => { globalThis.first = element; });
  await show(entityOf('PLOYALT'));
  await card.getByRole('heading', { name: /Loyalty/ }).waitFor();
  // The same element: it was told, not made anew.
  assert.equal(await card.evaluate((element) => element === globalThis.first), true);
  await show(entityOf('PNOTTHERE'));
  await page.getByRole('alert').waitFor();
  await show(undefined);
  await page.waitForFunction(() => document.querySelector('pagerduty-card') === null);
  await show(entityOf('PCHKOUT'));
  await (await settled(page)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  return page;
}

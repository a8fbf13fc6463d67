// What each fixture of tests/package has to do in a browser, whatever it is built with: `portal.show(entity)` of its page shows a card for the
// entity in the component that docs/embedding.md has, and without an entity none.
import assert from 'node:assert/strict';
import { settled } from '../browser/harness.mjs';

export const entityOf = (service) => ({
  apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: service.toLowerCase(), annotations: { 'pagerduty.com/service-id': service } },
});

/** A portal's proxy at `proxy`: adds the key, and notes in `tokens` whom the portal took the page for. */
export const behindProxy = (stage, proxy = '/pagerduty', tokens = []) => (page) => page.route(`**${proxy}/**`, (route) => {
  const { pathname, search } = new URL(route.request().url());
  const { 'backstage-token': token, ...headers } = route.request().headers();
  tokens.push(token);
  headers.authorization = `Token token=${stage.simulator.tokens.user}`;
  return route.continue({ url: stage.simulator.url + pathname.split(proxy)[1] + search, headers });
});

/** What the guide's components say of the card. */
const kAttributes = { layout: 'compact', refresh: '60' };

/** Opens the fixture at `path`, and goes through its life. `attributes`: of its card. Returns the page, and the tokens that its proxy saw. */
export async function livesInPortal(stage, path, { proxy, attributes = kAttributes } = {}) {
  const tokens = [];
  const page = await stage.page({ path, prepare: behindProxy(stage, proxy, tokens), expects: [/404/], isRegistered: false });
  const show = (entity) => page.evaluate((next) => globalThis.portal.show(next), entity);
  await page.waitForFunction(() => globalThis.portal !== undefined);
  await show(entityOf('PCHKOUT'));
  await page.waitForFunction(() => customElements.get('pagerduty-card') !== undefined && document.querySelector('pagerduty-card') !== null);
  const card = await settled(page);
  await card.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  const seen = await card.evaluate((element, names) => ({
    attributes: Object.fromEntries(names.map((name) => [name, element.getAttribute(name)])), readOnly: element.readOnly, refresh: typeof element.refresh,
    entity: element.entityData.kind,
  }), Object.keys(attributes));
  assert.deepEqual(seen, { attributes, readOnly: 'layout' in attributes, refresh: 'function', entity: 'Component' });
  await card.evaluate((element) => { globalThis.first = element; });
  await show(entityOf('PLOYALT'));
  await card.getByRole('heading', { name: /Loyalty/ }).waitFor();
  // The same element: it was told, not made anew.
  assert.equal(await card.evaluate((element) => element === globalThis.first), true);
  if ('layout' in attributes) {
    // What went wrong comes by an event, and stands on the page.
    await show(entityOf('PNOTTHERE'));
    await page.getByRole('alert').waitFor();
  }
  await show(undefined);
  await page.waitForFunction(() => document.querySelector('pagerduty-card') === null);
  await show(entityOf('PCHKOUT'));
  await (await settled(page)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  return { page, tokens };
}

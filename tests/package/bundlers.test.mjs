// The packed package, installed and built by each bundler as web/README.md says: everything that a page asks for by an address is there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { openStage, settled, show } from '../browser/harness.mjs';
import { bundlers, openWorkshop, pagesIn, serveByVite } from './workshop.mjs';

const kYaml = `<script type="application/yaml">
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: checkout, annotations: {pagerduty.com/service-id: PCHKOUT}}
</script>`;
const kSaved = JSON.stringify({ pagerdutyCardSettings: 1, accounts: [{ name: 'kept', auth: 'proxy', region: 'us', apiBase: '/pd' }], defaultAccount: '' });
const pathOf = (name) => `/${name.replaceAll(' ', '-')}/`;

let stage;
let workshop;
before(async () => {
  workshop = openWorkshop();
  const pages = {};
  for (const [name, build] of Object.entries(bundlers)) {
    const portal = workshop.install({ apps: ['main.js'] });
    await build(portal);
    Object.assign(pages, pagesIn(join(portal, 'out'), pathOf(name)));
  }
  stage = await openStage({ pages });
});
after(async () => {
  await stage?.close();
  workshop?.close();
});

/** A portal's proxy: adds the token. */
const throughProxy = (route) => {
  const { pathname, search } = new URL(route.request().url());
  const authorization = `Token token=${stage.simulator.tokens.user}`;
  return route.continue({ url: stage.simulator.url + pathname.slice('/pd'.length) + search, headers: { ...route.request().headers(), authorization } });
};

async function usesEverything(page) {
  await show(page, `<pagerduty-card>${kYaml}</pagerduty-card><pagerduty-card service-id="PCHKOUT" account="app" lang="en"></pagerduty-card>`);
  const german = await settled(page, 0);
  await german.getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await german.getByRole('button', { name: 'Incident melden' }).click();
  await german.getByRole('dialog').waitFor();
  await (await settled(page, 1)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  await show(page, '<pagerduty-settings></pagerduty-settings>');
  await page.locator('pagerduty-settings').getByText('Verbindung zu PagerDuty').first().waitFor();
}

for (const name of Object.keys(bundlers)) {
  test(`${name}: a card of YAML, its language, its dialog, an application's sign-in and the settings page`, async () => {
    await usesEverything(await stage.page({ path: `${pathOf(name)}index.html` }));
  });

  test(`${name}: where something was saved on the settings page, a page without it connects its cards`, async () => {
    const page = await stage.page({
      path: `${pathOf(name)}index.html#cards`,
      prepare: async (blank) => {
        await blank.addInitScript((settings) => localStorage.setItem('pagerduty-card:settings', settings), kSaved);
        await blank.route('**/pd/**', throughProxy);
      },
    });
    assert.equal(await page.evaluate(() => customElements.get('pagerduty-settings')), undefined);
    await show(page, '<pagerduty-card service-id="PCHKOUT" account="kept"></pagerduty-card>');
    await page.waitForFunction(() => customElements.get('pagerduty-settings') !== undefined);
    await (await settled(page)).getByRole('link', { name: /Checkout answers 502/ }).waitFor();
  });
}

test('vite, developing: the same from its server', async () => {
  const vite = await serveByVite(workshop.install({ apps: ['main.js'] }), stage.demo.url);
  try {
    await usesEverything(await stage.page({ path: `${vite.url}index.html` }));
  } finally {
    await vite.close();
  }
});

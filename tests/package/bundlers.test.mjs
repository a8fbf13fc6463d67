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

  test(`${name}: the settings module is where a card looks for it when something was saved there`, async () => {
    const page = await stage.page({ path: `${pathOf(name)}index.html` });
    const address = await page.evaluate(() => customElements.get('pagerduty-card').kit.page.runtime.urlOf('pagerduty-settings.js').href);
    const answer = await page.request.get(address);
    assert.equal(answer.status(), 200);
    const exported = await page.evaluate(async (url) => Object.keys(await import(url)), address);
    assert.deepEqual(exported.sort(), ['PagerDutySettings', 'connect', 'ready']);
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

// What axe-core objects to in a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const kAxe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Each finding's rule, place and element; none is what a test wants. `page`: Playwright's or Puppeteer's, with any policy. `within`: a
 * selector, in place of the whole document. `without`: rules that are not looked at. The contrast of what a card draws is measured
 * natively (tests/unit/view/parity_test.cpp): the twin's own text is transparent.
 */
export async function axeFindings(page, { within, without = [] } = {}) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(kAxe);
  return page.evaluate(async ([selector, names]) => {
    const rules = Object.fromEntries(names.map((name) => [name, { enabled: false }]));
    // Of what it finds nothing about, it tells the first element alone.
    const { violations } = await globalThis.axe.run(selector ?? document, { resultTypes: ['violations'], rules });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id} at ${target.flat().join(' ')}: ${html.slice(0, 200)}`));
  }, [within ?? null, without]);
}

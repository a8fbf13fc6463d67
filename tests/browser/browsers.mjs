// The browsers, headless, as every test, bench and picture starts them.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');

// As root it needs no sandbox of its own; the rest keeps it from asking for hosts that are none of the test's.
const kFlags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'];

/** Playwright's browser, with more flags if given; $CHROMIUM names another program. */
export const launchChromium = (flags = []) => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...kFlags, ...flags] });

/** Puppeteer's browser, driven over WebDriver BiDi, with preferences if given; $FIREFOX names another program. */
export async function launchFirefox(extraPrefsFirefox = {}) {
  const { default: puppeteer } = await import(require.resolve('puppeteer-core'));
  return puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true, extraPrefsFirefox });
}

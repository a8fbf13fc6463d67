// The browsers, headless, as every test, bench and picture starts them.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');

// As root it needs no sandbox of its own; the rest keeps it from asking for hosts that are none of the test's.
const kFlags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'];

/**
 * Chromium's engine without its windows and profile (chromium-headless-shell), which takes half the time; it hints no glyph, as the
 * browser itself does not. `isWhole`: the browser as people have it. `flags`: more of its flags. $CHROMIUM names another program for both.
 */
export const launchChromium = ({ isWhole = false, flags = [] } = {}) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? (isWhole ? '/usr/bin/chromium' : '/usr/bin/chromium-headless-shell'),
  args: [...kFlags, '--font-render-hinting=none', ...flags],
});

/** Puppeteer's browser, driven over WebDriver BiDi, with preferences if given; $FIREFOX names another program. */
export async function launchFirefox(extraPrefsFirefox = {}) {
  const { default: puppeteer } = await import(require.resolve('puppeteer-core'));
  return puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true, extraPrefsFirefox });
}

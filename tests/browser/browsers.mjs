// Chromium, headless, as every test, bench and picture starts it.
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');

// As root it needs no sandbox of its own; the rest keeps it from asking for hosts that are none of the test's.
const kFlags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'];

/** Playwright's browser, with more flags if given; $CHROMIUM names another program. */
export const launchChromium = (flags = []) => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...kFlags, ...flags] });

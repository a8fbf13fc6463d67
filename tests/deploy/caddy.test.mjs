// deploy/caddy, in Debian's Caddy.
import { startCaddy } from './caddy.mjs';
import { testRules } from './rules.mjs';

testRules('caddy', () => startCaddy());

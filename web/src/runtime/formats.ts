/**
 * Numbers, times and lists as a language writes them: what C++ asks of the browser's Intl. Formats are made once; making one
 * costs a hundred times its use.
 */

import { BROWSERS_ZONE } from './messages.js';

/** By `Unit` of shared/card/formatter.h. */
const UNITS = ['minute', 'hour', 'day', 'month', 'year', 'second'] as const;
/** By `MomentStyle`. */
const CLOCK: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const MOMENTS: readonly Intl.DateTimeFormatOptions[] = [
  CLOCK,
  { weekday: 'short', ...CLOCK },
  { day: 'numeric', month: 'short', ...CLOCK },
  { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK },
  { weekday: 'short', day: 'numeric' },
];
/** By `Plural`. */
const PLURALS: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];
/** By `HostFormat` of wasm/abi/host_formatter.h. */
const MAKERS: readonly ((lang: string, style: number, text: string) => Format)[] = [
  (lang, style) => {
    const format = new Intl.NumberFormat(lang, { style: 'unit', unit: UNITS[style] ?? 'day', unitDisplay: 'short' });
    return (number) => format.format(number);
  },
  (lang, style) => {
    const format = new Intl.RelativeTimeFormat(lang, { style: 'short' });
    return (number) => format.format(-number, UNITS[style] ?? 'day');
  },
  (lang, style, timeZone) => {
    // "06:00" or "6:00", as the language writes a time alone.
    const isPadded = String(format(lang, CLOCK_IN, 0, 0, 'UTC')).startsWith('00');
    const options = MOMENTS[style] ?? CLOCK;
    const moment = new Intl.DateTimeFormat(lang, { ...options, ...(options.hour && isPadded && { hour: '2-digit' }), timeZone: timeZone === BROWSERS_ZONE ? undefined : timeZone || 'UTC' });
    return (number) => moment.format(number);
  },
  (lang) => {
    const format = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
    return (number) => format.format(number);
  },
  (lang) => {
    const format = new Intl.NumberFormat(lang, { style: 'percent' });
    return (number) => format.format(number);
  },
  (lang) => {
    const format = new Intl.ListFormat(lang);
    return (_, text) => format.format(text.split('\0'));
  },
  (lang) => {
    const rules = new Intl.PluralRules(lang);
    return (number) => PLURALS.indexOf(rules.select(number));
  },
  (lang, _, timeZone) => {
    const format = new Intl.DateTimeFormat(lang, { timeStyle: 'short', timeZone });
    return (number) => format.format(number);
  },
];
const LIST = 5;
const CLOCK_IN = 7;

type Format = (number: number, text: string) => string | number;

const made = new Map<string, Format>();

/** Opens what the browser knows of the language, before anybody waits for it. */
export function warmFormats(lang: string): void {
  for (const what of [0, 2, 3]) format(lang, what, 0, 0, '');
}

/** Text, or the number of a plural category. What Intl does not know reads as English, in UTC; a clock elsewhere as nothing. */
export function format(lang: string, what: number, number: number, style: number, text: string): string | number {
  const key = `${lang} ${what} ${style} ${what === LIST ? '' : text}`;
  let known = made.get(key);
  if (known === undefined) {
    try {
      known = MAKERS[what]?.(lang, style, text);
    } catch {
      known = what === CLOCK_IN ? () => '' : MAKERS[what]?.('en', style, '');
    }
    made.set(key, (known ??= () => ''));
  }
  return known(number, text);
}

/**
 * Parts of the module that follow when they are needed (`wasm/abi/parts.json` says what is in which): which message needs one,
 * and who waits for it. A message that needs a part goes no further before the part is there, and neither does what the same
 * card is told after it.
 */

import type { CardId, Message, SectionName } from './messages.js';

export type PartName = 'more' | 'yaml' | 'settings';

export interface Queued {
  message: Message;
  body?: Uint8Array;
}

/** Sections that are folded, unless they are named. */
const FOLDED: readonly SectionName[] = ['status', 'insights', 'standards'];
const isFolded = (section: SectionName): boolean => FOLDED.includes(section);
/** What a card can be told at any time once it is open. */
const PASSIVE: readonly Message['type'][] = ['card.visible', 'card.viewport', 'card.style', 'card.pointer', 'card.focus', 'card.scroll'];

const NONE: readonly PartName[] = [];
const MORE: readonly PartName[] = ['more'];

/** Which parts have to be there before C++ hears the message. */
export function partsFor(message: Message): readonly PartName[] {
  if (message.type.startsWith('settings.')) return ['more', 'settings'];
  switch (message.type) {
    case 'card.entity':
      return message.json ? NONE : ['yaml'];
    case 'card.open':
    case 'card.configure':
      return message.config.sections?.some(isFolded) === true ? MORE : NONE;
    case 'card.activate':
    case 'card.input':
    case 'card.verdict':
    case 'journal.found':
      return MORE;
    default:
      return NONE;
  }
}

/** The message without what needs the part, for a page that cannot have it; undefined: nothing is left of it. */
export function withoutPart(message: Message, address: string): Message | undefined {
  switch (message.type) {
    case 'card.entity':
      return { type: 'card.entity-failed', card: message.card, reason: 'reader', address };
    case 'card.open':
    case 'card.configure':
      return { ...message, config: { ...message.config, sections: message.config.sections?.filter((section) => !isFolded(section)) ?? [] } };
    default:
      return undefined;
  }
}

const cardOf = (message: Message): CardId | undefined => ('card' in message ? message.card : undefined);

/** Messages that wait for a part, in their order. */
export class WaitingRoom {
  #waiting: Queued[] = [];

  constructor(private readonly lacks: (message: Message) => boolean) {}

  /** Whether the message may go on now; otherwise it waits here. */
  admits(queued: Queued): boolean {
    const { message } = queued;
    const card = cardOf(message);
    const isOfCard = (other: Queued): boolean => card !== undefined && cardOf(other.message) === card;
    const isUnopened = this.#waiting.some((other) => isOfCard(other) && other.message.type.endsWith('.open'));
    if (message.type === 'card.close') {
      this.#waiting = this.#waiting.filter((other) => !isOfCard(other));
      return !isUnopened;
    }
    const isBehind = isUnopened || (this.#waiting.some(isOfCard) && !PASSIVE.includes(message.type));
    if (!isBehind && !this.lacks(message)) return true;
    this.#waiting.push(queued);
    return false;
  }

  /** All of them, to be told again. */
  empty(): Queued[] {
    return this.#waiting.splice(0);
  }
}

/**
 * Parts of the module that follow when they are needed (`wasm/abi/parts.json` says what is in which): which message needs one,
 * and who waits for it. A message that needs a part goes no further before the part is there, and neither does what the same
 * card, or account among other tabs, is told after it.
 */

import type { CardConfig, CardId, Message, SectionName } from './messages.js';

export const PARTS = ['more', 'entity', 'yaml', 'settings', 'tabs'] as const;
export type PartName = (typeof PARTS)[number];

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
const TABS: readonly PartName[] = ['tabs'];
const ENTITY: readonly PartName[] = ['entity'];
export const ENTITY_IN_YAML: readonly PartName[] = ['entity', 'yaml'];

/** Values about which there is nothing to say: resolve_plain() in shared/entity/target.cpp takes all of these. */
const PLAIN = { serviceId: /^([PQ][A-Z0-9]{3,31})?$/, integrationKey: /^([A-Za-z0-9]{32})?$/, account: /^(?!your|change|replace|todo|tbd)[\w-]{0,255}$/i };

/** Of a service, and not empty. */
export const isPlainId = (id: string): boolean => id !== '' && PLAIN.serviceId.test(id);

function isPlain(config: CardConfig): boolean {
  const { serviceId = '', integrationKey = '', account = '', secrets = [] } = config;
  const namesOne = serviceId !== '' || integrationKey !== '' || config.expectsEntity === true;
  return namesOne && secrets.length === 0 && PLAIN.serviceId.test(serviceId) && PLAIN.integrationKey.test(integrationKey) && PLAIN.account.test(account);
}

/** Which parts have to be there before C++ hears the message. */
export function partsFor(message: Message): readonly PartName[] {
  if (message.type.startsWith('settings.')) return ['more', 'settings'];
  switch (message.type) {
    case 'card.entity':
      // One about which there is nothing to say is read without; C++ says if it is none (`entity-unread`).
      return message.plain ? NONE : message.json ? ENTITY : ENTITY_IN_YAML;
    case 'card.entity-failed':
      return message.reason === 'reader' ? NONE : ENTITY;
    case 'card.open':
    case 'card.configure':
      return [...(message.config.sections?.some(isFolded) === true ? MORE : NONE), ...(isPlain(message.config) ? NONE : ENTITY)];
    case 'card.activate':
    case 'card.input':
    case 'card.verdict':
    case 'journal.found':
      return MORE;
    case 'account.tab':
      return message.company || message.keeps ? TABS : NONE;
    case 'heard.wants':
    case 'heard.answer':
      return TABS;
    default:
      return NONE;
  }
}

/** The message without what needs the part, for a page that cannot have it; undefined: nothing is left of it. */
export function withoutPart(message: Message, part: PartName, address: string): Message | undefined {
  switch (message.type) {
    case 'card.entity':
    case 'card.entity-failed':
      return { type: 'card.entity-failed', card: message.card, reason: 'reader', address };
    case 'card.open':
    case 'card.configure':
      // It waits for what names its service.
      if (part === 'entity') return { ...message, config: { ...message.config, serviceId: '', integrationKey: '', secrets: [], expectsEntity: true } };
      return { ...message, config: { ...message.config, sections: message.config.sections?.filter((section) => !isFolded(section)) ?? [] } };
    case 'account.tab':
      return { ...message, role: 'alone', company: false, keeps: false };
    default:
      return undefined;
  }
}

/** Of whom the messages stay in their order. */
function subjectOf(message: Message): CardId | string | undefined {
  if ('card' in message) return message.card;
  return message.type === 'account.tab' || message.type.startsWith('heard.') ? (message as { account: string }).account : undefined;
}

/** Messages that wait for a part, in their order. */
export class WaitingRoom {
  #waiting: Queued[] = [];

  constructor(private readonly lacks: (message: Message) => boolean) {}

  /** Whether the message may go on now; otherwise it waits here. */
  admits(queued: Queued): boolean {
    const { message } = queued;
    const subject = subjectOf(message);
    const isOfIt = (other: Queued): boolean => subject !== undefined && subjectOf(other.message) === subject;
    const isUnopened = this.#waiting.some((other) => isOfIt(other) && other.message.type.endsWith('.open'));
    if (message.type === 'card.close') {
      this.#waiting = this.#waiting.filter((other) => !isOfIt(other));
      return !isUnopened;
    }
    const isBehind = isUnopened || (this.#waiting.some(isOfIt) && !PASSIVE.includes(message.type));
    if (!isBehind && !this.lacks(message)) return true;
    this.#waiting.push(queued);
    return false;
  }

  /** All of them, to be told again. */
  empty(): Queued[] {
    return this.#waiting.splice(0);
  }
}

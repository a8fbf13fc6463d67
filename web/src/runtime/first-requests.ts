/**
 * What a page's only card is going to ask, so that it can be asked while the module is on its way. Which requests these are the
 * module said itself, when it was built (web/first-requests.mjs).
 */

import type { Message } from './messages.js';
import { isPlainId, type Queued } from './parts.js';

export interface FirstRequests {
  account: string;
  paths: string[];
}

/** Of what waits for the module; undefined: that is not known yet, or there are several cards, whose requests become one. */
export function firstRequests(queue: readonly Queued[]): FirstRequests | undefined {
  const of = <T extends Message['type']>(type: T): Extract<Message, { type: T }>[] =>
    queue.map(({ message }) => message).filter((message): message is Extract<Message, { type: T }> => message.type === type);
  const [opened, another] = of('card.open');
  if (opened === undefined || another !== undefined) return undefined;
  const { serviceId, account = '', sections, entityRef, layout = 'full' } = (of('card.configure').at(-1) ?? opened).config;
  const role = of('account.tab').filter((told) => told.account === account).at(-1)?.role;
  if ((role !== 'leader' && role !== 'alone') || of('card.visible').at(-1)?.visible !== true) return undefined;
  const entity = queue.filter(({ message }) => message.type === 'card.entity').at(-1)?.body;
  const id = serviceId !== '' ? serviceId : entityRef === '' ? annotatedId(entity) : undefined;
  if (id === undefined || !isPlainId(id) || sections?.length !== 0) return undefined;
  return { account, paths: PDC_FIRST_REQUESTS[layout].map((path) => path.replaceAll('~', id)) };
}

/** As an entity in JSON has it; what C++ makes of it is what counts. */
function annotatedId(entity: Uint8Array | undefined): string | undefined {
  try {
    const { metadata } = JSON.parse(new TextDecoder().decode(entity)) as { metadata?: { annotations?: Record<string, string> } };
    return metadata?.annotations?.['pagerduty.com/service-id'];
  } catch {
    return undefined;
  }
}

/**
 * The last answers, kept in IndexedDB for the page after this one, so that a reload shows the last known card at once. Only
 * where the page asks for it (`keepSnapshot`): names and titles are then on the device. No secrets. A day old at most.
 */

import type { SharedAnswer } from './messages.js';

export interface Kept {
  answer: SharedAnswer;
  body: string;
}
interface Row extends Kept {
  scope: string;
  kind: string;
  id: string;
}

const DATABASE = 'pagerduty-card';
const STORE = 'answers';
const LONGEST_MS = 24 * 3600 * 1000;

let opened: Promise<IDBDatabase> | undefined;
function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ['scope', 'kind', 'id'] });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('no IndexedDB'));
  });
  return opened;
}

const rowsOf = (scope: string): IDBKeyRange => IDBKeyRange.bound([scope], [scope, []]);

/**
 * Storage may be off or full: then nothing is kept, and nothing else changes. Committed at once: a page that goes away in the next
 * moment would take back what it has not.
 */
async function inStore(mode: IDBTransactionMode, use: (store: IDBObjectStore) => void): Promise<void> {
  try {
    const transaction = (await open()).transaction(STORE, mode);
    use(transaction.objectStore(STORE));
    transaction.commit();
  } catch {
    opened = undefined;
  }
}

export function keepAnswer(scope: string, answer: SharedAnswer, body: string): void {
  const row: Row = { scope, kind: answer.kind, id: answer.id, answer, body };
  void inStore('readwrite', (store) => store.put(row));
}

export function forgetAnswers(scope: string): void {
  void inStore('readwrite', (store) => store.delete(rowsOf(scope)));
}

/** Those of the scope that are not too old; the others are removed. */
export async function keptAnswers(scope: string, now: number): Promise<Kept[]> {
  const rows = await new Promise<Row[]>((done) => {
    void inStore('readonly', (store) => {
      const request = store.getAll(rowsOf(scope)) as IDBRequest<Row[]>;
      request.onsuccess = () => done(request.result);
      request.onerror = () => done([]);
    }).then(() => opened === undefined && done([]));
  });
  const isFresh = ({ answer }: Row): boolean => now - (answer.fetchedAt ?? 0) < LONGEST_MS;
  const old = rows.filter((row) => !isFresh(row));
  if (old.length > 0) {
    void inStore('readwrite', (store) => old.forEach(({ kind, id }) => store.delete([scope, kind, id])));
  }
  return rows.filter(isFresh);
}

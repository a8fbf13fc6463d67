/**
 * Secrets that somebody wants remembered on this device: in IndexedDB, each encrypted (AES-GCM) with a key of this browser that no
 * script can read, only use. Eight hours at most. It protects a disk that is copied, not a page in which a foreign script runs.
 */

const DATABASE = 'pagerduty-card-secrets';
const STORE = 'secrets';
/** Of the row that holds the key; the others are named by what they hold. */
const KEY = '';
export const LONGEST_MS = 8 * 3600 * 1000;

interface Row {
  id: string;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
  until: number;
}
interface KeyRow {
  id: typeof KEY;
  key: CryptoKey;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

const encoder = new TextEncoder();
/** What a row's text is bound to: moved to another row it cannot be read. */
const cipherOf = (id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({ name: 'AES-GCM', iv, additionalData: encoder.encode(id) });

export class Vault {
  readonly #database: IDBDatabase;
  /** It may still be in the making. */
  #key: Promise<CryptoKey> | undefined;
  /** What is on its way into the vault, by id, the last word on each: what is forgotten meanwhile does not get there. */
  readonly #underWay = new Map<string, object>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(database: IDBDatabase, key: CryptoKey | undefined) {
    this.#database = database;
    this.#key = key && Promise.resolve(key);
  }

  /** Undefined where nothing can be kept safely: no secure context, no storage. */
  static async open(): Promise<Vault | undefined> {
    try {
      // The types do not know of insecure contexts.
      if ((crypto.subtle as SubtleCrypto | undefined) === undefined) return undefined;
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
      const database = await done(request);
      const row = (await done(database.transaction(STORE).objectStore(STORE).get(KEY))) as KeyRow | undefined;
      return new Vault(database, row?.key);
    } catch {
      return undefined;
    }
  }

  /** Whether somebody wants that. */
  get remembers(): boolean {
    return this.#key !== undefined;
  }

  /** What is kept, by id; what is too old, or cannot be read, is removed. */
  async read(): Promise<Map<string, string>> {
    const values = new Map<string, string>();
    const now = Date.now();
    let next = Infinity;
    for (const row of (await done(this.#database.transaction(STORE).objectStore(STORE).getAll())) as (Row | KeyRow)[]) {
      if ('key' in row) continue;
      // A clock that was put back must not make them live longer.
      const isFresh = row.until > now && row.until <= now + LONGEST_MS;
      const key = await this.#key;
      const text = isFresh && key !== undefined ? await this.#decrypt(key, row) : undefined;
      if (text === undefined) {
        await this.remove([row.id]);
      } else {
        values.set(row.id, text);
        next = Math.min(next, row.until);
      }
    }
    if (next !== Infinity) this.#forgetIn(next - now);
    return values;
  }

  /** Where things are remembered. */
  async put(id: string, text: string): Promise<void> {
    const turn = {};
    this.#underWay.set(id, turn);
    const key = await this.#key;
    if (key === undefined) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(cipherOf(id, iv), key, encoder.encode(text));
    if (this.#underWay.get(id) !== turn) return;
    await this.#change((store) => store.put({ id, iv, data, until: Date.now() + LONGEST_MS } satisfies Row));
    this.#forgetIn(LONGEST_MS);
  }

  async remove(ids: readonly string[]): Promise<void> {
    ids.forEach((id) => this.#underWay.delete(id));
    await this.#change((store) => ids.forEach((id) => store.delete(id)));
  }

  /** From now on things are remembered. */
  async begin(values: ReadonlyMap<string, string>): Promise<void> {
    const making = (this.#key ??= crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));
    const putting = [...values].map(([id, text]) => this.put(id, text));
    const key = await making;
    if (this.#key === making) await this.#change((store) => store.put({ id: KEY, key } satisfies KeyRow));
    await Promise.all(putting);
  }

  /** All of it, the key included. */
  async wipe(): Promise<void> {
    this.#key = undefined;
    this.#underWay.clear();
    await this.#change((store) => store.clear());
  }

  /** Also while the page stays open: the earliest first, then the next. */
  #forgetIn(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.read();
    }, Math.max(0, delayMs));
  }

  /** Committed at once: a page that goes away in the next moment would take back what it has not. */
  #change(change: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = this.#database.transaction(STORE, 'readwrite');
    change(transaction.objectStore(STORE));
    transaction.commit();
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB failed'));
    });
  }

  async #decrypt(key: CryptoKey, { id, iv, data }: Row): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await crypto.subtle.decrypt(cipherOf(id, iv), key, data));
    } catch {
      return undefined;
    }
  }
}

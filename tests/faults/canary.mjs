// Looks for a secret everywhere but where it belongs: the `Authorization` header of requests to the API (and the closure that
// makes it, which nothing can look into).

/** How the secret could be written: as it is, and as base64 at each of the three offsets. */
export function canaryForms(secret) {
  const forms = [secret];
  for (let offset = 0; offset < 3; ++offset) {
    const encoded = Buffer.from('x'.repeat(offset) + secret).toString('base64');
    // The characters at both ends depend on what stands beside it.
    forms.push(encoded.slice(offset === 0 ? 0 : offset + 1, -4));
  }
  return forms;
}

/** An init script for pages without virtual-page.mjs: notes what scanPage looks through. */
export function watchForScan() {
  const memories = [];
  const told = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    for (const thing of Object.values((made.instance ?? made).exports)) if (thing instanceof WebAssembly.Memory) memories.push(thing);
    return made;
  };
  const { postMessage } = BroadcastChannel.prototype;
  BroadcastChannel.prototype.postMessage = function (message) {
    told.push(`BroadcastChannel ${this.name}: ${JSON.stringify(message)}`);
    return postMessage.call(this, message);
  };
  for (const type of ['pd-error', 'pd-auth-required', 'pd-update', 'pd-ready']) addEventListener(type, ({ detail }) => told.push(`${type}: ${JSON.stringify(detail)}`));
  globalThis.virtual = { memories, told, asked: [] };
}

/** Runs in a page with virtual-page.mjs, or watchForScan. `forms`: what to look for. Returns where it was found. */
export async function scanPage(forms) {
  const found = [];
  const look = (where, text) => {
    if (typeof text === 'string' && forms.some((form) => text.includes(form))) found.push(where);
  };
  const lookInto = (where, value) => {
    const known = new WeakSet();
    try {
      look(where, JSON.stringify(value, (_key, item) => {
        if (typeof item === 'bigint') return String(item);
        if (typeof item !== 'object' || item === null) return item;
        if (known.has(item)) return undefined;
        known.add(item);
        if (ArrayBuffer.isView(item)) look(`${where}, bytes`, new TextDecoder('latin1').decode(item));
        if (item instanceof Map || item instanceof Set) return [...item];
        return item;
      }));
    } catch (error) {
      found.push(`${where}: cannot be looked into (${error})`);
    }
  };

  // The document: markup of every shadow root, values of fields, style sheets.
  const walk = (root, where) => {
    look(where, root.innerHTML);
    for (const element of root.querySelectorAll('*')) {
      if ('value' in element) look(`${where}: value of ${element.localName}`, String(element.value));
      if (element.shadowRoot) walk(element.shadowRoot, `${where}: shadow root of ${element.localName}`);
    }
    for (const sheet of root.adoptedStyleSheets ?? []) for (const rule of sheet.cssRules) look(`${where}: style`, rule.cssText);
  };
  look('document', document.documentElement.outerHTML);
  walk(document, 'document');
  look('address', location.href + document.cookie + document.title + JSON.stringify(history.state) + name);

  // Storage.
  for (const [where, storage] of [['localStorage', localStorage], ['sessionStorage', sessionStorage]]) lookInto(where, { ...storage });
  for (const { name: database, version } of await indexedDB.databases()) {
    const request = indexedDB.open(database, version);
    const opened = await new Promise((done) => {
      request.onsuccess = () => done(request.result);
      request.onerror = request.onblocked = () => done(undefined);
    });
    for (const store of opened?.objectStoreNames ?? []) {
      const records = opened.transaction(store).objectStore(store);
      for (const query of [records.getAll(), records.getAllKeys()]) {
        lookInto(`IndexedDB ${database}/${store}`, await new Promise((done) => (query.onsuccess = () => done(query.result))));
      }
    }
    opened?.close();
  }
  for (const cache of await caches.keys()) {
    const stored = await caches.open(cache);
    for (const request of await stored.keys()) {
      lookInto(`cache ${cache}`, [request.url, ...request.headers]);
      look(`cache ${cache}: ${request.url}`, await (await stored.match(request)).text());
    }
  }

  // What was said: events, channels, errors, addresses.
  const { told, asked, memories } = globalThis.virtual;
  for (const text of told) look(text.split(':', 1)[0], text);
  for (const { url } of asked) look('address of a request', url);
  for (const { name: resource } of performance.getEntries()) look('performance entry', resource);

  // What the page can ask the card and the module.
  const { card, pd } = globalThis;
  if (card) {
    lookInto('snapshot()', card.snapshot());
    lookInto('facts()', card.facts());
    for (const key in card) {
      // Of an element, only what is the card's own is worth a look; the rest is the document.
      if (!(key in HTMLElement.prototype) && typeof card[key] !== 'function') lookInto(`property ${key}`, card[key]);
    }
    lookInto('the element', card);
  }
  lookInto('exports', pd);
  if (typeof pd?.diagnostics === 'function') lookInto('diagnostics()', await pd.diagnostics());
  for (const key of Object.getOwnPropertyNames(globalThis)) {
    const type = typeof globalThis[key];
    if (type === 'string') look(`global ${key}`, globalThis[key]);
  }

  // The module's memory: as text of one byte a character (ASCII, UTF-8, Latin-1) and of two, wherever that may begin.
  for (const { buffer } of memories) {
    look('WebAssembly memory', new TextDecoder('latin1').decode(new Uint8Array(buffer)));
    for (const start of [0, 1]) look('WebAssembly memory, UTF-16', new TextDecoder('utf-16le').decode(new Uint8Array(buffer, start)));
  }
  if (memories.length === 0 && card) found.push('the module has no memory to look into: the scan is blind');
  return found;
}

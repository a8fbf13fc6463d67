// What a card asks PagerDuty first, as the module itself says: the page asks it while the module is on its way
// (src/runtime/first-requests.ts), and so knows nothing of PagerDuty's.
const LAYOUTS = ['full', 'compact', 'oncall', 'trigger'];
const SERVICE = 'PFIRSTREQUESTS';

/** By layout: paths of GET requests, with `~` in place of the service's id. `wasm`: the module's bytes. */
export async function firstRequests(wasm) {
  // It draws nothing here: whatever it asks of the page is 0.
  const { instance: { exports } } = await WebAssembly.instantiate(wasm, { host: new Proxy({}, { get: () => () => 0 }) });
  const { memory, pdc_alloc: alloc, pdc_send: send, pdc_take_effects: takeEffects } = exports;
  exports._initialize();
  const app = exports.pdc_create(1, 1);
  const tell = (message) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...message, now: 0 }));
    const at = alloc(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    if (send(app, at, bytes.length, 0, 0) !== 1) throw new Error(`the module does not understand ${message.type}`);
  };
  const effects = () => {
    const [at, size] = new Uint32Array(memory.buffer, takeEffects(app), 2);
    return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, at, size)));
  };
  tell({ type: 'page.visible', visible: true });
  tell({ type: 'page.online', online: true });
  const asked = LAYOUTS.map((layout, card) => {
    // Of an account of its own, or it would be asked for together with the last one's.
    const account = layout;
    tell({ type: 'account', account, region: 'us', connected: true, mayWrite: true, signsIn: false });
    tell({ type: 'account.tab', account, role: 'alone', company: false, keeps: false });
    tell({ type: 'card.open', card, config: { serviceId: SERVICE, account, layout } });
    tell({ type: 'card.visible', card, visible: true });
    return [layout, effects().filter(({ type, method }) => type === 'request' && method === 'GET').map(({ path }) => path.replaceAll(SERVICE, '~'))];
  });
  if (asked.some(([, paths]) => paths.length === 0)) throw new Error('a card that is opened asks for nothing: see web/first-requests.mjs');
  return Object.fromEntries(asked);
}

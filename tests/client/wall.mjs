// A page that shows many cards at once, all within the window, and the services that they show.
import { cardOf, pageText } from '../browser/harness.mjs';

export const kWallPages = {
  '/wall.html': pageText({ head: '<link rel="stylesheet" href="/wall.css">' }),
  '/wall-unconnected.html': pageText({ head: '<link rel="stylesheet" href="/wall.css">', script: '/unconnected.js' }),
  '/wall.css': 'main { display: grid; grid-template-columns: repeat(10, 320px); align-items: start; }',
};
export const kWallContext = { viewport: { width: 3300, height: 12_000 } };

/** Adds services to the simulator, each with an incident and a change event; gives their ids. */
export async function addServices(simulator, count) {
  const ids = [];
  for (let i = 0; i < count; ++i) {
    const { id } = await simulator.control({ op: 'data', kind: 'service', value: { name: `Service ${i + 1}` } });
    await simulator.control({ op: 'data', kind: 'incident', value: { service: id, title: `Trouble ${i + 1}`, agoMinutes: 5 } });
    await simulator.control({ op: 'data', kind: 'changeEvent', value: { service: id, summary: `Deploy ${i + 1}`, agoMinutes: 9 } });
    ids.push(id);
  }
  return ids;
}

export const cardsOf = (ids) => ids.map((id) => cardOf(id, 'loading="eager"')).join('');

/** Until every card of the page shows its data and nothing is under way. */
export const allShown = (page) => page.waitForFunction(() => {
  const cards = [...document.querySelectorAll('pagerduty-card')];
  const isShown = (card) => {
    const model = card.snapshot();
    return model !== null && model.busy !== true && model.sections.length > 0 && model.sections.every(({ state }) => state !== 'loading');
  };
  const underWay = globalThis.pd.diagnostics().accounts?.some(({ lane }) => lane.underWay > 0);
  return cards.length > 0 && cards.every(isShown) && underWay === false;
}, undefined, { polling: 50 });

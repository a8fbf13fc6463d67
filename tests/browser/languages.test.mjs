// The card in other languages: which one a page gets, that none of it is left in English, that a change of `lang` re-words it, and
// what happens without a language's file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { languageTags, readLanguage, readTable } from '../../web/languages.mjs';
import { cardOf, openStage, settled, show } from './harness.mjs';

const kNow = Date.UTC(2026, 2, 2, 9);
const kEntityCard = '<pagerduty-card entity="/catalog-info.yaml" entity-ref="checkout-api"></pagerduty-card>';

let stage;
before(async () => { stage = await openStage({ now: kNow }); });
after(() => stage.close());

/** All that a card says: texts, names and descriptions of its twin. */
const wordsOf = (card) => card.evaluate((element) => [...element.shadowRoot.querySelectorAll('.twin *')].flatMap((node) =>
  [node.childElementCount === 0 ? node.textContent : '', node.ariaLabel, node.title, node.getAttribute('placeholder')].filter(Boolean)));

const says = (card, text) => card.page().waitForFunction(
  ([element, wanted]) => element.shadowRoot.querySelector('.twin').textContent.includes(wanted), [card.handle, text]);
/** The card once it says `text`. */
async function cardThatSays(page, text) {
  const card = await settled(page);
  await says({ page: () => page, handle: await card.elementHandle() }, text);
  return card;
}

/** English texts that read otherwise in `tag`, as patterns of a whole text. */
function englishIn(tag) {
  const translation = readLanguage(tag);
  return readTable().flatMap(({ key, english }) => {
    const forms = typeof english === 'string' ? [[english, translation[key]]] : [[english.other, translation[key].other]];
    return forms.filter(([from, to]) => from !== to && /[a-z]/i.test(from.replaceAll(/\{\d\}/g, ''))).map(([from]) => new RegExp(
      `^${from.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`));
  });
}

for (const tag of languageTags()) {
  test(`A card in ${tag} has no text left in English, nor has its dialog`, async () => {
    const page = await stage.page({ cards: `<div lang="${tag}">${kEntityCard}</div>` });
    const card = await cardThatSays(page, readLanguage(tag).create);
    const english = englishIn(tag);
    const left = async () => (await wordsOf(card)).filter((word) => english.some((pattern) => pattern.test(word)));
    assert.deepEqual(await left(), []);
    assert.equal(await card.evaluate((element) => element.shadowRoot.querySelector('.card').lang), tag);
    await page.getByRole('button', { name: readLanguage(tag).create }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await left(), []);
    await page.getByRole('button', { name: readLanguage(tag).continue }).click();
    await page.getByText(readLanguage(tag).fieldTitleMissing).waitFor();
    assert.deepEqual(await left(), []);
  });
}

const kChoices = [
  { lang: 'de-AT', says: 'Incident melden' },
  { lang: 'pt', says: 'Criar incidente' },
  { lang: 'pt-PT', says: 'Criar incidente' },
  { lang: 'JA-jp', says: 'インシデントを作成' },
  { lang: 'fr', says: 'Create incident', cardLang: 'en' },
  { lang: 'en-GB', says: 'Create incident' },
  { lang: 'no tag', says: 'Create incident', cardLang: 'en' },
  { lang: '', says: 'Create incident', cardLang: 'en' },
];
for (const { lang, says: text, cardLang = lang } of kChoices) {
  test(`lang="${lang}" reads "${text}"`, async () => {
    const page = await stage.page({ cards: cardOf('PCHKOUT', `lang="${lang}"`) });
    const card = await cardThatSays(page, text);
    assert.equal(await card.evaluate((element) => element.shadowRoot.querySelector('.card').lang), cardLang);
  });
}

test('Times read as the region has them, in the zone of the card', async () => {
  const page = await stage.page({ cards: ['en-US', 'en-GB', 'de', 'ja'].map((lang) => cardOf('PCHKOUT', `lang="${lang}" time-zone="Asia/Tokyo" sections="oncall"`)).join(''), context: { viewport: { width: 640, height: 3000 } } });
  const ends = [];
  for (const index of [0, 1, 2, 3]) {
    const card = await settled(page, index);
    ends.push(await card.evaluate((element) => element.snapshot().sections[0].on_call[0].people[0].until));
  }
  assert.deepEqual(ends, ['until Tue 2:00 PM', 'until Tue 14:00', 'bis Di., 14:00', '14:00 (火) まで']);
});

test('A change of lang re-words the card: its own, an element\'s around it, the page\'s', async () => {
  const page = await stage.page({ cards: `<div id="around">${kEntityCard}</div>` });
  const card = await cardThatSays(page, 'Create incident');
  const steps = [
    ['Incident melden', () => { document.documentElement.lang = 'de'; }],
    ['Criar incidente', () => { document.querySelector('#around').lang = 'pt-BR'; }],
    ['インシデントを作成', () => { document.querySelector('pagerduty-card').lang = 'ja'; }],
    ['Criar incidente', () => { document.querySelector('pagerduty-card').removeAttribute('lang'); }],
    ['Create incident', () => { document.querySelector('#around').lang = 'en'; }],
  ];
  for (const [text, change] of steps) {
    await page.evaluate(change);
    await says({ page: () => page, handle: await card.elementHandle() }, text);
  }
});

test('A card within a shadow tree follows the lang of the element around that', async () => {
  const page = await stage.page();
  await page.evaluate(() => {
    const host = document.createElement('section');
    host.lang = 'de';
    document.querySelector('main').append(host);
    host.attachShadow({ mode: 'open' }).innerHTML = '<pagerduty-card service-id="PCHKOUT"></pagerduty-card>';
  });
  const card = await cardThatSays(page, 'Incident melden');
  await page.evaluate(() => { document.querySelector('section').lang = 'pt'; });
  await says({ page: () => page, handle: await card.elementHandle() }, 'Criar incidente');
});

test('An open dialog is re-worded with what was typed', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  await settled(page);
  await page.getByRole('button', { name: 'Create incident' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Kein Umlaut');
  await page.evaluate(() => { document.documentElement.lang = 'de'; });
  assert.equal(await page.getByRole('textbox', { name: 'Titel' }).inputValue(), 'Kein Umlaut');
});

test('A language is fetched once for all cards, and only when one asks for it', async () => {
  const page = await stage.page({ cards: cardOf('PCHKOUT') });
  const fetched = [];
  page.on('request', (request) => request.url().includes('/languages/') && fetched.push(new URL(request.url()).pathname));
  await cardThatSays(page, 'Create incident');
  assert.deepEqual(fetched, []);
  await show(page, `<div lang="de">${cardOf('PCHKOUT')}${cardOf('PSEARCH')}</div>`);
  await cardThatSays(page, 'Incident melden');
  await settled(page, 1);
  assert.deepEqual(fetched, ['/dist/languages/de.json']);
});

const kTroubles = [
  { name: 'is not there', fulfill: { status: 404, body: '' }, warns: /HTTP 404/ },
  { name: 'cannot be reached', warns: /could not be used/ },
  { name: 'is no JSON', fulfill: { status: 200, body: '<html>' }, warns: /could not be used/ },
  { name: 'is of another release', fulfill: { status: 200, body: '{"of":1,"texts":["x"],"engine":{}}' }, warns: /another release/ },
];
for (const { name, fulfill, warns } of kTroubles) {
  test(`A language that ${name} leaves the card in English, and the console says so once`, async () => {
    const warnings = [];
    const page = await stage.page({
      expects: [/speaks English instead of de/, /Failed to load resource/],
      prepare: async (opened) => {
        opened.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
        await opened.route('**/languages/de.json', (route) => (fulfill ? route.fulfill(fulfill) : route.abort()));
      },
    });
    await show(page, `<div lang="de">${cardOf('PCHKOUT')}${cardOf('PSEARCH')}</div>`);
    const card = await cardThatSays(page, 'Create incident');
    await settled(page, 1);
    assert.equal(await card.evaluate((element) => element.shadowRoot.querySelector('.card').lang), 'en');
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], warns);
    assert.match(warnings[0], /\/dist\/languages\/de\.json/);
  });
}

test('What went wrong is said in the page\'s language; the event stays in English', async () => {
  const page = await stage.page({ expects: [/Failed to load resource/] });
  await page.evaluate(() => {
    globalThis.errors = [];
    addEventListener('pd-error', ({ detail }) => globalThis.errors.push(detail.message));
  });
  await show(page, '<pagerduty-card lang="de" entity="/nowhere.yaml"></pagerduty-card>');
  const card = await cardThatSays(page, 'antwortet mit HTTP 404.');
  assert.ok((await wordsOf(card)).includes('Der Deskriptor ist nicht lesbar'));
  assert.match((await page.evaluate(() => globalThis.errors)).join(), /answered with HTTP 404\./);
});

test('A card that cannot start says so in the page\'s language', async () => {
  const page = await stage.page({
    expects: [/pagerduty-card/, /Failed to load resource/],
    prepare: (opened) => opened.route('**/pagerduty-card.wasm', (route) => route.fulfill({ status: 404, body: '' })),
  });
  await show(page, cardOf('PCHKOUT', 'lang="ja"'));
  await page.getByRole('alert').getByText(readLanguage('ja').engine.couldNotStart).waitFor();
});

// What a card can be in the middle of when a fault strikes. `layout` decides which parts of it can say what is wrong.
//
//   needs     what the card is given: a service's id, its integration key, or both
//   shown     the parts that tell an error of their data ('card': the notice above all)
//   before    brings a loaded card into the state (the fault is not there yet); absent: nothing is loaded when it strikes
//   write     what is under way, and how PagerDuty shows that it was done
const kFull = ['card', 'incidents', 'oncall'];

export const kTitle = 'Basket empties itself';

async function openCreate(stage) {
  await stage.press('action:create');
  await stage.type('field:title', kTitle);
}

async function confirmCreate(stage) {
  await openCreate(stage);
  await stage.press('dialog:next');
}

const loaded = async () => undefined;
const creation = {
  before: confirmCreate,
  request: { method: 'POST' },
  /** All incidents that the intent may have made. */
  made: ({ incidents, own }) => incidents.filter(({ id }) => id !== own.id),
};

export const kStates = [
  { name: 'first load', needs: 'both', shown: kFull },
  { name: 'fresh', needs: 'both', shown: kFull, before: loaded },
  {
    name: 'stale', needs: 'both', shown: kFull,
    // Twenty minutes in a hidden tab.
    before: async (stage) => {
      await stage.setVisible(false);
      await stage.advance(20 * 60_000);
    },
    after: (stage) => stage.setVisible(true),
  },
  { name: 'dialog: edit', needs: 'both', shown: kFull, before: openCreate, dialog: 'field:title' },
  { name: 'dialog: confirm', needs: 'both', shown: kFull, before: confirmCreate, dialog: 'dialog:confirm' },
  { name: 'trigger', needs: 'both', shown: kFull, write: { ...creation, api: 'events' } },
  { name: 'create', needs: 'id', shown: kFull, write: { ...creation, api: 'rest' } },
  {
    name: 'acknowledge', needs: 'id', shown: kFull,
    write: {
      api: 'rest',
      before: (stage, own) => stage.press(`ack:${own.id}`),
      request: { method: 'PUT' },
      made: ({ own }) => (own.status === 'acknowledged' ? [own] : []),
    },
  },
  {
    name: 'resolve', needs: 'both', shown: kFull,
    write: {
      api: 'rest',
      before: (stage, own) => stage.press(`resolve:${own.id}`),
      request: { method: 'PUT' },
      made: ({ own }) => (own.status === 'resolved' ? [own] : []),
    },
  },
  { name: 'compact', needs: 'both', attributes: { layout: 'compact' }, shown: kFull, before: loaded },
  { name: 'on call', needs: 'both', attributes: { layout: 'oncall' }, shown: ['card', 'oncall'], before: loaded },
  { name: 'only button: first load', needs: 'both', attributes: { layout: 'trigger' }, shown: ['card'] },
  { name: 'only button: trigger', needs: 'both', attributes: { layout: 'trigger' }, shown: ['card'], write: { ...creation, api: 'events' } },
  { name: 'read-only', needs: 'id', attributes: { 'read-only': '' }, shown: kFull, before: loaded },
  { name: 'key only', needs: 'key', shown: kFull, before: loaded },
];

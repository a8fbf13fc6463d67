// @ts-check
// The people and teams of the simulated shop. Nobody here exists.

/** @type {import('../model/types.mjs').Team[]} */
export const kTeams = [
  { id: 'PTMCHKT', name: 'Checkout', description: 'Carts, payment and order placement' },
  { id: 'PTMSRCH', name: 'Search 検索', description: 'Index, ranking and suggestions' },
  { id: 'PTMLOYL', name: 'Loyalty', description: 'Points, vouchers and gifts' },
  { id: 'PTMPLAT', name: 'Platform', description: 'Identity, messaging and observability' },
  { id: 'PTMWARE', name: 'Склад и доставка', description: null },
];

/**
 * id, name, job title, time zone, teams, colour, role.
 * @type {[string, string, string | null, string, string[], string, string][]}
 */
const kRows = [
  ['PUMIRAV', 'Mira Valentova', 'Senior engineer', 'Europe/Prague', ['PTMCHKT'], 'purple', 'user'],
  ['PUTOBEK', 'Tobias Ekström', 'Engineer', 'Europe/Stockholm', ['PTMCHKT'], 'teal', 'user'],
  ['PUANAIS', 'Anaïs Lefèvre-Dupré', 'Site reliability engineer', 'Europe/Paris', ['PTMCHKT', 'PTMPLAT'], 'red', 'admin'],
  ['PUJOSEP', 'José Ángel Peñaranda', 'Engineer', 'Europe/Madrid', ['PTMCHKT'], 'orange', 'user'],
  ['PUGRETA', 'Greta Osterholt', 'Engineering manager', 'Europe/Berlin', ['PTMCHKT', 'PTMLOYL'], 'green', 'admin'],
  ['PUHANAE', '藤森 花恵', '検索エンジニア', 'Asia/Tokyo', ['PTMSRCH'], 'blue', 'user'],
  ['PUKENTA', '桐生 健太', null, 'Asia/Tokyo', ['PTMSRCH'], 'brown', 'user'],
  ['PUOLENA', 'Олена Бережна', 'Провідна інженерка', 'Europe/Kyiv', ['PTMSRCH', 'PTMWARE'], 'medium-blue', 'user'],
  ['PUMAXIM', 'Максим Заречный', null, 'Europe/Kyiv', ['PTMSRCH', 'PTMWARE'], 'dark-slate-grey', 'limited_user'],
  ['PUPRIYA', 'Priya Raghunathan', 'Staff engineer', 'Asia/Kolkata', ['PTMLOYL', 'PTMPLAT'], 'magenta', 'user'],
  ['PUSIENA', 'Siena Okonkwo-Wright', 'Engineer', 'America/New_York', ['PTMLOYL', 'PTMPLAT'], 'dark-orange', 'user'],
  ['PULUCJA', 'Łucja Wiśniowska', 'Engineer', 'Europe/Warsaw', ['PTMLOYL'], 'royal-blue', 'user'],
  ['PUDEVON', 'Devon Hartigan', 'Platform engineer', 'America/Los_Angeles', ['PTMPLAT'], 'dark-red', 'user'],
  ['PUNOORA', 'Noor al-Sabbagh', 'Platform engineer', 'Europe/London', ['PTMPLAT'], 'sea-green', 'user'],
  ['PUROBIN', 'Robin “Rocket 🚀” Castellane', 'Director of engineering', 'America/New_York', ['PTMPLAT'], 'crimson', 'owner'],
];

/** The user of the user-level token, and of a sign-in. */
export const kCurrentUser = 'PUANAIS';

/** @returns {import('../model/types.mjs').User[]} */
export function makePeople() {
  return kRows.map(([id, name, jobTitle, timeZone, teams, color, role]) => ({
    id,
    name,
    jobTitle,
    timeZone,
    teams,
    color,
    role,
    description: null,
    email: `${id.slice(2).toLowerCase()}@example.com`,
  }));
}

/** @type {import('../model/types.mjs').Priority[]} */
export const kPriorities = [
  { id: 'PPRIO01', name: 'P1', description: 'Customers cannot buy, or data is at risk', color: 'a8171c' },
  { id: 'PPRIO02', name: 'P2', description: 'A main function is impaired for many customers', color: 'eb6016' },
  { id: 'PPRIO03', name: 'P3', description: 'Some customers notice; the owner acts today', color: 'f9b406' },
  { id: 'PPRIO04', name: 'P4', description: 'No customer notices yet', color: '555555' },
  { id: 'PPRIO05', name: 'P5', description: 'Cosmetic', color: 'bbbbbb' },
];

// @ts-check
// Acme Shop, a company that does not exist, as it stands at `now`.
import { kAbilities, kDependencies, makeServices } from './services.mjs';
import { kPriorities, kTeams, makePeople } from './people.mjs';
import { makePolicies, makeSchedules, makeWindows } from './on-call.mjs';

/** All but its history. @param {number} now */
export function makeCompany(now) {
  return {
    users: makePeople(),
    teams: structuredClone(kTeams),
    priorities: structuredClone(kPriorities),
    schedules: makeSchedules(now),
    policies: makePolicies(),
    services: makeServices(now),
    windows: makeWindows(now),
    dependencies: structuredClone(kDependencies),
    abilities: [...kAbilities],
    incidents: /** @type {import('../model/types.mjs').Incident[]} */ ([]),
    changes: /** @type {import('../model/types.mjs').ChangeEvent[]} */ ([]),
    nextNumber: 4201,
  };
}

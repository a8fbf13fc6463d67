// @ts-check
// Records as the JSON that the API answers with: references by default, whole objects where
// `include[]` asks for them.
export { priority, team, user, userReference } from './people.mjs';
export { changeEvent, integration, maintenanceWindow, service } from './services.mjs';
export { onCall, override, policy, schedule, scheduleSummary } from './on-call.mjs';
export { alert, incident, logEntry, note, responderRequest } from './incidents.mjs';

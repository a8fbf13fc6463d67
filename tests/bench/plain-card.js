// The reference of the browser benchmark: a card of plain DOM that shows the same data as `<pagerduty-card>` in the
// most direct way, each card with requests of its own.
import config from '/demo-config.json' with { type: 'json' };

const headers = { Authorization: `Token token=${config.token}`, Accept: 'application/vnd.pagerduty+json;version=2' };

async function get(path) {
  const response = await fetch(config.apiBase + path, { headers });
  return response.json();
}

function list(parent, title, lines) {
  parent.append(Object.assign(document.createElement('h3'), { textContent: title }));
  const items = parent.appendChild(document.createElement('ul'));
  for (const line of lines) items.append(Object.assign(document.createElement('li'), { textContent: line }));
}

class PlainCard extends HTMLElement {
  connectedCallback() {
    this.refresh();
  }

  async refresh() {
    const id = this.getAttribute('service-id');
    const [{ service }, { incidents }, { change_events: changes }] = await Promise.all([
      get(`/services/${id}`),
      get(`/incidents?service_ids[]=${id}&statuses[]=triggered&statuses[]=acknowledged&date_range=all&limit=100`),
      get(`/services/${id}/change_events?limit=5`),
    ]);
    const { oncalls } = await get(`/oncalls?escalation_policy_ids[]=${service.escalation_policy.id}&include[]=users&limit=100`);
    this.replaceChildren(Object.assign(document.createElement('h2'), { textContent: `${service.name}: ${service.status}` }));
    list(this, 'Incidents', incidents.map(({ incident_number: number, title, status }) => `#${number} ${title} (${status})`));
    list(this, 'Changes', changes.map(({ summary }) => summary));
    list(this, 'On call', oncalls.map(({ user, escalation_level: level }) => `${level}: ${user.summary}`));
    this.dispatchEvent(new CustomEvent('pd-ready', { bubbles: true }));
  }
}
customElements.define('plain-card', PlainCard);

// The examples of a document at work: cards of the simulated PagerDuty, and styles that hold for all cards of the page.
import './connect.js';

// Style sheets that a script makes need no permission of the page's policy.
const sheets = [...document.querySelectorAll('script.live[type="text/css"]')].map(({ textContent }) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(textContent);
  return sheet;
});
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets];

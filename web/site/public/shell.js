// What all pages of the site have. Light, dark or as the system has it, chosen once for all of them: a classic script, so that it is known
// before anything is seen. And the list of documents, open where it has a column of its own.
(() => {
  const kKey = 'pagerduty-card-site:theme';
  const read = () => {
    try {
      return localStorage.getItem(kKey) ?? 'auto';
    } catch {
      return 'auto'; // storage is forbidden
    }
  };
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
    for (const element of document.querySelectorAll('pagerduty-card:not([data-theme-fixed]), pagerduty-settings')) {
      if (theme === 'auto') element.removeAttribute('theme');
      else element.setAttribute('theme', theme);
    }
  };
  document.documentElement.dataset.theme = read();
  addEventListener('DOMContentLoaded', () => {
    // An example may show a theme of its own.
    for (const card of document.querySelectorAll('pagerduty-card[theme]')) card.dataset.themeFixed = '';
    const radios = document.querySelectorAll('body:not(.gallery) input[name="theme"]');
    for (const radio of radios) {
      radio.checked = radio.value === read();
      radio.addEventListener('change', () => {
        apply(radio.value);
        try {
          localStorage.setItem(kKey, radio.value);
        } catch {
          // It holds for this page, then.
        }
      });
    }
    if (radios.length > 0) apply(read());
    const side = document.querySelector('.side');
    if (side === null) return;
    const hasColumn = matchMedia('(min-width: 60rem)');
    const place = () => { side.open = hasColumn.matches; };
    hasColumn.addEventListener('change', place);
    place();
  });
})();

// What several pages do with their DOM.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** The button #copy copies what is in #snippet; #copied says so to who does not see it. */
export function makeCopyButton() {
  const [button, snippet, copied] = ['copy', 'snippet', 'copied'].map((id) => document.getElementById(id));
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(snippet.textContent);
      copied.textContent = button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(snippet);
      copied.textContent = 'Copying was not allowed. The text is selected: press Ctrl+C.';
    }
    button.addEventListener('blur', () => { button.textContent = 'Copy'; }, { once: true });
  });
}

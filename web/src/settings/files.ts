/** Files that the viewer saves and chooses. */

export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** In a viewer's click. A file larger than any settings is cut: C++ says that it is too large. */
export function chooseText(chosen: (text: string) => void): void {
  const MOST_BYTES = 70_000;
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    void input.files?.[0]?.slice(0, MOST_BYTES).text().then(chosen);
  });
  input.click();
}

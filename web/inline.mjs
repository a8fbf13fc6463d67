// Bundles that have in them what the others fetch, as zlib's deflate in base64, which every browser that runs the module can undo.
// The whole bundle, measured in KB as it lies there, by gzip and by brotli: so 494, 326 and 322; as base64 of the plain bytes 1,020,
// 413 and 337; as hexadecimal 1,473, 356 and 283. Pages with one file come from disks, wikis and hosts that send gzip or nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** The name that a page without modules has for what the other form exports. */
const GLOBAL = 'pagerdutyCard';

/** How each form is wrapped: the files stand before the bundle, on lines of their own, so that its source map is of the code alone. */
export const asModule = { name: 'pagerduty-card.inline', format: 'esm', banner: (files) => `const PDC_FILES=${files};` };
export const asScript = {
  name: 'pagerduty-card.classic', format: 'iife', globalName: 'PDC_EXPORTS',
  banner: (files) => `var ${GLOBAL}=(()=>{const PDC_FILES=${files};`, footer: 'return PDC_EXPORTS})();',
};

/** esbuild's options for a form of `files` in `folder`. */
export function embed({ name, format, globalName, banner, footer }, folder, files, { define }) {
  const packed = Object.fromEntries(files.map((file) => [file.replaceAll('\\', '/'), deflateSync(readFileSync(join(folder, file)), { level: 9 }).toString('base64')]));
  return {
    entryPoints: { [name]: 'src/entries/inline.ts' },
    format,
    globalName,
    // package.json tells bundlers which of the files that ship register an element, not which of these sources.
    ignoreAnnotations: true,
    define: { ...define, 'import.meta.url': '"inline:/"' },
    banner: { js: banner(JSON.stringify(packed)) },
    ...(footer && { footer: { js: footer } }),
  };
}

export const filesInside = {
  name: 'files inside',
  setup({ onResolve }) {
    onResolve({ filter: /\/open-file\.js$/ }, ({ importer }) =>
      importer.endsWith('embedded.ts') ? undefined : { path: join(import.meta.dirname, 'src/entries/embedded.ts') });
  },
};

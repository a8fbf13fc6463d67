// What of others is in the files that ship: sbom.cdx.json (CycloneDX) and the licences' texts. build.mjs writes both; they hold no
// date and no path, so that two builds are equal.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const web = import.meta.dirname;
const LLVM = 'Apache-2.0 WITH LLVM-exception';
/** What the module is linked from, by its name in cmake/pins.txt; the other pins there are for native tests. */
const LINKED = { imgui: 'MIT', 'yaml-cpp': 'MIT', json: 'MIT' };
const NOT_SHIPPED = ['googletest', 'stb'];

function pinnedSources() {
  const lines = readFileSync(join(web, '../cmake/pins.txt'), 'utf8').split('\n').filter((line) => line.startsWith('source '));
  return lines.map((line) => line.split(/\s+/)).map(([, name, , , , , repository, tag]) => ({ name, repository: repository.replace(/\.git$/, ''), tag }));
}

/** Where CMake has taken a pinned source from. */
function folderOf(name, buildDir) {
  const cache = join(buildDir, 'CMakeCache.txt');
  const cached = new RegExp(`^FETCHCONTENT_SOURCE_DIR_${name.toUpperCase()}:PATH=(.+)$`, 'm').exec(existsSync(cache) ? readFileSync(cache, 'utf8') : '');
  return cached?.[1] ?? join(buildDir, `_deps/${name}-src`);
}

function licenseIn(folder, what) {
  const file = existsSync(folder) ? readdirSync(folder).filter((name) => /^(LICEN[CS]E|COPYRIGHT)(\.(txt|md|MIT))?$/.test(name)).sort()[0] : undefined;
  if (file === undefined) throw new Error(`${what}: there is no licence in ${folder}; web/third-party.mjs looks for it there`);
  return readFileSync(join(folder, file), 'utf8').trim();
}

/** {name, version, license, purl, text?} of each. `npm`: folders of packages that are bundled; `buildDir`: CMake's of the module. */
export function thirdParty(npm, buildDir) {
  const sources = pinnedSources();
  const undecided = sources.filter(({ name }) => !(name in LINKED) && !NOT_SHIPPED.includes(name));
  if (undecided.length > 0) throw new Error(`${undecided.map(({ name }) => name).join(', ')}: say in web/third-party.mjs whether it is in what ships`);
  const linked = sources.filter(({ name }) => name in LINKED).map(({ name, repository, tag }) => ({
    name, version: tag.replace(/^v/, ''), license: LINKED[name], purl: `pkg:github/${repository.split('/').slice(-2).join('/')}@${tag}`, text: licenseIn(folderOf(name, buildDir), name),
  }));
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pagerduty-card');
  const emscripten = readFileSync(join(cache, 'emscripten/root'), 'utf8').trim();
  const version = readFileSync(join(emscripten, 'emscripten-version.txt'), 'utf8').replace(/["\s]/g, '');
  // Its package need not bring its licence along; the terms are those of every MIT licence.
  const terms = licenseIn(folderOf('json', buildDir), 'json').replace(/^[^]*?(?=Permission is hereby granted)/, '');
  const library = (name, license, text) => ({ name, version, license, purl: `pkg:github/emscripten-core/emscripten@${version}`, ...(text !== undefined && { text }) });
  const packages = npm.map((folder) => {
    const { name, version: its, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version: its, license, purl: `pkg:npm/${name}@${its}`, text: licenseIn(folder, name) };
  });
  return [
    ...linked,
    library('emscripten', 'MIT', `Copyright (c) 2010-2014 Emscripten authors\n\n${terms}`),
    library('musl (with Emscripten)', 'MIT', licenseIn(join(emscripten, 'system/lib/libc/musl'), 'musl')),
    // Object code needs no notice, says the exception.
    library('libc++, libc++abi, compiler-rt (with Emscripten)', LLVM),
    ...packages,
  ];
}

export function licenceTexts(components) {
  const rule = '-'.repeat(80);
  return components.map(({ name, version, license, text }) => `${rule}\n${name} ${version}: ${license}\n${rule}\n\n${text ?? 'https://llvm.org/LICENSE.txt'}\n`).join('\n');
}

export function makeSbom(components, { name, version, license }) {
  const licenses = (id) => [id.includes(' ') ? { expression: id } : { license: { id } }];
  const own = `pkg:npm/${name}@${version}`;
  const refOf = (component) => `${component.name}@${component.version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'library', 'bom-ref': own, name, version, licenses: licenses(license), purl: own } },
    components: components.map((component) => ({
      type: 'library', 'bom-ref': refOf(component), name: component.name, version: component.version, licenses: licenses(component.license), purl: component.purl,
    })),
    dependencies: [{ ref: own, dependsOn: components.map(refOf) }, ...components.map((component) => ({ ref: refOf(component) }))],
  };
}

// Constants that only one part of the module reads: what C++ has put between "<pd-part NAME" and "</pd-part". They are taken out
// of the memory that every page loads, and stand in the part, which writes them to their place when it is added.

import { moduleOf, number, readNumber, sectionsOf } from './wasm_bytes.mjs';

const DATA = 11;
const DATA_COUNT = 12;
const END = Buffer.from('</pd-part');

/** `[{ address, bytes }]`, by address. */
function readData(content) {
  const segments = [];
  let [count, at] = readNumber(content, 0);
  for (; count > 0; --count) {
    // Active, in the one memory: i32.const ADDRESS end.
    if (content[at] !== 0 || content[at + 1] !== 0x41) throw new Error('a data segment has no address of its own');
    const [address, end] = readNumber(content, at + 2, true);
    const [size, from] = readNumber(content, end + 1);
    segments.push({ address, bytes: content.subarray(from, from + size) });
    at = from + size;
  }
  return segments.sort((a, b) => a.address - b.address);
}

const writeData = (segments) => Buffer.concat([number(segments.length),
  ...segments.flatMap(({ address, bytes }) => [Buffer.from([0, 0x41]), number(address, true), Buffer.from([0x0b]), number(bytes.length), bytes])]);

/** `without`: the module that lacks them; `ofPart`: by the part's name, `{ address, bytes }`. */
export function takePartData(wasm) {
  const sections = sectionsOf(wasm);
  let segments = readData(sections.find(({ id }) => id === DATA).content);
  const image = Buffer.alloc(Math.max(...segments.map(({ address, bytes }) => address + bytes.length)));
  for (const { address, bytes } of segments) bytes.copy(image, address);
  const ofPart = new Map();
  for (const { index, 0: mark, 1: name } of image.toString('latin1').matchAll(/<pd-part (\w+)(?=>)/g)) {
    const address = index + mark.length;
    const end = image.indexOf(END, address);
    if (end < 0) throw new Error(`the constants of the part "${name}" have no end`);
    ofPart.set(name, { address, bytes: Buffer.from(image.subarray(address, end)) });
    const [from, to] = [index, end + END.length];
    segments = segments.flatMap((segment) => [
      { address: segment.address, bytes: segment.bytes.subarray(0, Math.max(0, from - segment.address)) },
      { address: Math.max(segment.address, to), bytes: segment.bytes.subarray(Math.max(0, to - segment.address)) },
    ]).filter(({ bytes }) => bytes.length > 0);
  }
  const without = moduleOf(sections.map(({ id, content }) =>
    ({ id, content: id === DATA ? writeData(segments) : id === DATA_COUNT ? number(segments.length) : content })));
  return { without, ofPart };
}

/** A part with its constants. */
export const withData = (part, data) => moduleOf([...sectionsOf(part), { id: DATA, content: writeData([data]) }]);

import { concat, leb, mapSections, Reader, Section, sectionOf, signedLeb } from "./binary.ts";

const I32_CONST = 0x41;
const END = 0x0b;

interface Segment {
  /** First address, and the first behind. */
  start: number;
  end: number;
  /** The bytes that it writes. */
  data: Uint8Array;
}

/**
 * Drops static data that no code refers to any more: texts of aborts that cannot happen, names of classes that are not
 * used. AssemblyScript writes one segment for each object; a number of the code (`text` is the module in text form) that
 * lies inside a segment, or one in the data of a kept segment, counts as an address of it. What is left is packed.
 * `blockSizes`: whether the image's allocator reads the sizes of blocks.
 */
export function dropUnusedData(wasm: Uint8Array, text: string, blockSizes: boolean): Uint8Array {
  const segments = segmentsOf(wasm);
  const kept = new Set<Segment>();
  const found = numbersIn(text);
  for (const number of found) {
    for (const segment of segments) {
      if (kept.has(segment) || number < segment.start || number >= segment.end) continue;
      kept.add(segment);
      const words = new DataView(segment.data.buffer, segment.data.byteOffset, segment.data.byteLength);
      for (let at = 0; at + 4 <= words.byteLength; at += 4) found.add(words.getUint32(at, true));
    }
  }
  return mapSections(wasm, ({ id, body }) => {
    // Only `memory.init` needs the count, and segments of its kind are not among these.
    if (id === Section.dataCount) return undefined;
    if (id !== Section.data) return body;
    if (kept.size === 0) return undefined;
    const packed = pack(segments.filter((one) => kept.has(one)).map((one) => (blockSizes ? one : withoutBlockSize(one))));
    return concat([Uint8Array.from(leb(packed.length)), ...packed]);
  });
}

/** Fewer zeros than this between two bytes take less room than the head of another segment. */
const HEAD = 8;

/** The same bytes in memory by segments without long runs of zeros. */
function pack(segments: Segment[]): Uint8Array[] {
  const runs: { start: number; bytes: number[] }[] = [];
  for (const { start, data } of segments.toSorted((a, b) => a.start - b.start)) {
    data.forEach((byte, index) => {
      if (byte === 0) return;
      const last = runs.at(-1);
      const gap = last ? start + index - last.start - last.bytes.length : HEAD;
      if (last && gap < HEAD) last.bytes.push(...new Array<number>(gap).fill(0), byte);
      else runs.push({ start: start + index, bytes: [byte] });
    });
  }
  return runs.map(({ start, bytes }) => Uint8Array.from([0, I32_CONST, ...signedLeb(start), END, ...leb(bytes.length), ...bytes]));
}

/**
 * The header of a static object begins with a block size as on the heap. Only the collector's allocator reads it, to grow
 * an object in place; as zeros it takes no bytes.
 */
function withoutBlockSize(segment: Segment): Segment {
  const { data } = segment;
  const words = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isObject = data.length >= 20 && words.getUint32(0, true) === data.length - 4 && words.getUint32(4, true) === 0 && words.getUint32(8, true) === 0;
  return isObject ? { ...segment, data: data.slice().fill(0, 0, 4) } : segment;
}

/** The lowest address that the module's data writes to; `undefined` when it has none. */
export function lowestData(wasm: Uint8Array): number | undefined {
  const starts = segmentsOf(wasm).map(({ start }) => start);
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/** Active segments of memory 0 with a constant offset: the only kind that asc, clang and Binaryen write here. */
function segmentsOf(wasm: Uint8Array): Segment[] {
  const body = sectionOf(wasm, Section.data);
  if (!body) return [];
  const reader = new Reader(body);
  return reader.list(() => {
    if (reader.byte() !== 0 || reader.byte() !== I32_CONST) throw new Error("data segment without a constant address");
    const start = reader.i32();
    if (reader.byte() !== END) throw new Error("data segment without a constant address");
    const data = reader.take(reader.u32()).slice();
    return { start, end: start + data.length, data };
  });
}

/** A module's text without its data, which can be megabytes, and without places in sources. */
export function withoutData(text: string): string {
  return text.replaceAll(/^ \(data .*$|^ *;;@.*$/gm, "");
}

/** Every number that could be an address: constants, and offsets of loads and stores. */
function numbersIn(text: string): Set<number> {
  const numbers = new Set<number>();
  // A segment's own address is no use of it.
  const code = withoutData(text);
  for (const [, value] of code.matchAll(/(?:i32\.const |offset=)(-?\d+)/g)) numbers.add(Number(value) >>> 0);
  return numbers;
}

import { concat, HEADER, leb, Reader, Section, sectionsOf } from "./binary.ts";

/** Subsection of the name section (core specification, appendix, custom sections). */
const LOCALS = 2;

/**
 * A module without the names of its locals: in text, Binaryen writes a nameless local as its index, which is also the name
 * that another one may have. Code stays where it is, since source maps count the bytes in front of it.
 */
export function dropLocalNames(wasm: Uint8Array): Uint8Array {
  const sections = [...sectionsOf(wasm)].map(({ id, body, bytes }) => {
    if (id !== Section.custom || new Reader(body).name() !== "name") return bytes;
    const kept = withoutLocals(body);
    return concat([Uint8Array.of(id, ...leb(kept.length)), kept]);
  });
  return concat([wasm.subarray(0, HEADER), ...sections]);
}

function withoutLocals(body: Uint8Array): Uint8Array {
  const reader = new Reader(body);
  reader.name();
  const parts = [body.subarray(0, reader.at)];
  while (reader.left > 0) {
    const start = reader.at;
    const id = reader.byte();
    reader.take(reader.u32());
    if (id !== LOCALS) parts.push(body.subarray(start, reader.at));
  }
  return concat(parts);
}

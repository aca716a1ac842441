// The binary format as far as the linker and the stripper need it (WebAssembly core specification, section 5).

export const Section = { custom: 0, coreModule: 1, import: 2, component: 4, memory: 5, export: 7, data: 11, dataCount: 12 } as const;

export interface BinarySection {
  id: number;
  body: Uint8Array;
}

const HEADER = 8;

/** Whether the bytes are a component: bytes 6 and 7 of the header are the layer. */
export function isComponent(wasm: Uint8Array): boolean {
  return wasm[6] === 1;
}

/** The sections of a module or component, in their order. */
export function* sectionsOf(wasm: Uint8Array): Generator<BinarySection> {
  let at = HEADER;
  while (at < wasm.length) {
    const id = wasm[at] as number;
    const [size, start] = readLeb(wasm, at + 1);
    yield { id, body: wasm.subarray(start, start + size) };
    at = start + size;
  }
}

/** The bytes with every section replaced by what `change` returns, or left out for `undefined`. */
export function mapSections(wasm: Uint8Array, change: (section: BinarySection) => Uint8Array | undefined): Uint8Array {
  const parts: Uint8Array[] = [wasm.subarray(0, HEADER)];
  for (const section of sectionsOf(wasm)) {
    const body = change(section);
    if (body) parts.push(Uint8Array.of(section.id, ...leb(body.length)), body);
  }
  return concat(parts);
}

export function concat(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** An unsigned LEB128 number of up to 32 bits, and the offset behind it. */
export function readLeb(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] as number;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value >>> 0, at];
  }
}

/** A name, and the offset behind it. */
export function readName(bytes: Uint8Array, at: number): [name: string, next: number] {
  const [length, start] = readLeb(bytes, at);
  return [Buffer.from(bytes.subarray(start, start + length)).toString(), start + length];
}

/** A signed LEB128 number of 32 bits. */
export function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = rest === (low & 0x40 ? -1 : 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

export function leb(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value ? low | 0x80 : low);
  } while (value);
  return bytes;
}

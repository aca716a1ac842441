// Who an ELF for Xen is: lines `KEY VALUE` in an ELF note of owner "mirage", type 1.

export interface Note {
  /** File name of the image. */
  image: string;
  /** Of NAME.wasm. */
  sha256: string;
  /** Its size. */
  bytes: number;
  /** Of mirage-wasm. */
  version: string;
  /** The C compiler's name for itself. */
  compiler: string;
  /** WASI interfaces that the image calls, separated by blanks: all that it can reach. */
  interfaces: string;
}

const OWNER = "mirage\0";
const PT_LOAD = 1;
const PT_NOTE = 4;

export function noteText(note: Note): string {
  return Object.entries(note)
    .map(([key, value]) => `${key} ${value}\n`)
    .join("");
}

/** The note of an ELF, or undefined when the bytes are no ELF of ours. */
export function readNote(elf: Uint8Array): Note | undefined {
  for (const { type, bytes } of segmentsOf(elf)) {
    if (type !== PT_NOTE) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 12 <= bytes.length; ) {
      const nameSize = view.getUint32(at, true);
      const size = view.getUint32(at + 4, true);
      const name = at + 12;
      const text = name + align(nameSize);
      if (Buffer.from(bytes.subarray(name, name + nameSize)).toString() === OWNER) return parse(Buffer.from(bytes.subarray(text, text + size)).toString());
      at = text + align(size);
    }
  }
  return undefined;
}

/** The parts of an ELF that are loaded. */
export function loadedSegments(elf: Uint8Array): ReturnType<typeof segmentsOf> {
  return segmentsOf(elf).filter(({ type }) => type === PT_LOAD);
}

/** Bytes of memory that they take. */
export function loadedBytes(elf: Uint8Array): number {
  return loadedSegments(elf).reduce((sum, { memory }) => sum + memory, 0);
}

/** The loadable parts and notes of a 64-bit ELF; none when it is not one. */
function segmentsOf(elf: Uint8Array): { type: number; flags: number; bytes: Uint8Array; memory: number }[] {
  const view = new DataView(elf.buffer, elf.byteOffset, elf.byteLength);
  const HEADER = 64;
  if (elf.length < HEADER || view.getUint32(0) !== 0x7f454c46 || elf[4] !== 2) return [];
  const first = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  const count = view.getUint16(56, true);
  if (size < 56 || first + size * count > elf.length) return [];
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * size;
    const offset = Number(view.getBigUint64(at + 8, true));
    const bytes = elf.subarray(offset, offset + Number(view.getBigUint64(at + 32, true)));
    return { type: view.getUint32(at, true), flags: view.getUint32(at + 4, true), bytes, memory: Number(view.getBigUint64(at + 40, true)) };
  });
}

function align(size: number): number {
  return (size + 3) & ~3;
}

function parse(text: string): Note | undefined {
  const values = Object.fromEntries(text.split("\n").map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]));
  const { image, sha256, bytes, version, compiler, interfaces } = values as Record<string, string>;
  if (!image || !sha256 || !bytes || !version || !compiler || interfaces === undefined) return undefined;
  return { image, sha256, bytes: Number(bytes), version, compiler, interfaces };
}

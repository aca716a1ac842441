/** A name as it stands in messages: labels behind their lengths, the empty one at the end. */
export type Name = number[];

const ROOT: Name = [0];

const RELATIVE = "a name with a point at its end, since there was no $ORIGIN to put behind it";

/** The name that a word says, relative to `origin` without a point at its end. A text: what is to be there instead. */
export function nameOf(text: string, origin: Name | undefined): Name | string {
  if (text === "@") return origin ?? RELATIVE;
  if (text === ".") return ROOT;
  const name: Name = [];
  let label: number[] = [];
  for (const [part, number, character] of text.matchAll(/\\(\d{3})|\\(\D)|./gsu)) {
    if (part === ".") {
      if (label.length === 0) return "a name without empty labels";
      name.push(label.length, ...label);
      label = [];
      continue;
    }
    const byte = number === undefined ? (character ?? part).codePointAt(0) : Number(number);
    if (part === "\\" || byte === undefined || byte > 255) return "a name: a backslash stands in front of one character, or of three digits up to 255";
    if (byte > 0x7e && number === undefined) return "a name without letters beyond ASCII: write them as `xn--…`";
    label.push(byte);
    if (label.length > 63) return "a name whose labels have 63 bytes at most";
  }
  const isAbsolute = label.length === 0;
  if (!isAbsolute && !origin) return RELATIVE;
  name.push(...(isAbsolute ? ROOT : [label.length, ...label, ...(origin as Name)]));
  return name.length > 255 ? "a name of 255 bytes at most, with the lengths of its labels" : name;
}

/** Equal for names that are: case does not count. */
export function keyOf(name: Name): string {
  return Buffer.from(name)
    .toString("latin1")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The keys of a name and of all above it, the root last. */
export function keysUp(name: Name): string[] {
  const key = keyOf(name);
  const keys = [key];
  for (let at = 0; key.charCodeAt(at) > 0; ) {
    at += key.charCodeAt(at) + 1;
    keys.push(key.slice(at));
  }
  return keys;
}

/** As it is written, with its last point. */
export function show(name: Name): string {
  let text = "";
  for (let at = 0; (name[at] ?? 0) > 0; ) {
    const end = at + (name[at] ?? 0);
    while (++at <= end) text += showByte(name[at] ?? 0);
    text += ".";
  }
  return text || ".";
}

function showByte(byte: number): string {
  if (byte <= 0x20 || byte > 0x7e) return `\\${String(byte).padStart(3, "0")}`;
  const character = String.fromCharCode(byte);
  return /[.\\"();@$]/.test(character) ? `\\${character}` : character;
}

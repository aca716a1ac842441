// Classes of bytes, and words of ASCII.

/** RFC 9110 section 5.6.2: what tokens are made of. */
export const TOKEN: i32 = 1;
/** Section 5.5: what values of fields are made of, with spaces, tabs and bytes above ASCII. */
export const VALUE: i32 = 2;
/** What request targets are made of: RFC 3986, and what browsers leave as it is besides. */
export const TARGET: i32 = 4;
/** RFC 3986 section 3.2: what a host and its port are made of. */
export const HOST: i32 = 8;

const SPACE: u32 = 0x20;
const TAB: u32 = 0x09;
const classes: usize = memory.data(256);

function add(characters: string, kind: i32): void {
  for (let i = 0; i < characters.length; i++) {
    const at = classes + characters.charCodeAt(i);
    store<u8>(at, load<u8>(at) | kind);
  }
}

for (let c = 0x21; c < 0x100; c++) if (c != 0x7f) store<u8>(classes + c, c < 0x80 ? VALUE | TARGET : VALUE);
for (let c = 0x30; c < 0x7b; c++) if (c < 0x3a || (c > 0x40 && c < 0x5b) || c > 0x60) store<u8>(classes + c, TOKEN | VALUE | TARGET | HOST);
add(" \t", VALUE);
add("!#$%&'*+-.^_`|~", TOKEN);
add("-._~%!$&'()*+,;=:[]", HOST);
for (let i = 0, not = '"#<>'; i < not.length; i++) store<u8>(classes + not.charCodeAt(i), load<u8>(classes + not.charCodeAt(i)) & ~TARGET);

// @ts-ignore: decorator
@inline
export function isOf(kind: i32, byte: u32): bool {
  return (load<u8>(classes + byte) & kind) != 0;
}

/** The place of the first byte from `at` on, up to `end`, that is not of this kind. */
export function skip(kind: i32, at: usize, end: usize): usize {
  while (at < end && isOf(kind, load<u8>(at))) at++;
  return at;
}

/** RFC 9110 section 5.6.3. */
// @ts-ignore: decorator
@inline
export function isSpace(byte: u32): bool {
  return byte == SPACE || byte == TAB;
}

export function skipSpaces(at: usize, end: usize): usize {
  while (at < end && isSpace(load<u8>(at))) at++;
  return at;
}

/** The place behind the last byte before `end` that is no space. */
export function trimSpaces(at: usize, end: usize): usize {
  while (end > at && isSpace(load<u8>(end - 1))) end--;
  return end;
}

/** Is it this word, whose letters are lower case, in letters of either case? */
export function isWord(word: string, at: usize, end: usize): bool {
  const size = word.length;
  if (end - at != <usize>size) return false;
  for (let i = 0; i < size; i++) if (lower(load<u8>(at + i)) != <u32>word.charCodeAt(i)) return false;
  return true;
}

/** A letter of ASCII in lower case, anything else as it is. */
// @ts-ignore: decorator
@inline
export function lower(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte;
}

/** Is it exactly this text of ASCII? */
export function isText(text: string, at: usize, end: usize): bool {
  const size = text.length;
  if (end - at != <usize>size) return false;
  for (let i = 0; i < size; i++) if (load<u8>(at + i) != <u32>text.charCodeAt(i)) return false;
  return true;
}

/** RFC 9110 section 5.6.1: is this word one of a list of tokens with commas between them? */
export function hasWord(word: string, at: usize, end: usize): bool {
  while (at < end) {
    const from = skipSpaces(at, end);
    while (at < end && load<u8>(at) != 0x2c) at++;
    if (isWord(word, from, trimSpaces(from, at))) return true;
    at++;
  }
  return false;
}

// Options of a header, from words and against them.

import { get16, get32, put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { Option } from "./description";
import { Flow } from "./flow";
import { isInteger, nanoseconds } from "./words";

const MSS: u8 = 2;
const SCALE: u8 = 3;
const SACK_PERMITTED: u8 = 4;
const SACK: u8 = 5;
const TIMESTAMPS: u8 = 8;

/** What is wrong with the words that `putOptions` was given. */
export let mistake: string = "";

/** Writes the peer's options to `at`, padded by END; returns their size. `begin`: when the script began. */
export function putOptions(at: usize, options: Option[], flow: Flow, begin: i64): i32 {
  mistake = "";
  let size = 0;
  for (let i = 0; i < options.length && size <= 40; i++) size += putOne(at + size, options[i], flow, begin);
  if (size > 40) mistake = "a header has room for 40 bytes of options";
  while (size & 3) store<u8>(at + size++, 0);
  return size;
}

function putOne(at: usize, option: Option, flow: Flow, begin: i64): i32 {
  const name = option.name;
  const numbers = option.numbers;
  if (name == "nop" || name == "eol") {
    store<u8>(at, name == "nop" ? 1 : 0);
    return 1;
  }
  if (name == "sackOK") return putHead(at, SACK_PERMITTED, 2);
  if (name == "raw") {
    for (let i = 1; i < option.words.length; i++) store<u8>(at + i - 1, U8.parseInt(option.words[i], 16));
    return option.count;
  }
  if (name == "mss" && numbers.length == 1) {
    put16(at + 2, <u32>numbers[0]);
    return putHead(at, MSS, 4);
  }
  if (name == "wscale" && numbers.length == 1) {
    store<u8>(at, <u8>numbers[0], 2);
    return putHead(at, SCALE, 3);
  }
  if (name == "sack" && numbers.length > 0 && !(numbers.length & 1)) {
    for (let i = 0; i < numbers.length; i++) put32(at + 2 + 4 * i, flow.first + <u32>numbers[i]);
    return putHead(at, SACK, <u8>(2 + 4 * numbers.length));
  }
  if (name == "TS" && numbers.length > 0) {
    put32(at + 2, <u32>numbers[0]);
    // The echo: "none", a time, or of the last.
    const echo = option.count == 3 && option.words[2] == "echo" ? option.words[3] : "";
    put32(at + 6, echo == "none" ? 0 : flow.stampAt(echo.length ? begin + nanoseconds(echo) : i64.MAX_VALUE));
    return putHead(at, TIMESTAMPS, 10);
  }
  mistake = `"${option.words.join(" ")}" is no option`;
  return 0;
}

function putHead(at: usize, kind: u8, size: u8): i32 {
  store<u8>(at, kind);
  store<u8>(at, size, 1);
  return size;
}

/** Where an option of this kind stands between these; 0: nowhere. */
export function find(at: usize, end: usize, kind: u8): usize {
  while (at < end) {
    const one = load<u8>(at);
    if (one == 0) return 0;
    if (one == kind) return at;
    at += one == 1 ? 1 : <usize>load<u8>(at, 1);
  }
  return 0;
}

export function findTimestamps(at: usize, end: usize): usize {
  return find(at, end, TIMESTAMPS);
}

/** Does the stack's segment, whose options lie between these, have what the script wants? */
export function match(option: Option, at: usize, end: usize, flow: Flow): bool {
  const name = option.name;
  if (name == "no" && option.count == 1) return find(at, end, kindOf(option.words[1])) == 0;
  const found = find(at, end, kindOf(name));
  if (!found) return false;
  const numbers = option.numbers;
  if (name == "mss") return numbers.length == 1 && get16(found + 2) == <u32>numbers[0];
  if (name == "wscale") return !numbers.length || load<u8>(found, 2) == <u8>numbers[0];
  if (name == "TS") return !numbers.length || (option.words[1] == "echo" && get32(found + 6) == <u32>numbers[0]);
  if (name == "sack") {
    if (load<u8>(found, 1) != 2 + 4 * numbers.length) return false;
    for (let i = 0; i < numbers.length; i++) if (get32(found + 2 + 4 * i) != flow.peerFirst + <u32>numbers[i]) return false;
  }
  return true;
}

function kindOf(name: string): u8 {
  if (name == "mss") return MSS;
  if (name == "wscale") return SCALE;
  if (name == "sackOK") return SACK_PERMITTED;
  if (name == "sack") return SACK;
  if (name == "TS") return TIMESTAMPS;
  return 255;
}

/** Is it one that a script may want of the stack? */
export function isWish(option: Option): bool {
  const name = option.name == "no" && option.count == 1 ? option.words[1] : option.name;
  return kindOf(name) != 255 && (name != "mss" || option.name == "no" || (option.count == 1 && isInteger(option.words[1])));
}

/** The options between these, in words. */
export function wordsOfOptions(at: usize, end: usize, flow: Flow): string {
  const all: string[] = [];
  while (at < end && load<u8>(at)) {
    const kind = load<u8>(at);
    const size: usize = kind == 1 ? 1 : load<u8>(at, 1);
    if (kind == MSS) all.push(`mss ${get16(at + 2)}`);
    else if (kind == SCALE) all.push(`wscale ${load<u8>(at, 2)}`);
    else if (kind == SACK_PERMITTED) all.push("sackOK");
    else if (kind == TIMESTAMPS) all.push(`TS echo ${get32(at + 6)}`);
    else if (kind == SACK) {
      let blocks = "sack";
      for (let i: usize = 2; i < size; i += 8) blocks += ` ${<i32>(get32(at + i) - flow.peerFirst)}:${<i32>(get32(at + i + 4) - flow.peerFirst)}`;
      all.push(blocks);
    } else if (kind != 1) all.push(`kind ${kind}`);
    at += max(size, 1);
  }
  return all.length ? ` <${all.join(", ")}>` : "";
}

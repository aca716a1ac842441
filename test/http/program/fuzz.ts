// Heads and bodies that are nearly right: the parsers read nothing but what they were given, end, and say the same of what comes in pieces.

import { Chunked } from "mirage-wasm/drivers/http/chunked";
import { MAX_FIELDS } from "mirage-wasm/drivers/http/fields";
import { MORE } from "mirage-wasm/drivers/http/head";
import { RequestHead } from "mirage-wasm/drivers/http/request-head";
import { SeededRandom } from "mirage-wasm/drivers/random";

const ROOM: i32 = 40_000;
const input = heap.alloc(ROOM);
const output = heap.alloc(ROOM);

/** What heads and chunked bodies are made of. */
const heads: string[] = [
  "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
  "POST http://host:80/path?query HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
  "HEAD /a HTTP/1.0\r\nConnection: close, keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n",
  "\r\nOPTIONS * HTTP/1.1\r\nHost: [::1]\r\nX:  a b \t\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 99999999999999999999\r\n\r\n",
];
const chunks: string[] = [
  "5\r\n12345\r\n0\r\n\r\n",
  "a;b=c;d=\"e\"\r\n0123456789\r\n1 ;x\r\na\r\n0\r\nA: b\r\nC:d\r\n\r\n",
  "0\r\n\r\n",
  "00ff\r\n12",
  "fffffffffffffff\r\nabc",
];
const pieces: string[] = ["\r\n", "\n", "\r", " ", "\t", ":", "0", "ffffffffffffffff", ",", ";", "chunked", "Content-Length: 1\r\n", "Host: b\r\n", "HTTP/1.1", "\r\n\r\n", "close", "-1", "é"];

/** A text with some mistakes; returns its size. */
function make(random: SeededRandom, texts: string[]): i32 {
  let text = texts[random.below(texts.length)];
  if (!random.below(8)) text = text.replace("X:", "X:" + "y".repeat(random.below(20_000)));
  if (!random.below(8)) text = text.replace("\r\n\r\n", "\r\nA: b".repeat(random.below(200)) + "\r\n\r\n");
  for (let count = random.below(4); count; count--) {
    const at = <i32>random.below(text.length + 1);
    const behind = min(text.length, at + <i32>random.below(3));
    text = text.substring(0, at) + (random.below(2) ? pieces[random.below(pieces.length)] : "") + text.substring(behind);
  }
  const size = min<i32>(ROOM, <i32>String.UTF8.byteLength(text));
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, input);
  for (let count = random.below(3); count; count--) store<u8>(input + random.below(max(size, 1)), random.below(256));
  return size;
}

/** A head, all at once or as it comes. */
function parse(head: RequestHead, size: i32, random: SeededRandom | null): i32 {
  head.begin();
  let come = 0;
  while (true) {
    come = random ? min(size, come + 1 + <i32>random.below(50)) : size;
    const result = head.parse(input, come);
    if (result != MORE || come == size) return result;
  }
}

/** A body likewise: its size, or -1. */
function decode(chunked: Chunked, size: i32, random: SeededRandom | null): i32 {
  chunked.begin();
  let at = 0;
  let made = 0;
  while (at < size && !chunked.isEnded) {
    const count = random ? min(size - at, 1 + <i32>random.below(50)) : size - at;
    const room = random ? 1 + <i32>random.below(50) : ROOM - made;
    if (!chunked.decode(input + at, count, output + made, min(room, ROOM - made))) return -1;
    at += chunked.taken;
    made += chunked.made;
  }
  return made + (chunked.isEnded ? ROOM + at : 0);
}

export function fuzz(random: SeededRandom, count: i32): string {
  const head = new RequestHead();
  const chunked = new Chunked();
  let right = 0;
  let bodies = 0;
  for (let i = 0; i < count; i++) {
    let size = make(random, heads);
    const whole = parse(head, size, null);
    if (whole > size || whole <= -600 || (whole < 0 && whole > -400)) return `a head gives ${whole}`;
    if (whole > 0) {
      right++;
      // What it says lies inside it.
      const fields = head.fields;
      if (fields.count > MAX_FIELDS || head.path > head.pathEnd || head.query > head.targetEnd || head.authority > head.authorityEnd) return "places are wrong";
      if (head.isChunked && head.length >= 0) return "a length and chunks";
      for (let j = 0; j < fields.count; j++) if (fields.nameOf(j).length + fields.valueOf(j).length > size) return "a field is too long";
    }
    const split = parse(head, size, random);
    if (split != whole) return `a head gives ${split} in pieces, else ${whole}`;

    size = make(random, chunks);
    const body = decode(chunked, size, null);
    if (body >= ROOM) bodies++;
    const slow = decode(chunked, size, random);
    if (slow != body) return `chunks give ${slow} in pieces, else ${body}`;
  }
  return right > count / 10 && bodies > count / 10 ? "right" : `only ${right} heads and ${bodies} bodies are right`;
}

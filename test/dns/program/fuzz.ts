// Messages that are nearly right. Whatever comes, nobody traps, grows or believes what he should not.

import { Want } from "mirage-wasm/drivers/dns/lookup";
import { MOST_UDP, RD } from "mirage-wasm/drivers/dns/message";
import { Reader } from "mirage-wasm/drivers/dns/reader";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { authority, question, reply, write } from "./authority";
import { a, Asking, cname, ns, soa } from "./asking";

/** Pages of 64 KiB that are enough for all that is held. */
const MOST_PAGES: i32 = 160;
const room: usize = memory.data(65536, 16);
const types: StaticArray<i32> = [1, 2, 5, 6, 12, 15, 16, 28, 33, 41, 257, 65];
const names: StaticArray<string> = ["host1.example", "a.b.example", "alias.example", "x.subdel.example", "longer.example", "left.example", "nobody.host1.example", "example", "elsewhere", "."];

/** Returns what is wrong in the end, or "". */
export function fuzz(seed: u64, count: i32): string {
  const random = new SeededRandom(seed);
  const reader = new Reader();
  let texts = 0;
  let whole = 0;
  for (let i = 0; i < count; i++) {
    const asking = new Asking("www.example.org", 2, types[random.below(3)], random.u64());
    asking.flags = random.below(4) ? asking.flags : random.u32();
    if (random.below(2)) asking.authority = [soa("example.org", random.u32(), random.u32()), ns("example.org", "ns.example.org")];
    const size = spoil(asking, random, asking.write(random.below(5) ? 0 : random.below(16), [cname("www.example.org", "b.example.org"), a("b.example.org", 1), a("b.example.org", 2)]));
    const first = read(reader, asking.start, size, random);
    if (first != read(reader, asking.start, size, random)) return "what stands behind a message is read";
    texts += first.length;
    if (reader.isWhole) whole++;
    const wrong = answered(random);
    if (wrong.length) return wrong;
    asking.bring(size);
    if (asking.lookup.want == Want.STREAM) asking.bring(size);
    for (let j = 0; j < asking.lookup.records.length; j++) if (asking.lookup.records[j].type != asking.question.questionType) return "a record of another type is believed";
  }
  if (!whole || whole == count || !texts) return `${whole} of ${count} messages are whole: that says nothing`;
  return memory.size() <= MOST_PAGES ? "" : `memory has ${memory.size()} pages`;
}

/** What is wrong with the answer of a server to a question that is nearly right, or "". */
function answered(random: SeededRandom): string {
  let size = write(names[random.below(names.length)], types[random.below(types.length)], RD, random.below(2) != 0);
  for (let changes = random.below(4); changes > 0; changes--) {
    // A header's bits and counts, and what is behind the name, more often than the name itself.
    const at = random.below(3) ? random.below(size) : size - 1 - random.below(min(size, 20));
    store<u8>(question + at, <u8>(random.below(2) ? random.u32() : <u32>load<u8>(question + at) ^ (<u32>1 << random.below(8))));
  }
  if (random.below(8) == 0) size = random.below(size + 1);
  const isQuestion = size >= 12 && !(load<u8>(question + 2) & 0x80);
  const isUdp = random.below(2) != 0;
  const length = isUdp ? authority.answerDatagram(question, size, reply) : authority.answerStream(question, size, reply);
  if (isQuestion != length > 0) return "a question is not answered, or something else is";
  if (!length) return "";
  if (isUdp && length > MOST_UDP) return "an answer is too long";
  const reader = new Reader();
  if (!reader.open(reply, length)) return "an answer is no message";
  while (reader.next()) if (!reader.record()) return "an answer has a record that is none";
  if (!reader.isWhole) return "an answer is not whole";
  if (!reader.isResponse || load<u16>(reply) != load<u16>(question)) return "an answer is none to this question";
  return "";
}

/** The records of a message, before the first one that is none. Behind it are bytes that are others each time. */
function read(reader: Reader, message: usize, size: i32, random: SeededRandom): string {
  memory.copy(room, message, size);
  memory.fill(room + size, <u8>random.u32(), 300);
  let texts = "";
  if (!reader.open(room, size)) return texts;
  while (reader.next()) {
    const record = reader.record();
    texts += record ? record.toString() : "none";
  }
  return texts + reader.isWhole.toString();
}

/** Changes some bytes, or the size: returns it. */
function spoil(asking: Asking, random: SeededRandom, size: i32): i32 {
  const at = asking.start;
  const kind = random.below(6);
  if (kind == 0) return random.below(size + 1);
  if (kind == 1) {
    // A pointer anywhere, to anywhere.
    store<u16>(at + 12 + random.below(size - 13), bswap<u16>(<u16>(0xc000 | random.below(size))));
    return size;
  }
  if (kind == 2) {
    // Another type for data that has another form.
    for (let i = 12; i < size - 1; i++) if (load<u16>(at + i) == 0x0500) store<u16>(at + i, bswap<u16>(<u16>types[random.below(types.length)]));
    return size;
  }
  const changes = kind == 3 ? <u32>0 : 1 + random.below(4);
  // The question's name and id are left alone half of the time, so that more is looked at.
  const from = random.below(2) ? 34 : 0;
  for (let i: u32 = 0; i < changes; i++) store<u8>(at + from + random.below(size - from), <u8>random.u32());
  if (kind == 5) {
    // Bytes behind its end.
    const more = random.below(40);
    for (let i: u32 = 0; i < more; i++) store<u8>(at + size + i, <u8>random.u32());
    return size + more;
  }
  return size;
}

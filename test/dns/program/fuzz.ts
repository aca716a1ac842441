// Messages that are nearly right. Whatever comes, nobody traps, grows or believes what he should not.

import { Want } from "mirage-wasm/drivers/dns/lookup";
import { Reader } from "mirage-wasm/drivers/dns/reader";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { a, Asking, cname, ns, soa } from "./asking";

/** Pages of 64 KiB that are enough for all that is held. */
const MOST_PAGES: i32 = 160;
const room: usize = memory.data(65536, 16);
const types: StaticArray<i32> = [1, 2, 5, 6, 12, 15, 16, 28, 33, 41, 257, 65];

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
    asking.bring(size);
    if (asking.lookup.want == Want.STREAM) asking.bring(size);
    for (let j = 0; j < asking.lookup.records.length; j++) if (asking.lookup.records[j].type != asking.question.questionType) return "a record of another type is believed";
  }
  if (!whole || whole == count || !texts) return `${whole} of ${count} messages are whole: that says nothing`;
  return memory.size() <= MOST_PAGES ? "" : `memory has ${memory.size()} pages`;
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

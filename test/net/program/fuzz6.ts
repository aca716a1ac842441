// The same for IPv6.
import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { solicitedNode } from "mirage-wasm/drivers/net/ipv6-header";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { frame, SECOND } from "./wire";
import { BODY, echo6, GLOBAL, GROUP, Host6, icmpv6, ipv6, LINK, mld, neighbour, NINE, ONE, router, sealMld, TWO } from "./wire6";

/** Pages of 64 KiB that are enough for all that the stack may hold. */
const MOST_PAGES: i32 = 420;
/** ff15:: */
const SITE: u64 = 0x15ff;

/** Returns what is wrong in the end, or "". */
export function fuzz6(seed: u64, count: i32): string {
  const random = new SeededRandom(seed);
  const host = Host6.ready();
  host.ip.routers.accept(host.now);
  const socket = host.udp.open(99)!;
  socket.join(SITE, ONE);
  for (let i = 0; i < count; i++) {
    let size = make(random);
    const changes = random.below(4);
    for (let j: u32 = 0; j < changes; j++) store<u8>(frame + 14 + random.below(size - 14), random.below(3) ? <u8>random.below(256) : <u8>random.below(3));
    // Half of what was changed is sealed again, so that it is read further than its checksum.
    const at = frame + 14;
    const isSealed = changes && random.below(2);
    if (isSealed && load<u8>(at, 6) == 0 && size >= <i32>BODY + 8) sealMld(size - <i32>BODY - 8);
    if (isSealed && load<u8>(at, 6) == 58) size = icmpv6(size - <i32>BODY, load<u64>(at, 8), load<u64>(at, 16), load<u64>(at, 24), load<u64>(at, 32), load<u8>(at, 7));
    if (random.below(8) == 0) size = <i32>random.below(size + 1);
    host.input(size);
    if (random.below(20) == 0) host.pass(<i64>random.below(4) * SECOND);
    if (random.below(30) == 0) socket.send(random.below(2) ? GLOBAL : LINK, <u64>random.below(4) << 56, 7, frame, random.below(3000), host.now);
    if (random.below(50) == 0) while (socket.receive(frame, 65_000) != -1) {}
    host.wire.sent.length = 0;
  }
  // Its own address may be gone by now, as somebody has claimed it in time.
  host.ip.addresses.add(GLOBAL, NINE + 1, 64, host.now);
  host.settle();
  host.meet(GLOBAL, ONE);
  host.input(icmpv6(echo6(100), GLOBAL, ONE, GLOBAL, NINE + 1));
  const sent = host.wire.take();
  if (!sent || load<u8>(sent, BODY) != 129) return "it does not answer any more";
  return memory.size() <= MOST_PAGES ? "" : `memory has ${memory.size()} pages`;
}

function make(random: SeededRandom): i32 {
  const low = <u64>(1 + random.below(8)) << 56;
  const high = random.below(2) ? GLOBAL : LINK;
  switch (random.below(8)) {
    case 0:
      return icmpv6(echo6(random.below(1400)), high, low);
    case 1: {
      const size = neighbour(135 + <u8>random.below(2), <u8>random.below(256), random.below(2) ? GLOBAL : high, random.below(2) ? TWO : low, <u8>random.below(3));
      return icmpv6(size, high, low, GROUP, random.below(2) ? ONE : solicitedNode(TWO), 255);
    }
    case 2:
      return icmpv6(router(random.below(4000), GLOBAL + (<u64>random.below(20) << 48), <u8>random.below(256), random.below(10_000), random.below(10_000)), LINK, low, GROUP, ONE, 255);
    case 3: {
      // Pieces, of a few packets.
      const last = random.below(2);
      store<u16>(frame + BODY, 17);
      put16(frame + BODY + 2, (random.below(200) << 3) | last);
      put32(frame + BODY + 4, random.below(4));
      return ipv6(44, 8 + <i32>(random.below(100) << (last ? 3 : 0)), high, low);
    }
    case 4: {
      // A chain of headers.
      const kinds: StaticArray<u8> = [0, 43, 44, 59, 60, 17, 58, 6];
      const count = random.below(12);
      for (let i: u32 = 0; i < count; i++) {
        store<u64>(frame + BODY + i * 8, random.u64() & 0x0000_ffff_ffff_0000);
        store<u8>(frame + BODY + i * 8, kinds[random.below(8)]);
      }
      return ipv6(kinds[random.below(8)], count * 8 + 8, high, low);
    }
    case 5:
      store<u64>(frame + BODY, random.below(5));
      put32(frame + BODY + 4, random.below(2000));
      ipv6(random.below(2) ? 17 : 58, 100, GLOBAL, TWO, GLOBAL, ONE);
      memory.copy(frame + BODY + 8, frame + 14, 148);
      return icmpv6(60 + random.below(90), high, low);
    case 6: {
      const version = random.below(3);
      const bytes = version == 0 ? 24 : version == 1 ? 28 + (<i32>random.below(4) << 4) : <i32>random.below(100);
      return mld(bytes, random.below(65_536), random.below(2) ? SITE : 0, low, random.below(4), LINK, 130 + <u8>random.below(3));
    }
    default:
      put16(frame + BODY, 7);
      put16(frame + BODY + 2, 99);
      put16(frame + BODY + 4, 20);
      return ipv6(17, 20, high, low);
  }
}

// Frames that are nearly right. Whatever comes, the stack neither traps nor grows, and goes on to answer.
import { DhcpClient } from "mirage-wasm/drivers/net/dhcp/client";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { Host } from "./host";
import { answers } from "./corpus";
import { Frames, GROUP } from "./frames";
import { frame, OUR, OUR_MAC, PEER, SECOND } from "./wire";

/** Pages of 64 KiB that are enough for all that the stack may hold. */
const MOST_PAGES: i32 = 320;

/** Returns what is wrong in the end, or "". */
export function fuzz(seed: u64, count: i32): string {
  const random = new SeededRandom(seed);
  const host = new Host();
  const other = new Host();
  other.ip.configure(0, 0, 0);
  const client = new DhcpClient(other.ip, other.arp, other.udp, OUR_MAC, "fuzz", 7);
  const socket = host.udp.open(99)!;
  socket.join(0, lowOf(GROUP));
  const frames = new Frames(random);
  for (let i = 0; i < count; i++) {
    const size = frames.next();
    host.input(size);
    other.input(size);
    if (random.below(20) == 0) {
      host.pass(<i64>random.below(4) * SECOND);
      other.pass(SECOND);
      client.step(other.now);
    }
    frames.xid = lastXid(other, frames.xid);
    if (random.below(50) == 0) while (socket.receive(frame, 65_000) >= 0) {}
    host.wire.sent.length = 0;
    other.wire.sent.length = 0;
  }
  host.ip.configure(OUR, 24, PEER);
  host.pass(100 * SECOND);
  if (!answers(host)) return "it does not answer any more";
  return memory.size() <= MOST_PAGES ? "" : `memory has ${memory.size()} pages`;
}

/** The transaction that the client is at, so that answers can be to it. */
function lastXid(host: Host, xid: u32): u32 {
  const sent = host.wire.sent;
  for (let i = 0; i < sent.length; i++) {
    const at = changetype<usize>(sent[i]);
    if (sent[i].length > 250 && load<u16>(at, 36) == 0x4300) xid = load<u32>(at, 46);
  }
  return xid;
}

import { Ethernet } from "./ethernet";
import { Ip, Unreachable } from "./ip";
import { Loop } from "./loop";
import { PathMtu } from "./path-mtu";
import { Reassembly } from "./reassembly";

/** Who tells senders that their packets did not arrive: ICMP, where an image has it. */
export interface Complaints {
  /** About a packet for this host, from its header on; `rest`: the four bytes behind the checksum, as they lie in memory. */
  complain(type: u32, code: u32, rest: u32, packet: usize, size: i32, now: i64): void;
}

/** What both versions of IP have in common: where packets are written, and what is kept of them. */
export abstract class IpVersion extends Ip {
  complaints: Complaints | null = null;
  /** The packet that is being passed on to a protocol, from its header on. */
  received: usize = 0;
  readonly paths: PathMtu;
  protected readonly loop: Loop = new Loop();
  readonly fragments: Reassembly = new Reassembly();
  /** Room for a packet that goes in fragments; none until there is one. */
  private large: usize = 0;
  protected isLarge: bool = false;

  /** `header`: bytes of the header; `most`: of the largest packet; `least`: what every path takes. */
  constructor(
    readonly ethernet: Ethernet,
    private readonly header: i32,
    private readonly most: i32,
    least: i32,
  ) {
    super();
    this.paths = new PathMtu(ethernet.mtu, least);
  }

  roomIn(fromHigh: u64, fromLow: u64): i32 {
    return this.paths.link - this.header;
  }

  buffer(toHigh: u64, toLow: u64, size: i32): usize {
    this.isLarge = size > this.ethernet.mtu - this.header;
    return (this.isLarge ? this.largest() : this.ethernet.buffer()) + this.header;
  }

  /** Where the packet stands that was written to `buffer`, with its header. */
  protected get written(): usize {
    return this.isLarge ? this.large : this.ethernet.buffer();
  }

  /** The same, away from where frames are written, since its fragments go out from there: `total` bytes. */
  protected setAside(total: i32): usize {
    if (this.isLarge) return this.large;
    memory.copy(this.largest(), this.ethernet.buffer(), total);
    return this.large;
  }

  private largest(): usize {
    if (!this.large) this.large = heap.alloc(this.most);
    return this.large;
  }

  /** Whose first fragment has come is told by this type and code that the others did not. Returns when the next one's time is over. */
  expire(type: u32, code: u32, now: i64): i64 {
    const complaints = this.complaints;
    const fragments = this.fragments;
    if (fragments.due > now) return fragments.due;
    for (fragments.step(now); fragments.expired; fragments.step(now)) {
      if (complaints) complaints.complain(type, code, 0, fragments.expired, fragments.size, now);
      fragments.release();
    }
    return fragments.due;
  }

  /** A packet of this host's did not arrive, as somebody says who has sent back its beginning. */
  abstract wasLost(packet: usize, size: i32, why: Unreachable, now: i64): void;
}

import { Ip, isV4 } from "./ip";

/** Both versions of IP as one, for the protocols that are above either: RFC 4213 section 2. */
export class Both extends Ip {
  constructor(
    private readonly v4: Ip,
    private readonly v6: Ip,
  ) {
    super();
    v4.both = this;
    v6.both = this;
  }

  private of(high: u64, low: u64): Ip {
    return isV4(high, low) ? this.v4 : this.v6;
  }

  route(toHigh: u64, toLow: u64): bool {
    const ip = this.of(toHigh, toLow);
    const isThere = ip.route(toHigh, toLow);
    this.sourceHigh = ip.sourceHigh;
    this.sourceLow = ip.sourceLow;
    return isThere;
  }

  isForMany(high: u64, low: u64): bool {
    return this.of(high, low).isForMany(high, low);
  }

  join(high: u64, low: u64): bool {
    return this.of(high, low).join(high, low);
  }

  leave(high: u64, low: u64): void {
    this.of(high, low).leave(high, low);
  }

  room(toHigh: u64, toLow: u64): i32 {
    return this.of(toHigh, toLow).room(toHigh, toLow);
  }

  roomIn(fromHigh: u64, fromLow: u64): i32 {
    return this.of(fromHigh, fromLow).roomIn(fromHigh, fromLow);
  }

  buffer(toHigh: u64, toLow: u64, size: i32): usize {
    return this.of(toHigh, toLow).buffer(toHigh, toLow, size);
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    return this.of(toHigh, toLow).send(fromHigh, fromLow, toHigh, toLow, protocol, size, now);
  }

  /** What both versions share does what is due; they themselves are stepped by who drives them. */
  step(now: i64): i64 {
    return this.stepAll(now);
  }
}

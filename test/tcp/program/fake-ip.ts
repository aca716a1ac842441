import { Ip } from "mirage-wasm/drivers/net/ip";
import { broadcast } from "./address";

/** What the IPs of these tests have in common: a link, and two ways to fail. */
export abstract class FakeIp extends Ip {
  protected readonly out: usize = heap.alloc(65_536);
  mtu: i32 = 1500;
  /** Sends nothing. */
  isFull: bool = false;
  /** There is no way to anybody. */
  hasNoRoute: bool = false;

  isForMany(high: u64, low: u64): bool {
    return low == broadcast;
  }

  room(toHigh: u64, toLow: u64): i32 {
    return this.mtu - 20;
  }

  roomIn(fromHigh: u64, fromLow: u64): i32 {
    return this.mtu - 20;
  }

  buffer(toHigh: u64, toLow: u64, size: i32): usize {
    return this.out;
  }
}

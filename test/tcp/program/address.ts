import { lowOf } from "mirage-wasm/drivers/net/ip";

/** 10.0.0.1 + `end`, as the lower half of an address. */
export function addressOf(end: i32): u64 {
  return lowOf(0x0100000a + (<u32>end << 24));
}

/** 10.0.0.255. */
export const broadcast: u64 = lowOf(0xff00000a);

import { Address } from "mirage-wasm/address";
import { isV4, lowOf, V4_HIGH } from "./ip";

const V4: i32 = 4;
const V6: i32 = 16;

/** The halves of an address, as `Ip` has them. */
export function high(address: Address): u64 {
  return address.isV4 ? V4_HIGH : load<u64>(changetype<usize>(address.bytes));
}

export function low(address: Address): u64 {
  const bytes = changetype<usize>(address.bytes);
  return address.isV4 ? lowOf(load<u32>(bytes)) : load<u64>(bytes, 8);
}

export function addressOf(high: u64, low: u64): Address {
  const isShort = isV4(high, low);
  const bytes = new StaticArray<u8>(isShort ? V4 : V6);
  const at = changetype<usize>(bytes);
  if (isShort) store<u32>(at, <u32>(low >> 32));
  else {
    store<u64>(at, high);
    store<u64>(at, low, 8);
  }
  return new Address(bytes);
}

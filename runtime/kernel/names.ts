import { failure, result } from "./sockets";
import { dropAddresses, dropNetwork, instanceNetwork, resolveAddresses, resolveNextAddress, subscribeAddresses } from "./wasi";

/** Bytes of an ip-address: a family, then (at 2) four or sixteen bytes. */
const ADDRESS: usize = 18;

export function names_ask(name: usize, units: usize): i32 {
  const network = instanceNetwork();
  resolveAddresses(network, name, units, result);
  dropNetwork(network);
  return load<u8>(result) ? failure() : load<i32>(result, 4);
}

export function names_next(names: i32, address: usize): i32 {
  resolveNextAddress(names, result);
  if (load<u8>(result)) return failure(2);
  // An option, and what it holds.
  if (!load<u8>(result, 2)) return 0;
  memory.copy(address, result + 4, ADDRESS);
  return 1;
}

export function names_pollable(names: i32): i32 {
  return subscribeAddresses(names);
}

export function names_close(names: i32): void {
  dropAddresses(names);
}

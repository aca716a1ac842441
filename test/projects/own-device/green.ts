import { realloc_anywhere, realloc_dropped, realloc_release, realloc_slots } from "mirage-wasm/abi";
import { Led } from "./led";

// @ts-ignore: decorator
@external("acme:led/light@1.0.0", "set")
declare function set(on: bool): void;
// @ts-ignore: decorator
@external("acme:led/light@1.0.0", "names")
declare function names(result: usize): void;

/** Return area: address and length of a list of strings, which are address and UTF-16 units. */
const result = memory.data(8, 4);

const SLOT: usize = 32;
const slots = memory.data(96, 8);

export class GreenLed implements Led {
  set(on: bool): void {
    set(on);
  }

  names(): string[] {
    realloc_anywhere();
    names(result);
    const list: string[] = [];
    for (let index = 0; index < load<i32>(result, 4); index++) list.push(nameAt(index));
    realloc_release();
    return list;
  }

  shortName(): string {
    const dropped = realloc_dropped();
    realloc_slots(slots, SLOT, 3);
    names(result);
    const lost = realloc_dropped() - dropped;
    return lost ? `${lost} too long` : nameAt(0);
  }
}

function nameAt(index: i32): string {
  const item = load<usize>(result) + (<usize>index << 3);
  return String.UTF16.decodeUnsafe(load<usize>(item), load<usize>(item, 4) << 1);
}

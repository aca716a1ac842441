// Two networks that are each other's other end, in one image.

import { Adapter } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { Lane } from "./lane";

/** Both directions. */
export class Cable {
  readonly there: Lane;
  readonly back: Lane;

  /** `name` tells one from another in config.ts. */
  constructor(
    name: string,
    readonly mtu: i32,
  ) {
    this.there = new Lane(mtu);
    this.back = new Lane(mtu);
  }
}

/** One end of a cable. */
export class End extends Adapter {
  constructor(
    mac: u64,
    mtu: i32,
    private readonly out: Lane,
    private readonly into: Lane,
  ) {
    super(mac, mtu);
  }

  buffer(): usize {
    return this.out.buffer;
  }

  send(size: i32): bool {
    return this.out.push(size);
  }

  flush(): void {
    this.out.wake();
  }

  receive(): i32 {
    return this.into.pop();
  }

  frame(): usize {
    return this.into.frame;
  }

  wait(deadline: i64): Result {
    return this.into.wait(deadline);
  }
}

/** 02:00:00:00:01:01 and …:02, which are nobody's (IEEE 802: administered locally). */
const FIRST: u64 = 0x010100000002;
const SECOND: u64 = 0x020100000002;

export class FirstEnd extends End {
  constructor(cable: Cable) {
    super(FIRST, cable.mtu, cable.there, cable.back);
  }
}

export class SecondEnd extends End {
  constructor(cable: Cable) {
    super(SECOND, cable.mtu, cable.back, cable.there);
  }
}

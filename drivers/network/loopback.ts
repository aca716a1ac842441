import { Adapter } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { Lane } from "./lane";

/** 02:00:00:00:01:00, which is nobody's. */
const MAC: u64 = 0x000100000002;

/** A network on which what is sent comes back. */
export class Loopback extends Adapter {
  private readonly lane: Lane;

  constructor(mtu: i32) {
    super(MAC, mtu);
    this.lane = new Lane(mtu);
  }

  buffer(): usize {
    return this.lane.buffer;
  }

  send(size: i32): bool {
    return this.lane.push(size);
  }

  flush(): void {
    this.lane.wake();
  }

  receive(): i32 {
    return this.lane.pop();
  }

  frame(): usize {
    return this.lane.frame;
  }

  wait(deadline: i64): Result {
    return this.lane.wait(deadline);
  }
}

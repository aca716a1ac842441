import { HEADER, Adapter } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";

// @ts-ignore: decorator
@external("shim", "frame_send")
declare function frame_send(frame: usize, size: i32): bool;
// @ts-ignore: decorator
@external("shim", "frame_receive")
declare function frame_receive(frame: usize, room: i32): i32;

/** The frames of the vif that the shim gives. */
export class Frames extends Adapter {
  private readonly size: i32;
  private readonly out: usize;
  private readonly into: usize;

  constructor(mac: u64, mtu: i32) {
    super(mac, mtu);
    this.size = HEADER + mtu;
    this.out = heap.alloc(HEADER + mtu);
    this.into = heap.alloc(HEADER + mtu);
  }

  buffer(): usize {
    return this.out;
  }

  send(size: i32): bool {
    return frame_send(this.out, size);
  }

  /** Each goes out at once. */
  flush(): void {}

  receive(): i32 {
    return frame_receive(this.into, this.size);
  }

  frame(): usize {
    return this.into;
  }

  /** Nothing waits in here: the shim does. */
  wait(_deadline: i64): Result {
    return Result.CLOSED;
  }
}

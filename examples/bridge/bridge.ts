import { Console } from "mirage-wasm/console";
import { get16 } from "mirage-wasm/drivers/net/bytes";
import { loadMac, showMac } from "mirage-wasm/mac";
import { HEADER, Network } from "mirage-wasm/network";
import { spawn, Task } from "mirage-wasm/thread";

/** Frames of one side go out on the other. */
class Pass extends Task {
  constructor(
    private readonly from: Network,
    private readonly to: Network,
    private readonly arrow: string,
    private readonly console: Console,
  ) {
    super();
  }

  run(): void {
    const frame = new Uint8Array(HEADER + this.from.mtu());
    for (let size = this.from.read(frame, i64.MAX_VALUE); size > 0; size = this.from.read(frame, i64.MAX_VALUE)) {
      this.to.write(frame, size);
      const at = frame.dataStart;
      this.console.log(this.arrow + " " + showMac(loadMac(at + 6)) + " to " + showMac(loadMac(at)) + ", type 0x" + get16(at + 12).toString(16) + ", " + size.toString() + " bytes");
    }
  }
}

export class Bridge<A extends Network, B extends Network, C extends Console> {
  start(left: A, right: B, console: C): void {
    console.log("bridge: " + showMac(left.mac()) + " and " + showMac(right.mac()));
    spawn(new Pass(left, right, "->", console), "there");
    spawn(new Pass(right, left, "<-", console), "back").join();
  }
}

import { Adapter, Network } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";

/** A network that is another one with something changed. */
export abstract class Wrapped<N extends Network> extends Adapter {
  constructor(protected readonly network: N) {
    super(0, 0);
  }

  mac(): u64 {
    return this.network.mac();
  }

  mtu(): i32 {
    return this.network.mtu();
  }

  buffer(): usize {
    return this.network.buffer();
  }

  send(size: i32): bool {
    return this.network.send(size);
  }

  flush(): void {
    this.network.flush();
  }

  receive(): i32 {
    return this.network.receive();
  }

  frame(): usize {
    return this.network.frame();
  }

  wait(deadline: i64): Result {
    return this.network.wait(deadline);
  }
}

import { loadMac, storeMac } from "mirage-wasm/mac";
import { Network } from "mirage-wasm/network";

/** Sends each frame back to where it came from. */
export class Reflect<N extends Network> {
  start(network: N): void {
    while (true) {
      for (let size = network.receive(); size; size = network.receive()) {
        const frame = network.frame();
        const back = network.buffer();
        memory.copy(back, frame, size);
        storeMac(back, loadMac(frame + 6));
        storeMac(back + 6, network.mac());
        network.send(size);
      }
      network.flush();
      network.wait(i64.MAX_VALUE);
    }
  }
}

// Sends all frames back; one whose first byte is 0xff makes it print what it has counted.
import { Console } from "mirage-wasm/console";
import { metrics } from "mirage-wasm/metrics";
import { Network } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { NEVER } from "mirage-wasm/stack";

export class Echo<N extends Network, C extends Console> {
  start(network: N, console: C): void {
    console.log("frames of " + network.mtu().toString());
    while (network.wait(NEVER) == Result.OK) {
      for (let size = network.receive(); size; size = network.receive()) {
        const frame = network.frame();
        if (load<u8>(frame) == 0xff) tell(console);
        memory.copy(network.buffer(), frame, size);
        network.send(size);
      }
      network.flush();
    }
  }
}

function tell(console: Console): void {
  const all = metrics();
  const words: string[] = [];
  for (let i = 0; i < all.length; i++) if (all[i].name.startsWith("tap3.")) words.push(all[i].toString().substring(5));
  console.log(words.join(", "));
}

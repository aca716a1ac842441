import { Console } from "mirage-wasm/console";
import { showMac } from "mirage-wasm/mac";
import { Network } from "mirage-wasm/network";
export class Ping<N extends Network, C extends Console> {
  start(net: N, console: C): void {
    console.log(`I am ${showMac(net.mac())}`);
    const frame = new Uint8Array(2000);
    frame.fill(0xff, 0, 6);
    for (let i = 0; i < 3; i++) {
      net.write(frame, 60 + i);
      const size = net.read(frame, i64.MAX_VALUE);
      console.log(`${size} bytes`);
    }
  }
}

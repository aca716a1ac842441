import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { showMac } from "mirage-wasm/mac";
import { Network } from "mirage-wasm/network";
import { Answer } from "./answer";

const own = argument.address("address", "10.0.0.2", "The address of IPv4 that is answered for.");

/** Answers ARP and echo requests by its own hand: frames in, frames out. */
export class Ping<N extends Network, C extends Console> {
  start(network: N, console: C): void {
    console.log("I am " + own.value.toString() + " at " + showMac(network.mac()));
    const frame = new Uint8Array(2048);
    const answer = new Answer(frame.dataStart, network.mac(), load<u32>(changetype<usize>(own.value.bytes)));
    for (let size = network.read(frame, i64.MAX_VALUE); size > 0; size = network.read(frame, i64.MAX_VALUE)) {
      const what = answer.make(size);
      if (!what.length) continue;
      console.log(what);
      network.write(frame, size);
    }
  }
}

// Frames by their types, and whose MAC is whose address.
import { Arp } from "mirage-wasm/arp";
import { Console } from "mirage-wasm/console";
import { Ethernet } from "mirage-wasm/ethernet";
import { NEVER } from "mirage-wasm/flow";
import { Ipv4 } from "mirage-wasm/ipv4";
import { BROADCAST, showMac } from "mirage-wasm/mac";
import { Result } from "mirage-wasm/result";
import { Address } from "mirage-wasm/stack";
import { first } from "./turn";

/** For experiments (IEEE 802, "local experimental"). */
const TYPE: u16 = 0x88b5;

export class Frames<A extends Ethernet, B extends Ethernet, N extends Arp, I extends Ipv4, C extends Console> {
  start(here: A, there: B, neighbours: N, server: I, console: C): void {
    server.up(NEVER);
    const mine = here.open(TYPE).value;
    const theirs = there.open(TYPE).value;
    console.log(here.open(TYPE).result == Result.CLOSED ? "the type is taken" : "THE TYPE IS NOT TAKEN");
    const bytes = new Uint8Array(2000);
    mine.send(Uint8Array.wrap(String.UTF8.encode("to all")), 6, BROADCAST);
    console.log(read(theirs.receive(bytes, NEVER), bytes) + " from " + showMac(theirs.from()));
    theirs.send(Uint8Array.wrap(String.UTF8.encode("to one")), 6, theirs.from());
    console.log(read(mine.receive(bytes, NEVER), bytes) + " from " + showMac(mine.from()));
    mine.close();
    console.log(here.open(TYPE).isOK ? "the type is free again" : "THE TYPE IS NOT FREE");
    console.log(mine.receive(bytes, NEVER) == Result.CLOSED ? "what is closed brings nothing" : "WHAT IS CLOSED BRINGS SOMETHING");

    const found = neighbours.find(Address.parse("10.0.0.2")!, NEVER);
    console.log("10.0.0.2 is at " + showMac(found.value));
    console.log(neighbours.find(Address.parse("10.0.0.9")!, NEVER).result == Result.UNREACHABLE ? "10.0.0.9 is nobody's" : "10.0.0.9 IS SOMEBODY'S");
    first.done();
  }
}

function read(size: i32, bytes: Uint8Array): string {
  return String.UTF8.decode(bytes.slice(0, min(size, 6)).buffer);
}

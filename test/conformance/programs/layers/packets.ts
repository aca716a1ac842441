// Packets by their protocols, and echoes.
import { Console } from "mirage-wasm/console";
import { NEVER } from "mirage-wasm/flow";
import { Icmpv4 } from "mirage-wasm/icmpv4";
import { Ipv4 } from "mirage-wasm/ipv4";
import { Result } from "mirage-wasm/result";
import { Address } from "mirage-wasm/stack";
import { first, second } from "./turn";

/** For experiments (RFC 3692). */
const PROTOCOL: u8 = 253;

export class Packets<A extends Ipv4, B extends Ipv4, E extends Icmpv4, F extends Icmpv4, C extends Console> {
  start(client: A, server: B, echoes: E, others: F, console: C): void {
    first.wait();
    const there = server.address()!;
    console.log("an echo of 56 bytes: " + (echoes.ping(there, 56, NEVER) >= 0 ? "came" : "DID NOT COME"));
    console.log("one of 20,000: " + (others.ping(client.address()!, 20_000, NEVER) >= 0 ? "came" : "DID NOT COME"));
    console.log("one beyond the network: " + (echoes.ping(Address.parse("192.0.2.1")!, 0, NEVER) == Result.UNREACHABLE ? "there is no way" : "THERE IS A WAY"));

    const mine = client.open(PROTOCOL).value;
    const bytes = new Uint8Array(10_000);
    mine.hearErrors();
    mine.send(bytes, 100, there, 0);
    console.log("protocol 253: " + (mine.receive(bytes, NEVER) == Result.UNREACHABLE ? "nobody takes it at " + mine.address().toString() : "SOMEBODY TAKES IT"));
    const theirs = server.open(PROTOCOL).value;
    console.log(server.open(PROTOCOL).result == Result.CLOSED ? "it is taken" : "IT IS NOT TAKEN");
    mine.send(bytes, 5000, there, 0);
    console.log(theirs.receive(bytes, NEVER).toString() + " bytes of it from " + theirs.address().toString());
    const group = Address.parse("239.1.2.3")!;
    console.log("a group's: " + (theirs.join(group) == Result.OK ? "joined" : "NOT JOINED"));
    mine.send(bytes, 20, group, 0);
    console.log(theirs.receive(bytes, NEVER).toString() + " bytes once it is joined");
    theirs.leave(group);
    mine.send(bytes, 30, group, 0);
    mine.send(bytes, 40, there, 0);
    console.log(theirs.receive(bytes, NEVER).toString() + " bytes once it is left, to this host");
    theirs.close();
    mine.send(bytes, 100, there, 0);
    console.log(mine.receive(bytes, NEVER) == Result.UNREACHABLE ? "nobody takes it any more" : "SOMEBODY TAKES IT STILL");
    second.done();
  }
}

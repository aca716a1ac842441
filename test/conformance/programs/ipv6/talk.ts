// A host of both versions of IP, and one of IPv6 alone.
import { Console } from "mirage-wasm/console";
import { Icmpv6 } from "mirage-wasm/icmpv6";
import { Result } from "mirage-wasm/result";
import { Address, NEVER, Stack, writeText } from "mirage-wasm/stack";

export class Talk<A extends Stack, B extends Stack, E extends Icmpv6, C extends Console> {
  start(client: A, server: B, echoes: E, console: C): void {
    server.up(NEVER);
    const there = server.address()!;
    console.log(client.address()!.toString() + " and " + there.toString());
    console.log("an echo of 56 bytes: " + (echoes.ping(there, 56, NEVER) >= 0 ? "came" : "DID NOT COME"));
    console.log("one of 20,000: " + (echoes.ping(there, 20_000, NEVER) >= 0 ? "came" : "DID NOT COME"));
    console.log("one to nobody: " + (echoes.ping(Address.parse("2001:db8::9")!, 8, NEVER) == Result.UNREACHABLE ? "is told" : "IS NOT TOLD"));
    console.log("beyond the network: " + (echoes.ping(Address.parse("2001:db8:1::1")!, 8, NEVER) == Result.UNREACHABLE ? "there is no way" : "THERE IS A WAY"));

    const listener = server.listen(7).value;
    const flow = client.connect(there, 7, NEVER).value;
    const other = listener.accept(NEVER).value;
    console.log("from " + other.address().toString());
    writeText(flow, "hello");
    const bytes = new Uint8Array(100_000);
    console.log("tcp: " + String.UTF8.decode(bytes.slice(0, other.read(bytes)).buffer));
    let heard = 0;
    other.write(bytes, 100_000);
    other.close();
    for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) heard += count;
    console.log(heard.toString() + " bytes back");
    console.log("port 9: " + (client.connect(there, 9, NEVER).result == Result.REFUSED ? "refused" : "NOT REFUSED"));
    console.log("itself: " + (client.connect(Address.parse("::1")!, 7, NEVER).result == Result.REFUSED ? "refused" : "NOT REFUSED"));

    const mine = client.datagrams(0).value;
    mine.hearErrors();
    const theirs = server.datagrams(7).value;
    mine.send(bytes, 5000, there, 7);
    console.log("udp: " + theirs.receive(bytes, NEVER).toString() + " bytes from " + theirs.address().toString());
    mine.send(bytes, 10, there, 8);
    console.log("port 8: " + (mine.receive(bytes, NEVER) == Result.REFUSED ? "refused by " + mine.address().toString() : "NOT REFUSED"));
  }
}

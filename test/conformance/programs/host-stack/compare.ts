// The host's stack and our own do the same: what is printed is the host's, and where ours differs.
import { Console } from "mirage-wasm/console";
import { Address, Stack } from "mirage-wasm/stack";
import { Connections } from "./connections";
import { Datagrams } from "./datagrams";

export class Compare<H extends Stack, A extends Stack, B extends Stack, C extends Console> {
  start(host: H, client: A, server: B, console: C): void {
    const first = talk(host, host, Address.parse("127.0.0.1")!);
    for (let i = 0; i < first.length; i++) console.log(first[i]);
    const second = talk(client, server, Address.parse("10.0.0.2")!);
    let differing = 0;
    for (let i = 0; i < first.length; i++) {
      if (first[i] == second[i]) continue;
      console.log("OUR OWN: " + second[i]);
      differing++;
    }
    console.log(first.length.toString() + " lines, " + differing.toString() + " of our own differ");
  }
}

function talk(client: Stack, server: Stack, there: Address): string[] {
  const said: string[] = [];
  new Connections(client, server, there, said).run();
  new Datagrams(client, server, there, said).run();
  return said;
}

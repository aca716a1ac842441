// Echo at port 7, by IPv6 alone.
import { Console } from "mirage-wasm/console";
import { NEVER, Stack } from "mirage-wasm/stack";

export class Six<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    stack.up(NEVER);
    console.log("I am " + stack.address()!.toString());
    const servers = stack.nameServers();
    for (let i = 0; i < servers.length; i++) console.log("asks " + servers[i].toString());
    const listener = stack.listen(7).value;
    const bytes = new Uint8Array(65_536);
    while (true) {
      const flow = listener.accept(NEVER).value;
      for (let count = flow.read(bytes); count > 0; count = flow.read(bytes)) flow.write(bytes, count);
      flow.close();
    }
  }
}

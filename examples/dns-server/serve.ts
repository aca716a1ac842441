import { Console } from "mirage-wasm/console";
import { Authority } from "mirage-wasm/drivers/dns/authority";
import { serveNames } from "mirage-wasm/drivers/dns/server";
import { NEVER, Stack } from "mirage-wasm/stack";
import { Zone } from "mirage-wasm/zone";

export class Serve<S extends Stack, Z extends Zone, C extends Console> {
  start(stack: S, zone: Z, console: C): void {
    const authority = new Authority();
    const records = zone.records();
    authority.add(records);
    stack.up(NEVER);
    console.log("serving " + records.length.toString() + " records at " + stack.address()!.toString());
    serveNames(stack, authority);
  }
}

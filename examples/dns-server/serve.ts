import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Authority } from "mirage-wasm/drivers/dns/authority";
import { serveNames } from "mirage-wasm/drivers/dns/server";
import { Result } from "mirage-wasm/result";
import { NEVER, Stack } from "mirage-wasm/stack";
import { Zone } from "mirage-wasm/zone";

const port = argument.port("port", 53, "Where to listen.");

export class Serve<S extends Stack, Z extends Zone, C extends Console> {
  start(stack: S, zone: Z, console: C): void {
    const authority = new Authority();
    const records = zone.records();
    authority.add(records);
    stack.up(NEVER);
    console.log("serving " + records.length.toString() + " records at " + stack.address()!.toString() + ", port " + port.value.toString());
    if (serveNames(stack, authority, port.value) == Result.CLOSED) console.log("the port is somebody's");
  }
}

import { Address } from "mirage-wasm/address";
import { Console } from "mirage-wasm/console";
import { addressOf } from "mirage-wasm/drivers/net/address";
import { DhcpServer } from "mirage-wasm/drivers/net/dhcp/server";
import { lowOf } from "mirage-wasm/drivers/net/ip";
import { showMac } from "mirage-wasm/mac";
import { NEVER, Stack } from "mirage-wasm/stack";

const SERVER_PORT: u16 = 67;
const CLIENT_PORT: u16 = 68;
const HOUR: u32 = 3600;
const names: StaticArray<string> = ["?", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM"];

/** Addresses from 192.168.1.70 to .100, for an hour, with itself as the router. */
export class Serve<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    const server = new DhcpServer(v4("192.168.1.5"), v4("255.255.255.0"), v4("192.168.1.70"), 31, HOUR, "pampas");
    const socket = stack.datagrams(SERVER_PORT).value;
    const bytes = new Uint8Array(1500);
    console.log("serving at " + stack.address()!.toString());
    for (let size = socket.receive(bytes, NEVER); size >= 0; size = socket.receive(bytes, NEVER)) {
      const reply = server.answer(bytes.dataStart, size, <i64>(performance.now() * 1e6));
      console.log("Received packet: " + names[min(server.type, 8)] + " of " + showMac(server.mac));
      if (!reply) continue;
      memory.copy(bytes.dataStart, server.reply, reply);
      socket.send(bytes, reply, addressOf(0, lowOf(server.to)), CLIENT_PORT);
      console.log("Sent reply packet: " + addressOf(0, lowOf(server.given)).toString());
    }
  }
}

function v4(text: string): u32 {
  return load<u32>(changetype<usize>(Address.parse(text)!.bytes));
}

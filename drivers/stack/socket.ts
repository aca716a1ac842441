// The host's own TCP and UDP, by wasi:sockets.

import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Stack } from "mirage-wasm/stack";
import { SocketDatagrams } from "./socket-datagrams";
import { connectTo } from "./socket-flow";
import { SocketListener } from "./socket-listener";

export class SocketStack implements Stack {
  up(_deadline: i64 = NEVER): Result {
    return Result.OK;
  }

  /** The host's addresses are not told: 0.0.0.0. */
  address(): Address | null {
    return new Address(new StaticArray<u8>(4));
  }

  /** The host asks for names itself: `mirage-wasm/resolver`. */
  nameServers(): Address[] {
    return [];
  }

  listen(port: u16): Outcome<Listener> {
    const listener = new SocketListener();
    const result = listener.open(port);
    return result == Result.OK ? new Outcome<Listener>(Result.OK, listener) : failed<Listener>(result);
  }

  connect(address: Address, port: u16, deadline: i64 = NEVER): Outcome<Flow> {
    const connected = connectTo(address, port, deadline);
    return connected.isOK ? new Outcome<Flow>(Result.OK, connected.value) : failed<Flow>(connected.result);
  }

  datagrams(port: u16): Outcome<Datagrams> {
    const socket = new SocketDatagrams();
    const result = socket.open(port);
    return result == Result.OK ? new Outcome<Datagrams>(Result.OK, socket) : failed<Datagrams>(result);
  }
}

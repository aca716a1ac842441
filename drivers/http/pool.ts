import { clock_monotonic } from "mirage-wasm/abi";
import { SECOND } from "mirage-wasm/duration";
import { ClientConnection } from "./client-connection";

/** Connections that wait for another request, and how long they do: servers give up after a minute or less. */
const MAX_IDLE: i32 = 32;
const IDLE_TIME: i64 = 20 * SECOND;

/** Connections that nobody uses, the newest last. */
export class Pool {
  private readonly idle: ClientConnection[] = [];

  /** The one to this server that was used last, or null. */
  take(authority: string): ClientConnection | null {
    const now = clock_monotonic();
    while (this.idle.length && now - this.idle[0].idleSince > IDLE_TIME) this.idle.shift().close();
    for (let i = this.idle.length - 1; i >= 0; i--) {
      if (this.idle[i].authority == authority) return this.idle.splice(i, 1)[0];
    }
    return null;
  }

  /** False: it is not taken. */
  give(connection: ClientConnection): bool {
    if (!connection.rest()) return false;
    if (this.idle.length == MAX_IDLE) this.idle.shift().close();
    this.idle.push(connection);
    return true;
  }
}

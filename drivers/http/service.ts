import { clock_monotonic } from "mirage-wasm/abi";
import { SECOND } from "mirage-wasm/duration";
import { Listener, NEVER } from "mirage-wasm/flow";
import { Handler } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { Semaphore } from "mirage-wasm/semaphore";
import { spawn, Thread } from "mirage-wasm/thread";
import { Connection } from "./connection";
import { accepted, evicted } from "./counters";
import { AT_WORK, Exchange } from "./exchange";

/** What is being answered when the server stops has this long. */
const GRACE: i64 = 10 * SECOND;

/** So many exchanges are kept for those who come next. */
const KEPT: i32 = 64;

/** A port of HTTP and its connections. */
export class Service {
  isStopping: bool = false;
  private readonly connections: Connection[] = [];
  private readonly permits: Semaphore;
  /** Those that are free. */
  private exchanges: Exchange | null = null;
  private free: i32 = 0;

  constructor(
    private readonly listener: Listener,
    private readonly handler: Handler,
    /** The most connections, and bytes of a request's body. */
    most: i32,
    private readonly limit: i64,
  ) {
    this.permits = new Semaphore(most);
  }

  /** Until it is stopped or cancelled. */
  run(): Result {
    const result = this.accept();
    this.stop();
    this.wait(clock_monotonic() + GRACE);
    return result;
  }

  stop(): void {
    this.isStopping = true;
    this.listener.close();
    for (let i = 0; i < this.connections.length; i++) this.connections[i].finish();
  }

  /** A connection has ended. */
  remove(connection: Connection): void {
    const last = this.connections.pop();
    last.place = connection.place;
    if (last != connection) this.connections[last.place] = last;
    this.permits.release();
  }

  take(): Exchange {
    const free = this.exchanges;
    if (!free) return new Exchange(this.handler, this.limit);
    this.exchanges = free.next;
    this.free--;
    return free;
  }

  give(exchange: Exchange): void {
    if (this.free == KEPT) return exchange.free();
    this.free++;
    exchange.next = this.exchanges;
    this.exchanges = exchange;
  }

  /** Until the port is closed: `OK`. */
  private accept(): Result {
    while (!this.isStopping) {
      const outcome = this.listener.accept(NEVER);
      if (!outcome.isOK) return this.isStopping ? Result.OK : outcome.result;
      accepted.add();
      if (!this.permits.available) this.evict();
      if (this.permits.acquire()) {
        outcome.value.close();
        return Result.CANCELLED;
      }
      const connection = new Connection(this, outcome.value, this.connections.length);
      this.connections.push(connection);
      connection.thread = spawn(connection, "http connection");
      // However many have come: each begins before the next is taken from the host, which has room for those who wait.
      Thread.yield();
    }
    return Result.OK;
  }

  /** There are as many connections as may be: the one whose client has said nothing for longest makes room. */
  private evict(): void {
    let longest: Connection | null = null;
    let since = AT_WORK;
    for (let i = 0; i < this.connections.length; i++) {
      const connection = this.connections[i];
      if (connection.since >= since) continue;
      longest = connection;
      since = connection.since;
    }
    if (!longest) return;
    evicted.add();
    longest.thread!.cancel();
  }

  private wait(deadline: i64): void {
    while (this.connections.length) {
      const thread = this.connections[0].thread!;
      if (thread.joinUntil(deadline) == Result.OK) continue;
      for (let i = 0; i < this.connections.length; i++) this.connections[i].thread!.cancel();
      deadline = NEVER;
    }
  }
}

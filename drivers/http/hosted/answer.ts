// What the host calls for each request. Hosts may call an instance once or many times, but never while another call of it lasts.

import { usesThreads } from "mirage-wasm/link";
import { jobs } from "mirage-wasm/scheduler/jobs";
import { begin, pace, turn } from "mirage-wasm/scheduler/run";
import { start } from "mirage-wasm/scheduler/thread";
import { entrance } from "./entrance";
import { Exchange } from "./exchange";

let hasBegun: bool = false;
/** The only one: there is one request at a time. */
const exchange = new Exchange();

/** Answers a request: in a thread, which the others may go on beside. Before the first one the jobs run until one of them serves. */
export function answer(request: i32, out: i32): void {
  usesThreads();
  if (!hasBegun) {
    hasBegun = true;
    begin();
  }
  while (!entrance.handler && !entrance.isClosed && jobs > 0) {
    turn();
    pace();
  }
  exchange.begin(request, out);
  const thread = start(exchange, "http request");
  // Where a handler does not block, nobody needs to know the time.
  turn();
  while (!thread.isEnded) {
    pace();
    turn();
  }
}

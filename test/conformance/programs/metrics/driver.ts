import { Counter, Gauge } from "mirage-wasm/metrics";

const received = new Counter("net.received");
const errors = new Counter("net.errors");
const queued = new Gauge("net.queued");

export function receive(bytes: i32): void {
  received.add(bytes);
  queued.set(bytes / 2);
  if (!bytes) errors.add();
}

import { Counter, Gauge } from "mirage-wasm/metrics";

export const connected = new Counter("sockets.connected");
export const accepted = new Counter("sockets.accepted");
/** Connections that did not come to be, and such that broke. */
export const failures = new Counter("sockets.failed");
export const broken = new Counter("sockets.broken");
export const closed = new Counter("sockets.closed");
/** Times when the host had no room for another connection. */
export const exhausted = new Counter("sockets.exhausted");
/** Bytes of connections. */
export const bytesRead = new Counter("sockets.read");
export const bytesWritten = new Counter("sockets.written");
export const datagramsReceived = new Counter("sockets.datagrams_received");
export const datagramsSent = new Counter("sockets.datagrams_sent");
/** Those that the host had no room for. */
export const datagramsLost = new Counter("sockets.datagrams_lost");
/** Connections and pollables that the host has made for this image, and not been given back. */
export const open = new Gauge("sockets.open");
export const pollables = new Gauge("sockets.pollables");

// wasi:sockets of a host that has no other stack, for the shim on Xen: the calls of the interfaces that are about sockets, each
// by a number of its own, none of which blocks. What they take and answer beside a number stands in `buffer.ts`. A call that
// fails answers -1 - the number of a wasi:sockets error-code.

import { clock_monotonic } from "mirage-wasm/abi";
import { hashOf } from "mirage-wasm/drivers/name-hash";
import { NO_DEADLINE } from "mirage-wasm/drivers/net/ip";
import { limitBlocks } from "mirage-wasm/drivers/net/tcp/blocks";
import { ErrorCode, failure } from "mirage-wasm/socket-error";
import { buffer, take } from "./buffer";
import { Host } from "./host";
import { Names } from "./names";
import { Settings } from "./settings";
import { Table } from "./table";
import { TcpSocket } from "./tcp-socket";
import { UdpSocket } from "./udp-socket";

const settings = new Settings();
let known: Host | null = null;
const tcpSockets = new Table<TcpSocket>();
const udpSockets = new Table<UdpSocket>();
const lookups = new Table<Names>();

function host(): Host {
  return known!;
}

/** Where the buffer is, whose first 32 bytes are an address. */
export function place(): usize {
  return buffer;
}

/** A key of `extra` and what stands behind it, `KEY=VALUE` of `size` bytes in the buffer. Before `begin`. */
export function set(size: i32): bool {
  const text = String.UTF8.decodeUnsafe(buffer, size);
  const end = text.indexOf("=");
  return settings.set(text.substring(0, end), text.substring(end + 1));
}

/** Begins to use the vif, and not more than so many bytes for what connections hold. The name of the image's file, of `size` bytes, is in the buffer. */
export function begin(mac: u64, mtu: i32, held: i32, size: i32): void {
  limitBlocks(held);
  const file = String.UTF8.decodeUnsafe(buffer, size);
  const name = file.endsWith(".wasm") ? file.substring(0, file.length - 5) : file;
  known = new Host(mac, mtu, name, hashOf(name), settings);
}

/** Takes frames and does what is due. Returns when it is to be called again at the latest. */
export function step(): i64 {
  const now = clock_monotonic();
  const isMore = host().input(now);
  let due = isMore ? now : NO_DEADLINE;
  for (let number = 0; number < lookups.length; number++) {
    const one = lookups.at(number);
    if (one) due = min(due, one.step(now));
  }
  return min(due, host().step(now));
}

/** Has it an address? Its own addresses are in the buffer, as text; returns the size of that, 0 for no. */
export function up(): i32 {
  if (!host().isUp) return 0;
  const text = host().toString();
  return <i32>String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, buffer);
}

/** Ends all sockets, as a process's end does. */
export function end(): void {
  for (let number = 0; number < tcpSockets.length; number++) {
    const one = tcpSockets.at(number);
    if (one) one.close();
  }
}

/** Is something that was written not taken by the other side yet? */
export function busy(): bool {
  return host().isBusy;
}

export function tcp_create(isV6: bool): i32 {
  return tcpSockets.add(new TcpSocket(host().of(isV6)));
}

export function tcp_backlog(socket: i32, size: i32): i32 {
  return tcpSockets.get(socket).setBacklog(size);
}

/** At the address in the buffer. */
export function tcp_bind(socket: i32): i32 {
  const one = tcpSockets.get(socket);
  return take(one.isV6) ? one.startBind() : failure(ErrorCode.INVALID_ARGUMENT);
}

export function tcp_bound(socket: i32): i32 {
  return tcpSockets.get(socket).finishBind();
}

export function tcp_listen(socket: i32): i32 {
  return tcpSockets.get(socket).startListen();
}

export function tcp_listening(socket: i32): i32 {
  return tcpSockets.get(socket).finishListen();
}

/** The number of the connection that was accepted. */
export function tcp_accept(socket: i32): i32 {
  const one = tcpSockets.get(socket);
  if (!one.isListening) return failure(ErrorCode.INVALID_STATE);
  const accepted = one.accept();
  return accepted ? tcpSockets.add(accepted) : failure(ErrorCode.WOULD_BLOCK);
}

/** To the address in the buffer. */
export function tcp_connect(socket: i32): i32 {
  const one = tcpSockets.get(socket);
  return take(one.isV6) ? one.startConnect() : failure(ErrorCode.INVALID_ARGUMENT);
}

export function tcp_connected(socket: i32): i32 {
  return tcpSockets.get(socket).finishConnect();
}

export function tcp_ready(socket: i32): bool {
  return tcpSockets.get(socket).isReady;
}

/** Its address is in the buffer then. */
export function tcp_local(socket: i32): i32 {
  return tcpSockets.get(socket).local();
}

/** The other side's. */
export function tcp_remote(socket: i32): i32 {
  return tcpSockets.get(socket).remote();
}

export function tcp_shutdown(socket: i32, reads: bool, writes: bool): i32 {
  return tcpSockets.get(socket).shutdown(reads, writes);
}

export function tcp_drop(socket: i32): void {
  tcpSockets.get(socket).close();
  tcpSockets.remove(socket);
}

/** How many bytes are in the buffer, behind where an address is: 0 for none yet; -1: there will be no more; -2: it is broken. */
export function tcp_read(socket: i32, size: i32): i32 {
  return tcpSockets.get(socket).read(size);
}

export function tcp_readable(socket: i32): bool {
  return tcpSockets.get(socket).isReadable;
}

/** How many bytes can be written, or as `tcp_read`. */
export function tcp_room(socket: i32): i32 {
  return tcpSockets.get(socket).room();
}

/** Writes what is in the buffer behind where an address is; `tcp_room` has said that there is room. */
export function tcp_write(socket: i32, size: i32): i32 {
  return tcpSockets.get(socket).write(size);
}

export function tcp_writable(socket: i32): bool {
  return tcpSockets.get(socket).isWritable;
}

export function udp_create(isV6: bool): i32 {
  return udpSockets.add(new UdpSocket(host().of(isV6)));
}

/** At the address in the buffer. */
export function udp_bind(socket: i32): i32 {
  const one = udpSockets.get(socket);
  return take(one.isV6) ? one.bind() : failure(ErrorCode.INVALID_ARGUMENT);
}

export function udp_local(socket: i32): void {
  udpSockets.get(socket).local();
}

/** Speaks from now on with the address in the buffer alone, or with all. */
export function udp_connect(socket: i32, isAlone: bool): i32 {
  const one = udpSockets.get(socket);
  return !isAlone || take(one.isV6) ? one.connect(isAlone) : failure(ErrorCode.INVALID_ARGUMENT);
}

/** The size of a datagram, which is in the buffer behind its sender's address; or -1. */
export function udp_receive(socket: i32): i32 {
  return udpSockets.get(socket).receive();
}

export function udp_readable(socket: i32): bool {
  return udpSockets.get(socket).isReadable;
}

/** Sends what is in the buffer, behind the address to which it goes where `isTo`. */
export function udp_send(socket: i32, size: i32, isTo: bool): i32 {
  const one = udpSockets.get(socket);
  return !isTo || take(one.isV6) ? one.send(size, isTo) : failure(ErrorCode.INVALID_ARGUMENT);
}

export function udp_drop(socket: i32): void {
  udpSockets.get(socket).close();
  udpSockets.remove(socket);
}

/** Asks for the addresses of a name, whose `units` of UTF-16 are in the buffer. */
export function names_ask(units: i32): i32 {
  return lookups.add(new Names(host(), String.UTF16.decodeUnsafe(buffer, units << 1)));
}

/** 1, and an ip-address is in the buffer; 0: there are no more. */
export function names_next(names: i32): i32 {
  return lookups.get(names).next();
}

export function names_ready(names: i32): bool {
  return lookups.get(names).isReady;
}

export function names_drop(names: i32): void {
  lookups.get(names).close();
  lookups.remove(names);
}

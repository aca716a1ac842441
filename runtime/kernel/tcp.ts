import { SIZE as ADDRESS, part, spread } from "./address";
import { failure, result, WOULD_BLOCK } from "./sockets";
import {
  accept,
  createTcpSocket,
  dropInput,
  dropNetwork,
  dropOutput,
  dropTcpSocket,
  finishBindTcp,
  finishConnect,
  finishListen,
  instanceNetwork,
  localAddressTcp,
  remoteAddressTcp,
  setListenBacklogSize,
  shutdownTcp,
  startBindTcp,
  startConnect,
  startListen,
  subscribeTcp,
} from "./wasi";

// ╒══ connection ═══╕
// │ 0  tcp-socket   │
// │ 4  input        │
// │ 8  output       │
// ╘═════════════════╛
const INPUT: usize = 4;
const OUTPUT: usize = 8;

/** Of wasi:sockets/tcp.shutdown-type. */
const SEND: i32 = 1;

/** A new socket of the family of `address`, which `part` has afterwards; or a failure. */
function create(address: usize): i32 {
  spread(address);
  createTcpSocket(part(0), result);
  return load<u8>(result) ? failure() : load<i32>(result, 4);
}

/** The failure in the return area of a call without other results, with the socket given back. */
function give(socket: i32): i32 {
  const code = failure(1);
  dropTcpSocket(socket);
  return code;
}

export function tcp_listen(address: usize, backlog: u32): i32 {
  const socket = create(address);
  if (socket < 0) return socket;
  setListenBacklogSize(socket, backlog, result);
  const network = instanceNetwork();
  startBindTcp(socket, network, part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7), part(8), part(9), part(10), part(11), result);
  dropNetwork(network);
  if (load<u8>(result)) return give(socket);
  do finishBindTcp(socket, result);
  while (load<u8>(result) && load<u8>(result, 1) == WOULD_BLOCK);
  if (load<u8>(result)) return give(socket);
  startListen(socket, result);
  if (load<u8>(result)) return give(socket);
  do finishListen(socket, result);
  while (load<u8>(result) && load<u8>(result, 1) == WOULD_BLOCK);
  return load<u8>(result) ? give(socket) : socket;
}

export function tcp_accept(socket: i32, connection: usize): i32 {
  accept(socket, result);
  if (load<u8>(result)) return failure();
  memory.copy(connection, result + 4, 12);
  return 0;
}

export function tcp_connect(address: usize, connection: usize): i32 {
  const socket = create(address);
  if (socket < 0) return socket;
  const network = instanceNetwork();
  startConnect(socket, network, part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7), part(8), part(9), part(10), part(11), result);
  dropNetwork(network);
  if (load<u8>(result)) return give(socket);
  store<i32>(connection, socket);
  store<i32>(connection, 0, INPUT);
  store<i32>(connection, 0, OUTPUT);
  return 0;
}

export function tcp_connected(connection: usize): i32 {
  finishConnect(load<i32>(connection), result);
  if (load<u8>(result)) return failure();
  store<u64>(connection, load<u64>(result, 4), INPUT);
  return 0;
}

export function tcp_pollable(socket: i32): i32 {
  return subscribeTcp(socket);
}

export function tcp_local(socket: i32, address: usize): i32 {
  localAddressTcp(socket, result);
  return taken(address);
}

export function tcp_remote(socket: i32, address: usize): i32 {
  remoteAddressTcp(socket, result);
  return taken(address);
}

/** Copies the address out of the return area. */
function taken(address: usize): i32 {
  if (load<u8>(result)) return failure();
  memory.copy(address, result + 4, ADDRESS);
  return 0;
}

export function tcp_shutdown(socket: i32): void {
  shutdownTcp(socket, SEND, result);
}

export function tcp_close(connection: usize): void {
  const input = load<i32>(connection, INPUT);
  if (input) {
    dropInput(input);
    dropOutput(load<i32>(connection, OUTPUT));
  }
  dropTcpSocket(load<i32>(connection));
}

export function tcp_close_listener(socket: i32): void {
  dropTcpSocket(socket);
}

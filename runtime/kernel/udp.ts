import { part, spread } from "./address";
import { many } from "./realloc";
import { failure, result, WOULD_BLOCK } from "./sockets";
import {
  checkSend,
  createUdpSocket,
  dropIncoming,
  dropNetwork,
  dropOutgoing,
  dropUdpSocket,
  finishBindUdp,
  instanceNetwork,
  receiveDatagrams,
  sendDatagrams,
  setReceiveBufferSizeUdp,
  startBindUdp,
  streamUdp,
  subscribeIncoming,
} from "./wasi";

// ╒═══ socket ════╕
// │ 0  udp-socket │
// │ 4  incoming   │
// │ 8  outgoing   │
// ╘═══════════════╛
const INCOMING: usize = 4;
const OUTGOING: usize = 8;

/** As much as the host gives, at most: what comes while the image does something else must wait somewhere. */
const RECEIVE_BUFFER: u64 = 4_194_304;

export function udp_open(socket: usize, local: usize, remote: usize): i32 {
  spread(local);
  createUdpSocket(part(0), result);
  if (load<u8>(result)) return failure();
  const handle = load<i32>(result, 4);
  store<i32>(socket, handle);
  const network = instanceNetwork();
  startBindUdp(handle, network, part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7), part(8), part(9), part(10), part(11), result);
  dropNetwork(network);
  if (load<u8>(result)) return give(handle, 1);
  do finishBindUdp(handle, result);
  while (load<u8>(result) && load<u8>(result, 1) == WOULD_BLOCK);
  if (load<u8>(result)) return give(handle, 1);
  setReceiveBufferSizeUdp(handle, RECEIVE_BUFFER, result);
  if (remote) spread(remote);
  streamUdp(handle, i32(remote != 0), part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7), part(8), part(9), part(10), part(11), result);
  if (load<u8>(result)) return give(handle, 4);
  store<i32>(socket, load<i32>(result, 4), INCOMING);
  store<i32>(socket, load<i32>(result, 8), OUTGOING);
  return 0;
}

/** The failure at `at` of the return area, with the socket given back. */
function give(handle: i32, at: usize): i32 {
  const code = failure(at);
  dropUdpSocket(handle);
  return code;
}

export function udp_receive(socket: usize, slots: usize, size: usize, count: u32): i32 {
  many(slots, size, count + 1);
  receiveDatagrams(load<i32>(socket, INCOMING), count, result);
  return load<u8>(result) ? failure() : load<i32>(result, 8);
}

export function udp_send(socket: usize, datagrams: usize, count: u32): i32 {
  checkSend(load<i32>(socket, OUTGOING), result);
  if (load<u8>(result)) return failure(8);
  // More than the host permits would be a trap.
  count = <u32>min(<u64>count, load<u64>(result, 8));
  if (!count) return 0;
  sendDatagrams(load<i32>(socket, OUTGOING), datagrams, count, result);
  return load<u8>(result) ? failure(8) : load<i32>(result, 8);
}

export function udp_pollable(socket: usize): i32 {
  return subscribeIncoming(load<i32>(socket, INCOMING));
}

export function udp_close(socket: usize): void {
  dropIncoming(load<i32>(socket, INCOMING));
  dropOutgoing(load<i32>(socket, OUTGOING));
  dropUdpSocket(load<i32>(socket));
}

import { get16, put16 } from "mirage-wasm/drivers/net/bytes";
import { fold, sum } from "mirage-wasm/drivers/net/checksum";
import { storeMac } from "mirage-wasm/mac";
import { Adapter } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";

export const OUR_MAC: u64 = 0x010000000002;
export const PEER_MAC: u64 = 0x020000000002;
/** 10.0.0.2/24, 10.0.0.1, 10.0.0.9 as they lie in memory. */
export const OUR: u32 = 0x0200000a;
export const PEER: u32 = 0x0100000a;
export const OTHER: u32 = 0x0900000a;
export const SECOND: i64 = 1_000_000_000;

/** A network whose other end is the test: it keeps what is sent, and gives what the test writes. */
export class Wire extends Adapter {
  readonly sent: StaticArray<u8>[] = [];
  private readonly out: usize;

  constructor(mtu: i32 = 1500) {
    super(OUR_MAC, mtu);
    this.out = heap.alloc(14 + mtu);
  }

  buffer(): usize {
    return this.out;
  }

  send(size: i32): bool {
    const copy = new StaticArray<u8>(size);
    memory.copy(changetype<usize>(copy), this.out, size);
    this.sent.push(copy);
    return true;
  }

  flush(): void {}

  receive(): i32 {
    return 0;
  }

  frame(): usize {
    return 0;
  }

  wait(deadline: i64): Result {
    return Result.CLOSED;
  }

  /** The oldest frame that was sent and not taken yet. */
  take(): usize {
    return this.sent.length ? changetype<usize>(this.sent.shift()) : 0;
  }
}

/** A frame that the test writes. */
export const frame: usize = memory.data(65_600, 8);

export function ethernet(to: u64, type: u32): void {
  storeMac(frame, to);
  storeMac(frame + 6, PEER_MAC);
  put16(frame + 12, type);
}

/** A packet of ARP from the peer to us; returns the frame's size. */
export function arp(operation: u32, sender: u32, target: u32, to: u64 = OUR_MAC): i32 {
  ethernet(to, 0x0806);
  store<u32>(frame, 0x00080100, 14);
  store<u16>(frame, 0x0406, 18);
  put16(frame + 20, operation);
  storeMac(frame + 22, PEER_MAC);
  store<u32>(frame, sender, 28);
  storeMac(frame + 32, 0);
  store<u32>(frame, target, 38);
  return 42;
}

/** Where the payload of a packet of IPv4 without options stands in `frame`. */
export const PAYLOAD: usize = 34;

/** The header of a packet from the peer to us; returns the frame's size. */
export function ipv4(protocol: u8, payload: i32, from: u32 = PEER, to: u32 = OUR, identification: u32 = 1, fragment: u32 = 0): i32 {
  ethernet(OUR_MAC, 0x0800);
  store<u16>(frame, 0x0045, 14);
  put16(frame + 16, 20 + payload);
  put16(frame + 18, identification);
  put16(frame + 20, fragment);
  store<u8>(frame, 64, 22);
  store<u8>(frame, protocol, 23);
  store<u32>(frame, from, 26);
  store<u32>(frame, to, 30);
  sealHeader();
  return 34 + payload;
}

export function sealHeader(): void {
  store<u16>(frame, 0, 24);
  store<u16>(frame, <u16>~fold(sum(frame + 14, (load<u8>(frame, 14) & 15) << 2)), 24);
}

/** Writes the checksum of `size` bytes of ICMP. */
export function sealIcmp(size: i32): void {
  store<u16>(frame + PAYLOAD, 0, 2);
  store<u16>(frame + PAYLOAD, <u16>~fold(sum(frame + PAYLOAD, size)), 2);
}

/** An echo request with `size` bytes of data; returns the size of the message. */
export function echo(size: i32): i32 {
  store<u64>(frame + PAYLOAD, 0x0100_3412_0000_0008);
  for (let i = 0; i < size; i++) store<u8>(frame + PAYLOAD + 8 + i, <u8>(i * 31));
  sealIcmp(8 + size);
  return 8 + size;
}

/** A datagram of `size` bytes without a checksum; returns its size. */
export function udp(fromPort: u32, toPort: u32, size: i32): i32 {
  put16(frame + PAYLOAD, fromPort);
  put16(frame + PAYLOAD + 2, toPort);
  put16(frame + PAYLOAD + 4, 8 + size);
  put16(frame + PAYLOAD + 6, 0);
  for (let i = 0; i < size; i++) store<u8>(frame + PAYLOAD + 8 + i, <u8>(i * 17));
  return 8 + size;
}

/** A query of IGMP from the peer, `size` bytes of it behind a header with a router alert; returns the frame's size. */
export function igmp(size: i32, code: u8, group: u32, to: u32, sources: u32 = 0, robustness: u8 = 2): i32 {
  const message = frame + PAYLOAD + 4;
  ipv4(2, 4 + size, PEER, to);
  store<u8>(frame, 0x46, 14);
  store<u8>(frame, 1, 22);
  store<u32>(frame, 0x0494, PAYLOAD);
  sealHeader();
  memory.fill(message, 0, max(size, 12));
  store<u8>(message, 0x11);
  store<u8>(message, code, 1);
  store<u32>(message, group, 4);
  if (size >= 12) {
    store<u8>(message, robustness, 8);
    store<u8>(message, 125, 9);
    put16(message + 10, sources);
  }
  return sealIgmp(size);
}

/** Writes the checksum of `size` bytes of it; returns the frame's size. */
export function sealIgmp(size: i32): i32 {
  store<u16>(frame + PAYLOAD, 0, 6);
  store<u16>(frame + PAYLOAD, <u16>~fold(sum(frame + PAYLOAD + 4, size)), 6);
  return <i32>PAYLOAD + 4 + size;
}

export function type(sent: usize): u32 {
  return sent ? get16(sent + 12) : 0;
}

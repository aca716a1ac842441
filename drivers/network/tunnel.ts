// Ethernet where a host has none to give: a frame is a datagram of UDP between two ends. The other one is a TAP, QEMU's
// `-netdev dgram`, another image, or on Xen the shim, which has a vif behind that address (docs/network.md).

import { exit, udp_open, udp_pollable, udp_receive, udp_send } from "mirage-wasm/abi";
import { argument, EndpointArgument, IntegerArgument, MacArgument } from "mirage-wasm/argument";
import { say } from "mirage-wasm/command-line";
import { HEADER } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { block } from "mirage-wasm/scheduler/block";
import { ADDRESS } from "mirage-wasm/socket-address";
import { Interface } from "./interface";

/** Datagrams in one call of the host's. */
const BATCH: u32 = 16;
/** The kernel's records of what is received and of what is sent. */
const RECEIVED: usize = 40;
const SENT: usize = 44;
const LENGTH: usize = 4;

export class Tunnel extends Interface {
  private readonly local: EndpointArgument;
  private readonly peer: EndpointArgument;
  private readonly macGiven: MacArgument;
  private readonly mtuGiven: IntegerArgument;
  /** The kernel's socket. */
  private socket: usize = 0;
  private pollable: i32 = 0;
  private slotSize: usize = 0;
  /** What is received: the slot of the records, then those of frames. [next, count) are unread. */
  private into: usize = 0;
  private next: u32 = 0;
  private count: u32 = 0;
  private current: usize = 0;
  /** What is sent: slots of frames, and records of the first `filled` of them. */
  private out: usize = 0;
  private records: usize = 0;
  private filled: u32 = 0;

  /** `local` and `peer` are the defaults of its ends. */
  constructor(name: string, local: string, peer: string) {
    super(name);
    const group = argument.group(name);
    this.local = group.endpoint("local", local, "This end of the tunnel that carries the frames.");
    this.peer = group.endpoint("peer", peer, "Its other end.");
    this.macGiven = group.mac("mac", "", "The address of the interface. Default: one made of the image's name and the interface's.");
    this.mtuGiven = group.integer("mtu", 1500, "The most bytes that a frame carries.");
  }

  buffer(): usize {
    if (!this.isOpen) this.open();
    return this.out + this.filled * this.slotSize;
  }

  send(size: i32): bool {
    const record = this.records + this.filled * SENT;
    store<usize>(record, this.out + this.filled * this.slotSize);
    store<i32>(record, size, LENGTH);
    if (++this.filled == BATCH) this.flush();
    return true;
  }

  flush(): void {
    let from: u32 = 0;
    while (from < this.filled) {
      const taken = udp_send(this.socket, this.records + from * SENT, this.filled - from);
      if (taken > 0) {
        this.sent.add(taken);
        from += taken;
        continue;
      }
      // The host's buffer is full, or there is nobody at the other end: frames are lost there as they are on a wire.
      this.lost.add();
      from++;
    }
    this.filled = 0;
  }

  receive(): i32 {
    if (!this.isOpen) this.open();
    while (true) {
      if (this.next == this.count) {
        this.next = 0;
        this.count = <u32>max(udp_receive(this.socket, this.into, this.slotSize, BATCH), 0);
        if (!this.count) return 0;
        this.received.add(this.count);
      }
      const record = this.into + RECEIVED * this.next++;
      this.current = load<usize>(record);
      const isInSlot = this.current >= this.into && this.current < this.into + (BATCH + 1) * this.slotSize;
      if (isInSlot && load<i32>(record, LENGTH)) return load<i32>(record, LENGTH);
      if (!isInSlot) this.oversize.add();
    }
  }

  frame(): usize {
    return this.current;
  }

  wait(deadline: i64): Result {
    if (!this.isOpen) this.open();
    if (this.next < this.count) return Result.OK;
    return block(this.pollable, deadline);
  }

  /** The image cannot do its work without: it ends when the host does not let it. */
  protected open(): void {
    this.begin(this.macGiven.value, this.mtuGiven.value);
    // Records of a whole batch fit a slot, whose size is a multiple of 8.
    this.slotSize = <usize>((max(HEADER + this.most, <i32>(BATCH * RECEIVED)) + 7) & ~7);
    this.into = heap.alloc((BATCH + 1) * this.slotSize);
    this.out = heap.alloc(BATCH * this.slotSize);
    this.records = heap.alloc(BATCH * SENT);
    memory.fill(this.records, 0, BATCH * SENT);
    this.socket = heap.alloc(12);
    const local = this.local.value;
    const peer = this.peer.value;
    const ends: usize = memory.data(64, 4);
    local.store(ends);
    peer.store(ends + ADDRESS);
    const result = udp_open(this.socket, ends, ends + ADDRESS);
    if (result) {
      say(`${this.name}: no tunnel from ${local} to ${peer}: ${reasonOf(-1 - result)}`);
      exit(1);
    }
    this.pollable = udp_pollable(this.socket);
  }
}

/** The codes of wasi:sockets/network that `bind` has. */
function reasonOf(code: i32): string {
  if (code == 1) return "the host does not allow it (wasmtime: -S inherit-network)";
  if (code == 11) return "this host has no such address";
  if (code == 12) return "that address is in use";
  if (code == 13) return "the other end cannot be reached (on Xen: the domain has no vif of that number)";
  return "error " + code.toString() + " of wasi:sockets";
}

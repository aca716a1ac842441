import { SECOND } from "mirage-wasm/duration";
import { clock_wall } from "mirage-wasm/abi";
import { Console } from "mirage-wasm/console";
import { Network } from "mirage-wasm/network";
import { Wrapped } from "./wrapped";

// The format of libpcap (draft-ietf-opsawg-pcap): little-endian, times in nanoseconds, link type 1 (Ethernet).
const MAGIC: u32 = 0xa1b23c4d;
/** 2.4 */
const VERSION: u32 = 0x00040002;
const ETHERNET: u32 = 1;
const HEADER: i32 = 24;
/** Of each frame: seconds, nanoseconds, bytes here, bytes in all. */
const RECORD: i32 = 16;

/** A network whose frames, both ways, are written to a console as a capture: `mirage-wasm run > capture.pcap`. */
export class Capture<N extends Network, C extends Console> extends Wrapped<N> {
  private record: Uint8Array;

  constructor(
    network: N,
    private readonly console: C,
  ) {
    super(network);
    this.record = new Uint8Array(0);
  }

  send(size: i32): bool {
    this.note(this.network.buffer(), size);
    return this.network.send(size);
  }

  receive(): i32 {
    const size = this.network.receive();
    if (size) this.note(this.network.frame(), size);
    return size;
  }

  private note(frame: usize, size: i32): void {
    if (!this.record.length) this.begin();
    const now = clock_wall();
    const at = this.record.dataStart;
    store<u32>(at, <u32>(now / SECOND));
    store<u32>(at, <u32>(now % SECOND), 4);
    store<u32>(at, size, 8);
    store<u32>(at, size, 12);
    memory.copy(at + RECORD, frame, size);
    this.console.write(this.record.subarray(0, RECORD + size));
  }

  private begin(): void {
    const most = this.network.mtu() + 14;
    const head = new Uint8Array(HEADER);
    store<u32>(head.dataStart, MAGIC);
    store<u32>(head.dataStart, VERSION, 4);
    store<u32>(head.dataStart, most, 16);
    store<u32>(head.dataStart, ETHERNET, 20);
    this.console.write(head);
    this.record = new Uint8Array(RECORD + most);
  }
}

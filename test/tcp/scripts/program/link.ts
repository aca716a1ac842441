import { get16 } from "mirage-wasm/drivers/net/bytes";
import { ARP, IPV4, IPV6 } from "mirage-wasm/drivers/net/ethernet";
import { ICMPV6, TCP } from "mirage-wasm/drivers/net/ip";
import { HEADER, Adapter } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";

export const OUR_MAC: u64 = 0x010000000002;
export const PEER_MAC: u64 = 0x020000000002;
const SOLICITATION: u8 = 135;

/** A network whose other end is the script: it keeps packets of TCP, and notes when a MAC is asked for. */
export class Link extends Adapter {
  /** Packets of IP, the oldest first. */
  readonly sent: StaticArray<u8>[] = [];
  isAsked: bool = false;
  private readonly out: usize;

  constructor(mtu: i32) {
    super(OUR_MAC, mtu);
    this.out = heap.alloc(HEADER + mtu);
  }

  buffer(): usize {
    return this.out;
  }

  send(size: i32): bool {
    const packet = this.out + HEADER;
    const type = get16(this.out + 12);
    if (type == ARP || (type == IPV6 && load<u8>(packet, 6) == ICMPV6 && load<u8>(packet, 40) == SOLICITATION)) this.isAsked = true;
    if ((type == IPV4 && load<u8>(packet, 9) == TCP) || (type == IPV6 && load<u8>(packet, 6) == TCP)) {
      const copy = new StaticArray<u8>(size - HEADER);
      memory.copy(changetype<usize>(copy), packet, size - HEADER);
      this.sent.push(copy);
    }
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
}

import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { storeMac } from "mirage-wasm/mac";
import { arp, echo, frame, igmp, ipv4, OTHER, OUR, OUR_MAC, PAYLOAD, PEER, sealHeader, sealIcmp, sealIgmp, udp } from "./wire";

const ALL: u64 = 0xffffffffffff;
const HEADER: i32 = 34;
const ALL_HOSTS: u32 = 0x010000e0;
/** 239.1.2.3 */
export const GROUP: u32 = 0x030201ef;

/** Makes frames of every kind that the stack reads, and then mostly breaks them a little. */
export class Frames {
  xid: u32 = 0;

  constructor(private readonly random: SeededRandom) {}

  /** Writes one to `frame`; returns its size. */
  next(): i32 {
    let size = this.make();
    const changes = this.random.below(4);
    for (let i: u32 = 0; i < changes; i++) this.change(size);
    // Half of what was changed is sealed again, so that it is read further than its checksum.
    if (changes && this.random.below(2)) {
      sealHeader();
      const protocol = load<u8>(frame, 23);
      if (protocol == 1) sealIcmp(min(max(size - HEADER, 0), 1500));
      else if (protocol == 2) sealIgmp(min(max(size - HEADER - 4, 0), 1500));
    }
    if (this.random.below(8) == 0) size = <i32>this.random.below(size + 1);
    return size;
  }

  private make(): i32 {
    const random = this.random;
    switch (random.below(9)) {
      case 0:
        return arp(1 + random.below(2), this.address(), this.address(), random.below(2) ? OUR_MAC : ALL);
      case 1:
        return ipv4(1, echo(<i32>random.below(1400)), this.address(), this.address());
      case 2:
        return ipv4(17, udp(random.below(65536), random.below(2) ? 99 : random.below(65536), <i32>random.below(1400)), this.address(), this.address());
      case 3:
        return this.fragment();
      case 4:
        return this.complaint();
      case 5:
        return this.dhcp();
      case 6:
        return ipv4(<u8>random.below(256), <i32>random.below(1400), this.address(), this.address());
      case 7:
        return this.groups();
      default:
        return this.noise();
    }
  }

  private address(): u32 {
    const random = this.random;
    switch (random.below(8)) {
      case 0:
        return random.u32();
      case 1:
        return 0x0a | (random.below(65_536) << 16);
      case 2:
        return random.below(2) ? 0xffffffff : GROUP;
      case 3:
        return OTHER;
      case 4:
        return PEER;
      default:
        return OUR;
    }
  }

  private fragment(): i32 {
    const random = this.random;
    const size = <i32>(random.below(2) ? random.below(180) << 3 : random.below(1400));
    return ipv4(random.below(2) ? 1 : 17, size, PEER, OUR, random.below(20), random.below(8192) | (random.below(2) << 13));
  }

  /** A query, or what others say of a group. */
  private groups(): i32 {
    const random = this.random;
    const group = random.below(2) ? GROUP : random.below(2) ? 0 : this.address();
    const bytes = random.below(2) ? 12 : random.below(2) ? 8 : <i32>random.below(40);
    igmp(bytes, <u8>random.below(256), group, group ? group : ALL_HOSTS, random.below(4), <u8>random.below(256));
    if (!random.below(4)) store<u8>(frame, 0x11 + <u8>random.below(8), PAYLOAD + 4);
    return sealIgmp(bytes);
  }

  /** What ICMP says of a packet that we might have sent. */
  private complaint(): i32 {
    const random = this.random;
    const size = 36 + <i32>random.below(100);
    random.fill(bytesAt(frame + PAYLOAD, size));
    store<u8>(frame + PAYLOAD, <u8>(random.below(2) ? 3 : random.below(20)));
    store<u8>(frame + PAYLOAD, <u8>random.below(16), 1);
    store<u8>(frame + PAYLOAD, 0x45, 8);
    store<u32>(frame + PAYLOAD, OUR, 20);
    sealIcmp(size);
    return ipv4(1, size, this.address(), OUR);
  }

  private dhcp(): i32 {
    const random = this.random;
    const message = frame + PAYLOAD + 8;
    const options = 60 + <i32>random.below(200);
    udp(67, 68, 240 + options);
    random.fill(bytesAt(message + 44, 196 + options));
    memory.fill(message, 0, 44);
    store<u32>(message, 0x00060102);
    store<u32>(message, this.xid, 4);
    store<u32>(message, this.address(), 16);
    storeMac(message + 28, OUR_MAC);
    put32(message + 236, 0x63825363);
    let at = message + 240;
    store<u16>(at, 0x0135);
    store<u8>(at, <u8>(1 + random.below(8)), 2);
    store<u16>(at, 0x0436, 3);
    store<u32>(at, PEER, 5);
    store<u16>(at, 0x0433, 9);
    put32(at + 11, random.below(1000));
    at += 15;
    // Then options of any kind and length, most of which the client asks for.
    for (let i: u32 = 0; i < random.below(8); i++) {
      const length = random.below(12);
      store<u8>(at, <u8>(random.below(2) ? random.below(62) : random.below(256)));
      store<u8>(at, <u8>length, 1);
      at += 2 + length;
    }
    if (random.below(2)) store<u8>(at, 255);
    return ipv4(17, 248 + options, PEER, 0xffffffff);
  }

  private noise(): i32 {
    const size = 14 + <i32>this.random.below(1500);
    this.random.fill(bytesAt(frame, size));
    storeMac(frame, this.random.below(2) ? OUR_MAC : ALL);
    put16(frame + 12, this.random.below(4) ? 0x0800 : 0x0806);
    return size;
  }

  /** A byte, a bit or a length of the first that matter. */
  private change(size: i32): void {
    const random = this.random;
    const at = frame + 12 + random.below(min(size, 80));
    switch (random.below(4)) {
      case 0:
        store<u8>(at, <u8>random.u32());
        break;
      case 1:
        store<u8>(at, load<u8>(at) ^ <u8>(<u32>1 << random.below(8)));
        break;
      case 2:
        store<u8>(at, random.below(2) ? 0 : 255);
        break;
      default:
        put16(frame + 16, random.below(2000));
        break;
    }
  }
}

const view = new Uint8Array(0);

/** Bytes in memory as an array that is filled. */
function bytesAt(at: usize, size: i32): Uint8Array {
  store<usize>(changetype<usize>(view), at, offsetof<Uint8Array>("dataStart"));
  store<i32>(changetype<usize>(view), size, offsetof<Uint8Array>("byteLength"));
  return view;
}

import { get16 } from "mirage-wasm/drivers/net/bytes";
import { fold, sum } from "mirage-wasm/drivers/net/checksum";
import { Address } from "mirage-wasm/address";
import { loadMac, storeMac } from "mirage-wasm/mac";

const ARP: u32 = 0x0806;
const IPV4: u32 = 0x0800;
const ICMP: u8 = 1;
const ECHO: u8 = 8;

/** Makes the answer to a request out of the request. */
export class Answer {
  constructor(
    private readonly frame: usize,
    private readonly mac: u64,
    private readonly own: u32,
  ) {}

  /** Says what the frame of `size` bytes asks, "" when it is not for us; then the answer stands in its place. */
  make(size: i32): string {
    const frame = this.frame;
    const type = size < 42 ? 0 : get16(frame + 12);
    if (type == ARP && get16(frame + 20) == 1 && load<u32>(frame, 38) == this.own) return this.arp();
    const isEcho = type == IPV4 && load<u8>(frame, 14) == 0x45 && load<u32>(frame, 30) == this.own && load<u8>(frame, 23) == ICMP && load<u8>(frame, 34) == ECHO;
    return isEcho ? this.echo(<i32>get16(frame + 16), size - 14) : "";
  }

  private back(): void {
    storeMac(this.frame, loadMac(this.frame + 6));
    storeMac(this.frame + 6, this.mac);
  }

  private arp(): string {
    const frame = this.frame;
    const asker = load<u32>(frame, 28);
    this.back();
    store<u8>(frame, 2, 21);
    memory.copy(frame + 32, frame + 22, 10);
    storeMac(frame + 22, this.mac);
    store<u32>(frame, this.own, 28);
    return "ARP: " + show(asker) + " asks for us";
  }

  private echo(total: i32, size: i32): string {
    const frame = this.frame;
    if (total < 28 || total > size) return "";
    const asker = load<u32>(frame, 26);
    this.back();
    store<u32>(frame, this.own, 26);
    store<u32>(frame, asker, 30);
    store<u8>(frame, 0, 34);
    store<u16>(frame, 0, 36);
    store<u16>(frame, <u16>~fold(sum(frame + 34, total - 20)), 36);
    return "ICMP: " + show(asker) + " sends an echo of " + (total - 28).toString() + " bytes";
  }
}

function show(v4: u32): string {
  const bytes = new StaticArray<u8>(4);
  store<u32>(changetype<usize>(bytes), v4);
  return new Address(bytes).toString();
}

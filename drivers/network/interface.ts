import { imageName } from "mirage-wasm/argument";
import { hashOf } from "mirage-wasm/drivers/name-hash";
import { Counter } from "mirage-wasm/metrics";
import { Adapter } from "mirage-wasm/network";

const LEAST_MTU: i32 = 576;
/** So that a frame fits a datagram. */
export const MOST_MTU: i32 = 65_450;

/** A network with a name, which is opened at its first use. */
export abstract class Interface extends Adapter {
  protected readonly received: Counter;
  protected readonly sent: Counter;
  protected readonly lost: Counter;
  protected readonly oversize: Counter;
  protected isOpen: bool = false;

  constructor(protected readonly name: string) {
    super(0, 0);
    this.received = new Counter(name + ".received");
    this.sent = new Counter(name + ".sent");
    this.lost = new Counter(name + ".lost");
    this.oversize = new Counter(name + ".oversize");
  }

  mac(): u64 {
    if (!this.isOpen) this.open();
    return this.address;
  }

  mtu(): i32 {
    if (!this.isOpen) this.open();
    return this.most;
  }

  /** Takes what its arguments say; a MAC of 0 is none. */
  protected begin(mac: u64, mtu: i32): void {
    this.isOpen = true;
    this.address = mac ? mac : macOf(imageName() + "/" + this.name);
    this.most = min(max(mtu, LEAST_MTU), MOST_MTU);
  }

  protected abstract open(): void;
}

/** A locally administered address (IEEE 802) that a name always gives. NAME.xl has the same. */
function macOf(name: string): u64 {
  return 0x02 | ((hashOf(name) & 0xffffffffff) << 8);
}

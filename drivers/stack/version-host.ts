import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { IpHost } from "./ip-host";
import { Link } from "./link";
import { Packets } from "./packets";
import { Signal } from "./signal";

/** A host of one version of IP, on a link. */
export abstract class VersionHost extends IpHost {
  /** Is woken when it may have become ready. */
  protected readonly changed: Signal = new Signal();

  constructor(readonly link: Link) {
    super();
  }

  /** Has it the address that it waits for, or will there be none? */
  protected abstract isReady(): bool;

  up(deadline: i64 = NEVER): Result {
    this.ip();
    while (!this.isReady()) {
      const result = this.changed.wait(deadline);
      if (result != Result.OK) return result;
    }
    return Result.OK;
  }

  upFor(address: Address, deadline: i64 = NEVER): Result {
    return this.up(deadline);
  }

  wake(): void {
    this.link.wake();
  }

  open(protocol: u8): Outcome<Datagrams> {
    return this.ip().find(protocol) ? failed<Datagrams>(Result.CLOSED) : new Outcome<Datagrams>(Result.OK, new Packets(this, protocol));
  }
}

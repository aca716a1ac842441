import { LOST, Mailbox } from "mirage-wasm/drivers/net/mailbox";
import { Unreachable } from "mirage-wasm/drivers/net/ip";
import { Result } from "mirage-wasm/result";
import { Signal } from "./signal";

/** A mailbox whose reader blocks. */
export class Mail {
  private readonly signal: Signal = new Signal();
  private isClosed: bool = false;

  constructor(private readonly mailbox: Mailbox) {
    mailbox.waiter = this.signal;
  }

  /** The size of the next message, or a `Result`. */
  receive(bytes: Uint8Array, deadline: i64): i32 {
    const mailbox = this.mailbox;
    while (!this.isClosed) {
      const size = mailbox.receive(bytes.dataStart, bytes.byteLength);
      if (size >= 0) return size;
      if (size == LOST) return mailbox.why == Unreachable.PORT ? Result.REFUSED : Result.UNREACHABLE;
      const result = this.signal.wait(deadline);
      if (result != Result.OK) return result;
    }
    return Result.CLOSED;
  }

  /** Who still waits hears of it. */
  close(): void {
    this.isClosed = true;
    this.mailbox.empty();
    this.signal.wake();
  }
}

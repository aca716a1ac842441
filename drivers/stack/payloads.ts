import { Payload, senderOf } from "mirage-wasm/drivers/net/ethernet";
import { Mailbox } from "mirage-wasm/drivers/net/mailbox";
import { Payloads } from "mirage-wasm/ethernet";
import { NEVER } from "mirage-wasm/flow";
import { Link } from "./link";
import { Mail } from "./mail";

class Typed extends Payload {
  readonly mailbox: Mailbox = new Mailbox();

  input(packet: usize, size: i32, toAll: bool, now: i64): void {
    this.mailbox.push(0, senderOf(packet), 0, packet, size);
  }
}

/** The payloads of a type, by calls that block. */
export class EtherPayloads implements Payloads {
  private readonly typed: Typed;
  private readonly mail: Mail;

  constructor(
    private readonly link: Link,
    type: u32,
  ) {
    const typed = new Typed(type);
    this.typed = typed;
    this.mail = new Mail(typed.mailbox);
    link.core.add(typed);
  }

  receive(bytes: Uint8Array, deadline: i64 = NEVER): i32 {
    return this.mail.receive(bytes, deadline);
  }

  from(): u64 {
    return this.typed.mailbox.fromLow;
  }

  send(bytes: Uint8Array, size: i32, to: u64): bool {
    const core = this.link.core;
    assert(size <= bytes.length && size <= core.mtu, "more bytes than there are, or than a frame takes");
    memory.copy(core.buffer(), bytes.dataStart, size);
    const sent = core.send(to, this.typed.type, size);
    this.link.wake();
    return sent;
  }

  close(): void {
    this.link.core.remove(this.typed);
    this.mail.close();
  }
}

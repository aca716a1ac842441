import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Tcb } from "mirage-wasm/drivers/net/tcp/tcb";
import { addressOf } from "./address";
import { Bed, PORT, SECOND } from "./bed";
import { check } from "./check";
import { Sink, Source } from "./flow";

/** In which a connection has to have done its work, whatever others do meanwhile. */
const LIMIT: i64 = 10_000 * SECOND;

/** A connection between the two hosts that sends bytes both ways and ends; others may not harm it. */
export class Honest {
  private readonly began: i64;
  readonly port: u16;
  private readonly out: Source;
  private readonly back: Sink;
  private taken: Connection | null = null;
  private answer: Source | null = null;
  private sink: Sink | null = null;

  constructor(
    private readonly bed: Bed,
    private readonly a: Connection,
    total: u64,
    private readonly answers: u64,
  ) {
    this.began = bed.now;
    this.port = a.localPort;
    this.out = new Source(a, total);
    this.back = new Sink(a);
  }

  /** The other host has accepted it. */
  accept(b: Connection): void {
    this.taken = b;
    this.answer = new Source(b, this.answers);
    this.sink = new Sink(b);
  }

  get isAccepted(): bool {
    return this.taken != null;
  }

  /** Writes and reads, `most` bytes at most. False: it is over, or something is wrong. */
  go(most: i32): bool {
    this.out.go();
    this.back.go(most);
    const answer = this.answer;
    const sink = this.sink;
    if (answer && sink) {
      answer.go();
      sink.go(most);
      check(sink.isRight && this.back.isRight, `${this.name}: the bytes are the same`);
      check(!sink.isBroken && !this.back.isBroken, `${this.name}: it holds, but ended by ${this.a.cause} and ${this.taken!.cause}`);
      if (sink.isEnded && this.back.isEnded) {
        check(sink.read == this.out.total && this.back.read == answer.total, `${this.name}: ${sink.read} of ${this.out.total} and ${this.back.read} of ${answer.total} bytes`);
        this.close();
        return false;
      }
    } else check(!this.back.isBroken, `${this.name}: it opens, but ended by ${this.a.cause}`);
    check(this.bed.now - this.began < LIMIT, `${this.name}: it goes on, but has read ${sink ? sink.read : 0} and ${this.back.read} bytes`);
    return true;
  }

  close(): void {
    this.a.close();
    const taken = this.taken;
    if (taken) taken.close();
  }

  private get name(): string {
    return `connection ${this.port}, begun at ${this.began / SECOND}`;
  }

  /** As the host `end` sees it. */
  tcb(end: i32): Tcb | null {
    const ours = <u32>bswap<u16>(this.port);
    const theirs = <u32>bswap<u16>(PORT);
    // Ports as in a segment of the other side's.
    const ports = end ? ours | (theirs << 16) : theirs | (ours << 16);
    return this.bed.tcps[end].table.find(V4_HIGH, addressOf(1 - end), V4_HIGH, addressOf(end), ports);
  }
}

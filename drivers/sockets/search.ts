import { DomainName } from "mirage-wasm/domain-name";
import { MOST_TCP, MOST_UDP, PORT } from "mirage-wasm/drivers/dns/message";
import { Lookup, Want } from "mirage-wasm/drivers/dns/lookup";
import { PREFIX } from "mirage-wasm/drivers/dns/stream";
import { get16, put16 } from "mirage-wasm/drivers/net/bytes";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { NO_DEADLINE } from "mirage-wasm/drivers/net/ip";
import { EMPTY } from "mirage-wasm/drivers/net/mailbox";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { UdpSocket } from "mirage-wasm/drivers/net/udp";
import { HostRandom } from "mirage-wasm/drivers/random";
import { Host } from "./host";
import { Address } from "mirage-wasm/address";

const random = new HostRandom();
/** The index of the server that has answered last. */
let preferred: i32 = 0;

/** The search for a name's records of one type: it sends what its `Lookup` wants, and tells it what has come. */
export class Search {
  readonly lookup: Lookup;
  /** The one that `socket` or `connection` is for. */
  private turn: i32 = -1;
  private socket: UdpSocket | null = null;
  private connection: Connection | null = null;
  /** What goes out by the connection, and then what comes. */
  private bytes: Uint8Array = new Uint8Array(MOST_UDP);
  private at: i32 = 0;
  private isSent: bool = false;

  constructor(
    private readonly host: Host,
    name: DomainName,
    type: i32,
    servers: Address[],
    now: i64,
  ) {
    this.lookup = new Lookup(name, type, servers, preferred % servers.length, random, now);
  }

  get isDone(): bool {
    return this.lookup.want == Want.NOTHING;
  }

  /** Does what can be done now. Returns when it is too late for an answer. */
  step(now: i64): i64 {
    const lookup = this.lookup;
    while (lookup.want != Want.NOTHING) {
      if (lookup.turn != this.turn) this.begin(now);
      if (lookup.turn == this.turn) {
        if (lookup.want == Want.DATAGRAM) this.hear(now);
        else this.exchange(now);
      }
      if (lookup.turn != this.turn) continue;
      if (now < lookup.due) return lookup.due;
      lookup.timeout(now);
    }
    this.close();
    if (lookup.records.length) preferred = lookup.serverIndex;
    return NO_DEADLINE;
  }

  /** Asks. Each question has a socket of its own, and so a port that nobody knows (RFC 5452 section 9.2). */
  private begin(now: i64): void {
    this.close();
    const lookup = this.lookup;
    const server = lookup.server;
    const family = this.host.of(!server.isV4);
    this.turn = lookup.turn;
    if (lookup.want == Want.STREAM) {
      this.bytes = new Uint8Array(PREFIX + MOST_TCP);
      put16(this.bytes.dataStart, lookup.size);
      memory.copy(this.bytes.dataStart + PREFIX, lookup.message.dataStart, lookup.size);
      this.at = 0;
      this.isSent = false;
      this.connection = family.tcp.connect(high(server), low(server), PORT, now);
      if (!this.connection) lookup.unreachable(now);
      return;
    }
    const socket = family.udp.open(0);
    if (socket) socket.hearsErrors = true;
    this.socket = socket;
    if (!socket || !socket.send(high(server), low(server), PORT, lookup.message.dataStart, lookup.size, now)) lookup.unreachable(now);
  }

  private hear(now: i64): void {
    const socket = this.socket!;
    while (this.lookup.turn == this.turn) {
      const bytes = this.bytes;
      const size = socket.receive(bytes.dataStart, bytes.length);
      if (size == EMPTY) return;
      if (size < 0) this.lookup.unreachable(now);
      else this.lookup.input(bytes.dataStart, size, addressOf(socket.fromHigh, socket.fromLow), <u16>socket.fromPort, now);
    }
  }

  /** The question out, behind its length, and the answer in, behind its own (RFC 7766 section 8). */
  private exchange(now: i64): void {
    const connection = this.connection!;
    const lookup = this.lookup;
    const bytes = this.bytes;
    const start = bytes.dataStart;
    if (!this.isSent) {
      // There is room for it from the first moment on.
      this.isSent = true;
      if (connection.write(start, PREFIX + lookup.size) != PREFIX + lookup.size) return lookup.unreachable(now);
    }
    while (true) {
      const whole = this.at < PREFIX ? PREFIX : PREFIX + <i32>get16(start);
      if (this.at >= PREFIX && this.at == whole) return lookup.answer(start + PREFIX, whole - PREFIX, now);
      const count = connection.read(start + <usize>this.at, whole - this.at);
      if (!count) return;
      if (count < 0) return lookup.unreachable(now);
      this.at += count;
    }
  }

  close(): void {
    const socket = this.socket;
    const connection = this.connection;
    this.socket = null;
    this.connection = null;
    if (socket) socket.close();
    if (connection) connection.abort();
  }
}

// A client of the DNS on a stack, whose calls block. It asks servers that look further themselves (RFC 1034 section 5.3.1).

import { clock_monotonic } from "mirage-wasm/abi";
import { Address, argument } from "mirage-wasm/argument";
import { Dns } from "mirage-wasm/dns";
import { DomainName } from "mirage-wasm/domain-name";
import { HostRandom } from "mirage-wasm/drivers/random";
import { Signal } from "mirage-wasm/drivers/stack/signal";
import { NEVER } from "mirage-wasm/flow";
import { RecordType, ResourceRecord } from "mirage-wasm/resource-record";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Stack } from "mirage-wasm/stack";
import { Cache } from "./cache";
import { Lookup, Want } from "./lookup";
import { MOST_TCP, MOST_UDP, PORT } from "./message";
import { NameServersArgument } from "./name-servers";
import { PREFIX, receiveMessage, sendMessage } from "./stream";

/** A question that a thread is asking. */
class Asked {
  readonly done: Signal = new Signal();
  /** Null until there is an answer, and also when that thread has given up. */
  lookup: Lookup | null = null;
}

export class DnsClient<S extends Stack> implements Dns {
  private readonly servers: NameServersArgument;
  private readonly cache: Cache;
  private readonly random: HostRandom = new HostRandom();
  /** Others with the same question wait for its answer (RFC 5452 section 5). */
  private readonly asked: Map<string, Asked> = new Map();
  /** The index of the server that has answered last. */
  private preferred: i32 = 0;

  /** `group` stands before its argument, whose default is `servers`, with commas between them. The cache holds `most` answers. */
  constructor(
    private readonly stack: S,
    group: string,
    servers: string,
    most: i32,
  ) {
    this.servers = argument.group(group).of(new NameServersArgument(servers), "name-servers", "Who is asked for names; without any, those that DHCP has named.");
    this.cache = new Cache(most);
  }

  records(name: string, type: RecordType, deadline: i64 = NEVER): Outcome<ResourceRecord[]> {
    const wanted = DomainName.parse(name);
    if (!wanted) return failed<ResourceRecord[]>(Result.NOT_FOUND);
    const key = wanted.key + String.fromCharCode(type);
    while (true) {
      const now = clock_monotonic();
      const known = this.cache.find(key, now);
      if (known) return outcomeOf(known.result, known.recordsAt(now));
      if (!this.asked.has(key)) return this.ask(wanted, type, key, deadline);
      const other = this.asked.get(key);
      const result = other.done.wait(deadline);
      if (result != Result.OK) return failed<ResourceRecord[]>(result);
      const lookup = other.lookup;
      if (lookup) return outcomeOf(lookup.result, lookup.records.slice());
    }
  }

  private ask(name: DomainName, type: RecordType, key: string, deadline: i64): Outcome<ResourceRecord[]> {
    const asked = new Asked();
    this.asked.set(key, asked);
    const outcome = this.search(asked, name, type, key, deadline);
    this.asked.delete(key);
    asked.done.wake();
    return outcome;
  }

  private search(asked: Asked, name: DomainName, type: RecordType, key: string, deadline: i64): Outcome<ResourceRecord[]> {
    const up = this.stack.up(deadline);
    if (up != Result.OK) return failed<ResourceRecord[]>(up);
    const servers = this.servers.value.length ? this.servers.value : this.stack.nameServers();
    if (!servers.length) return failed<ResourceRecord[]>(Result.UNREACHABLE);
    const lookup = new Lookup(name, type, servers, this.preferred, this.random, clock_monotonic());
    while (lookup.want != Want.NOTHING) {
      const result = lookup.want == Want.STREAM ? this.byStream(lookup, deadline) : this.byDatagram(lookup, deadline);
      if (result != Result.OK) return failed<ResourceRecord[]>(result);
    }
    const result = lookup.result;
    if (result == Result.OK || result == Result.NOT_FOUND) this.preferred = lookup.serverIndex;
    this.cache.keep(key, result, lookup.records, lookup.ttl, clock_monotonic());
    asked.lookup = lookup;
    // The cache has its own.
    return outcomeOf(result, lookup.records.slice());
  }

  /** Asks once. What is not `OK` ends the search. */
  private byDatagram(lookup: Lookup, deadline: i64): Result {
    // Each question has a socket of its own, and so a port that nobody knows (RFC 5452 section 9.2).
    const opened = this.stack.datagrams(0);
    if (!opened.isOK) {
      lookup.unreachable(clock_monotonic());
      return Result.OK;
    }
    const socket = opened.value;
    socket.hearErrors();
    const sent = socket.send(lookup.message, lookup.size, lookup.server, PORT);
    if (sent != Result.OK) lookup.unreachable(clock_monotonic());
    const bytes = new Uint8Array(MOST_UDP);
    const until = min(lookup.due, deadline);
    let result = Result.OK;
    for (const turn = lookup.turn; sent == Result.OK && result == Result.OK && lookup.turn == turn; ) {
      const size = socket.receive(bytes, until);
      const now = clock_monotonic();
      if (size >= 0) lookup.input(bytes.dataStart, size, socket.address(), socket.port(), now);
      else if (size == Result.TIMEOUT && until == lookup.due) lookup.timeout(now);
      else if (size == Result.TIMEOUT || size == Result.CANCELLED) result = <Result>size;
      else lookup.unreachable(now);
    }
    socket.close();
    return result;
  }

  private byStream(lookup: Lookup, deadline: i64): Result {
    const until = min(lookup.due, deadline);
    const bytes = new Uint8Array(PREFIX + MOST_TCP);
    const connected = this.stack.connect(lookup.server, PORT, until);
    let size = <i32>connected.result;
    if (connected.isOK) {
      const flow = connected.value;
      flow.until(until);
      memory.copy(bytes.dataStart + PREFIX, lookup.message.dataStart, lookup.size);
      size = sendMessage(flow, bytes, lookup.size);
      if (size == Result.OK) size = receiveMessage(flow, bytes);
      flow.close();
    }
    const now = clock_monotonic();
    if (size > 0) lookup.answer(bytes.dataStart, size, now);
    else if (size == Result.TIMEOUT && until == lookup.due) lookup.timeout(now);
    else if (size == Result.TIMEOUT || size == Result.CANCELLED) return <Result>size;
    else lookup.unreachable(now);
    return Result.OK;
  }
}

function outcomeOf(result: Result, records: ResourceRecord[]): Outcome<ResourceRecord[]> {
  return result == Result.OK ? new Outcome<ResourceRecord[]>(Result.OK, records) : failed<ResourceRecord[]>(result);
}

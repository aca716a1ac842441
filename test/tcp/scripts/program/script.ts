import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { Calls } from "./calls";
import { ACK, Description, SYN } from "./description";
import { byteAt, Flow, PEER_PORT } from "./flow";
import { Host, SECOND } from "./host";
import { complain } from "./icmp";
import { isWish, mistake, putOptions } from "./options";
import { Seen } from "./seen";
import { isInteger, isNumber, nanoseconds, secondsOf, wordsOf } from "./words";

const TIME: string = "a line begins with a time: 0.5, +0.1, or +0.1~+0.5 for what the stack sends";

/** A script, and what it is at while it is played. */
export class Script {
  private readonly lines: string[] = [];
  private host: Host = new Host(false, 1500);
  private calls: Calls = new Calls(this.host);
  private flows: Flow[] = [];
  private flow: Flow = new Flow(PEER_PORT);
  /** When it began. */
  private begin: i64 = 0;
  /** The time of the line that is played: from and to. */
  private from: i64 = 0;
  private to: i64 = 0;

  constructor(private readonly file: string) {}

  add(line: string): void {
    this.lines.push(line);
  }

  /** Returns FILE and "right", or FILE:LINE: and what is wrong. */
  play(): string {
    let wrong = "";
    let number = this.setUp();
    for (; number < this.lines.length && !wrong.length; number++) wrong = this.playLine(wordsOf(this.lines[number]));
    if (!wrong.length) wrong = this.pass(this.host.now, "the end");
    return wrong.length ? `${this.file}:${number}: ${wrong}` : `${this.file} right`;
  }

  /** Reads what stands before the first event; returns how many lines that are. */
  private setUp(): i32 {
    let isV6 = false;
    let mtu = 1500;
    let number = 0;
    for (; number < this.lines.length; number++) {
      const words = wordsOf(this.lines[number]);
      if (!words.length) continue;
      if (words[0] == "ipv6") isV6 = true;
      else if (words[0] == "mtu" && words.length == 2 && isInteger(words[1])) mtu = I32.parseInt(words[1]);
      else break;
    }
    this.host = new Host(isV6, mtu);
    this.calls = new Calls(this.host);
    this.flows.push(this.flow);
    this.begin = this.host.now;
    return number;
  }

  private playLine(words: string[]): string {
    if (!words.length) return "";
    if (!this.readTime(words[0]) || words.length < 2) return TIME;
    const what = words[1];
    if (what == ">") return this.expect(words);
    if (what == "ignore") return this.ignore(words);
    const early = this.pass(this.from, "before this");
    if (early.length) return early;
    if (what == "<" && words.length > 2 && words[2] == "icmp") return complain(words, this.host, this.flow);
    if (what == "<") return this.inject(words);
    if (what == "open") return this.open(words);
    if (what == "wait") return "";
    if (what == "peer" || what == "number") return this.choose(words);
    const wrong = this.calls.call(words, 1, this.flow);
    this.host.run(this.host.now);
    return wrong;
  }

  /** `0.5`, `+0.1`, `+0.1~+0.5`. */
  private readTime(word: string): bool {
    const parts = word.split("~");
    for (let i = 0; i < parts.length; i++) {
      const isRelative = parts[i].startsWith("+");
      const number = isRelative ? parts[i].slice(1) : parts[i];
      if (!isNumber(number)) return false;
      const time = (isRelative ? this.host.now : this.begin) + nanoseconds(number);
      if (i == 0) this.from = time;
      this.to = time;
    }
    return parts.length <= 2;
  }

  private clock(): string {
    return secondsOf(this.host.now - this.begin);
  }

  /** Time goes by, in which nothing is sent. */
  private pass(until: i64, what: string): string {
    if (until < this.host.now) return `it is ${this.clock()} already`;
    if (!this.host.run(until)) return "";
    const seen = new Seen(this.host.link.sent[0], this.host);
    const flow = this.flowOf(seen.toPort);
    if (flow) seen.note(flow, this.host.now);
    return `${what}, nothing was to be sent; at ${this.clock()} came\n    ${seen.words(flow ? flow : this.flow)}`;
  }

  private flowOf(peerPort: u16): Flow | null {
    for (let i = 0; i < this.flows.length; i++) if (this.flows[i].peerPort == peerPort) return this.flows[i];
    return null;
  }

  /** `> FLAGS …`: this is what the stack sends next. */
  private expect(words: string[]): string {
    const wanted = new Description(words, 2);
    if (wanted.mistake.length) return wanted.mistake;
    for (let i = 0; i < wanted.options.length; i++) if (!isWish(wanted.options[i])) return `"${wanted.options[i].words.join(" ")}" can't be asked of the stack`;
    const flow = this.flow;
    let at = wanted.start;
    const end = wanted.start + wanted.size;
    do {
      const size = <i32>(wanted.by ? min<i64>(wanted.by, end - at) : wanted.size);
      const wrong = this.expectOne(words, wanted, at, size, at + size == end);
      if (wrong.length) return wrong;
      at += size;
    } while (at < end);
    return "";
  }

  private expectOne(words: string[], wanted: Description, start: i64, size: i32, isLast: bool): string {
    const host = this.host;
    const flow = this.flow;
    const text = `${words.slice(1).join(" ")} at ${words[0]}`;
    // Those that came too late are told, too.
    if (!host.run(this.to + 600 * SECOND)) return `nothing came, but wanted was\n    ${text}`;
    const packet = host.link.sent.shift();
    const seen = new Seen(packet, host);
    seen.note(flow, host.now);
    const came = `at ${this.clock()} came\n    ${seen.words(flow)}`;
    if (seen.mistake.length) return `${came}\n  ${seen.mistake}`;
    if (seen.toPort != flow.peerPort || seen.fromPort != flow.localPort) return `${came}\n  of the ports ${seen.fromPort} and ${seen.toPort}, not ${flow.localPort} and ${flow.peerPort}`;
    if (!seen.fits(wanted, start, size, isLast, flow)) return `${came}\n  not\n    ${text}`;
    if (host.now < this.from || host.now > this.to) return `${came}\n  not from ${secondsOf(this.from - this.begin)} to ${secondsOf(this.to - this.begin)}`;
    if (!seen.isTrue(start)) return `${came}\n  with another text than was written`;
    return "";
  }

  /** `< FLAGS …`: the peer sends this. */
  private inject(words: string[]): string {
    const given = new Description(words, 2);
    if (given.mistake.length) return given.mistake;
    let at = given.start;
    const end = given.start + given.size;
    do {
      const size = <i32>(given.by ? min<i64>(given.by, end - at) : given.size);
      const total = this.write(given, at, size);
      if (mistake.length) return mistake;
      this.host.segment(given.cut >= 0 ? min(given.cut, total) : total, given.isWrong);
      at += size;
    } while (at < end);
    return "";
  }

  /** Writes one segment of the peer's; returns its size. */
  private write(given: Description, start: i64, size: i32): i32 {
    const flow = this.flow;
    const at = this.host.payload;
    const header = 20 + putOptions(at + 20, given.options, flow, this.begin);
    put16(at, flow.peerPort);
    put16(at + 2, flow.localPort);
    put32(at + 4, flow.peerFirst + <u32>start);
    put32(at + 8, given.flags & ACK ? flow.first + <u32>given.ack : 0);
    store<u8>(at, <u8>(header << 2), 12);
    store<u8>(at, <u8>given.flags, 13);
    put16(at + 14, given.window < 0 ? 65_535 : given.window);
    put16(at + 18, max(given.urgent, 0));
    // SYN has the first number.
    const first = <u32>start + (given.flags & SYN ? 1 : 0);
    for (let i = 0; i < size; i++) store<u8>(at + header + i, byteAt(first + i, given.isFalse));
    return header + size;
  }

  /** `ignore [N]`: what is sent until then, N segments at most, is of no interest. */
  private ignore(words: string[]): string {
    const sent = this.host.link.sent;
    let count = 0;
    for (; this.host.run(this.from); count++) {
      const packet = sent.shift();
      const seen = new Seen(packet, this.host);
      const flow = this.flowOf(seen.toPort);
      if (flow) seen.note(flow, this.host.now);
    }
    const isTooMany = words.length == 3 && count > <i32>I32.parseInt(words[2]);
    return isTooMany ? `${count} segments were sent, more than ${words[2]}` : "";
  }

  /** `open [rtt SECONDS] [win N] <options>`: the peer connects, and is accepted. */
  private open(words: string[]): string {
    let rtt = "0";
    let win = "65535";
    let options = "<mss 1460>";
    for (let i = 2; i < words.length; i++) {
      if (words[i].startsWith("<")) options = words[i];
      else if (words[i] == "rtt" && i + 1 < words.length && isNumber(words[i + 1])) rtt = words[++i];
      else if (words[i] == "win" && i + 1 < words.length && isInteger(words[i + 1])) win = words[++i];
      else return "open [rtt SECONDS] [win N] <options>";
    }
    const stamp = options.indexOf("TS ");
    const answer = stamp < 0 ? "<>" : `<${options.slice(stamp).replace(">", "").split(",")[0]}>`;
    const lines = ["+0 listen", `+0 < S 0:0(0) win ${win} ${options}`, "+0 > S. 0:0(0) ack 1", `+${rtt} < . 1:1(0) ack 1 win ${win} ${answer}`, "+0 accept", "+0 state ESTABLISHED"];
    for (let i = 0; i < lines.length; i++) {
      const wrong = this.playLine(wordsOf(lines[i]));
      if (wrong.length) return `in "${lines[i]}": ${wrong}`;
    }
    return "";
  }

  /** `peer PORT`: the next lines are about another port of the peer's; `number N`: about a new connection, and what the peer's 0 is. */
  private choose(words: string[]): string {
    if (words.length != 3 || !isInteger(words[2])) return `${words[1]} N`;
    if (words[1] == "number") {
      this.flow.begin(U32.parseInt(words[2]));
      return "";
    }
    const port = U16.parseInt(words[2]);
    let flow = this.flowOf(port);
    if (!flow) {
      flow = new Flow(port);
      flow.localPort = this.flow.localPort;
      this.flows.push(flow);
    }
    this.flow = flow;
    return "";
  }
}

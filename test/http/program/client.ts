import { Http1Client } from "mirage-wasm/drivers/http/client";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { Datagrams, Flow, Listener, Stack } from "mirage-wasm/stack";
import { Address } from "mirage-wasm/address";
import { Ask, Sink, Source } from "mirage-wasm/http-client";
import { Resolver } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Url } from "mirage-wasm/url";
import { decodeUTF8 } from "mirage-wasm/utf8";
import { Wire } from "./wire";

/** A stack of which each connection is a wire. */
class Servers implements Stack {
  readonly used: Wire[] = [];

  constructor(private readonly left: Wire[]) {}

  connect(address: Address, port: u16, deadline: i64): Outcome<Flow> {
    if (!this.left.length) return failed<Flow>(Result.REFUSED);
    const wire = this.left.shift();
    this.used.push(wire);
    return new Outcome<Flow>(Result.OK, wire);
  }

  up(deadline: i64): Result {
    return Result.OK;
  }

  address(): Address | null {
    return null;
  }

  nameServers(): Address[] {
    return [];
  }

  listen(port: u16): Outcome<Listener> {
    return failed<Listener>(Result.CLOSED);
  }

  datagrams(port: u16): Outcome<Datagrams> {
    return failed<Datagrams>(Result.CLOSED);
  }
}

class Names implements Resolver {
  lookup(name: string, deadline: i64): Outcome<Address[]> {
    if (name == "nowhere") return failed<Address[]>(Result.NOT_FOUND);
    return new Outcome<Address[]>(Result.OK, [Address.parse("192.0.2.1")!]);
  }
}

/** A body that is made in pieces. */
class Pieces implements Source {
  constructor(private readonly isKnown: bool) {}

  length(): i64 {
    return this.isKnown ? 6 : -1;
  }

  send(sink: Sink): Result {
    for (let i = 0; i < 3; i++) sink.write(Uint8Array.wrap(String.UTF8.encode("ab")), 2);
    return Result.OK;
  }
}

/** Asks one thing after the other, each as `METHOD URL [BODY]`; tells what was answered, and what was sent on each connection. */
export function tell(asks: string[], redirects: i32, replies: Uint8Array[], way: i32, random: SeededRandom, isSilent: bool): string {
  const wires = new Array<Wire>();
  for (let i = 0; i < replies.length; i++) {
    const wire = new Wire(replies[i], way, random, isSilent);
    wire.isAnswering = true;
    wires.push(wire);
  }
  const servers = new Servers(wires);
  const client = new Http1Client<Servers, Names>(servers, new Names());
  let told = "";
  for (let i = 0; i < asks.length; i++) {
    const words = asks[i].split(" ");
    const ask = new Ask(words[0], Url.parse(words[1])!);
    ask.redirects = redirects;
    ask.set("Authorization", "secret");
    ask.set("X-Field", "one\r\ntwo");
    ask.set("Content-Length", "7");
    if (words.length > 2) {
      if (words[2] == "PIECES") ask.source = new Pieces(true);
      else if (words[2] == "CHUNKS") ask.source = new Pieces(false);
      else ask.body = Uint8Array.wrap(String.UTF8.encode(words[2]));
    }
    const outcome = client.ask(ask);
    if (!outcome.isOK) {
      told += "result " + outcome.result.toString() + "\n";
      continue;
    }
    const reply = outcome.value;
    const text = reply.text(100_000);
    told += reply.url.toString() + " " + reply.status.toString() + " " + (text ? text : "broken") + (reply.header("x-field") || "") + "\n";
    reply.close();
  }
  for (let i = 0; i < servers.used.length; i++) {
    const wire = servers.used[i];
    told += "#" + (wire.isClosed ? "closed " : "kept ") + decodeUTF8(wire.said.dataStart, wire.said.length);
  }
  return told;
}

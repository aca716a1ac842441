// A client and a server of the DNS in one image, each on a stack of its own, with a cable between them.
import { Address } from "mirage-wasm/address";
import { connectByName } from "mirage-wasm/connect";
import { Console } from "mirage-wasm/console";
import { Dns, NEVER, RecordType } from "mirage-wasm/dns";
import { Authority } from "mirage-wasm/drivers/dns/authority";
import { serveNames } from "mirage-wasm/drivers/dns/server";
import { Resolver } from "mirage-wasm/resolver";
import { Listener, Stack, writeText } from "mirage-wasm/stack";
import { MILLISECOND, spawn, Task } from "mirage-wasm/thread";
import { Zone } from "mirage-wasm/zone";

class Serve extends Task {
  result: i32 = 1;

  constructor(
    private readonly stack: Stack,
    private readonly authority: Authority,
  ) {
    super();
  }

  run(): void {
    this.result = serveNames(this.stack, this.authority);
  }
}

class Greet extends Task {
  constructor(private readonly listener: Listener) {
    super();
  }

  run(): void {
    for (let accepted = this.listener.accept(NEVER); accepted.isOK; accepted = this.listener.accept(NEVER)) {
      writeText(accepted.value, "hello");
      accepted.value.close();
    }
  }
}

class Look extends Task {
  said: string = "";

  constructor(private readonly dns: Dns) {
    super();
  }

  run(): void {
    this.said = said(this.dns, "mail.test", RecordType.AAAA, NEVER);
  }
}

/** The records of a name, or why there are none. */
function said(dns: Dns, name: string, type: RecordType, deadline: i64): string {
  const found = dns.records(name, type, deadline);
  if (!found.isOK) return name + ": " + (<i32>found.result).toString();
  const texts: string[] = [];
  for (let i = 0; i < found.value.length; i++) texts.push(found.value[i].name.toString() + " " + found.value[i].dataText);
  return name + ": " + texts.join(", ");
}

/** Who greets at port 80 of a name, and how. */
function greeted(stack: Stack, resolver: Resolver, name: string): string {
  const flow = connectByName(stack, resolver, name, 80, NEVER).value;
  const bytes = new Uint8Array(100);
  const size = flow.read(bytes);
  flow.close();
  return name + ", " + flow.address().toString() + ", says " + String.UTF8.decode(bytes.slice(0, size).buffer);
}

function now(): i64 {
  return <i64>(performance.now() * 1e6);
}

export class Names<A extends Stack, D extends Dns, R extends Resolver, B extends Stack, Z extends Zone, C extends Console> {
  start(client: A, dns: D, resolver: R, server: B, zone: Z, console: C): void {
    const authority = new Authority();
    authority.add(zone.records());
    const serve = new Serve(server, authority);
    const serving = spawn(serve, "server");

    console.log(said(dns, "www.test", RecordType.A, NEVER));
    console.log(said(dns, "test", RecordType.MX, NEVER));
    console.log(said(dns, "x.y.wild.test", RecordType.TXT, NEVER));
    const long = dns.records("long.test", RecordType.TXT, NEVER).value;
    console.log("long.test: " + long.length.toString() + " texts, the last of " + long[4].data.length.toString() + " bytes");
    console.log(said(dns, "mail.test", RecordType.A, NEVER));
    console.log(said(dns, "nobody.test", RecordType.A, NEVER));
    console.log(said(dns, "www.sub.test", RecordType.A, NEVER));
    console.log(said(dns, "elsewhere", RecordType.A, NEVER));

    const one = new Look(dns);
    const two = new Look(dns);
    const first = spawn(one, "one");
    spawn(two, "two").join();
    first.join();
    console.log("two at once: " + one.said + ", " + two.said);

    // Its address of IPv6 is probed before it is used.
    console.log("port 9 of fd00::2: " + (<i32>client.connect(Address.parse("fd00::2")!, 9, NEVER).result).toString());
    console.log("both.test: " + resolver.lookup("both.test", NEVER).value.join(" "));
    const listener = server.listen(80).value;
    const greeting = spawn(new Greet(listener), "greet");
    console.log(greeted(client, resolver, "six.test"));
    console.log(greeted(client, resolver, "half.test"));
    listener.close();
    greeting.join();
    console.log("port 80 of www.test: " + (<i32>connectByName(client, resolver, "www.test", 80, NEVER).result).toString());
    console.log("port 80 of nobody.test: " + (<i32>connectByName(client, resolver, "nobody.test", 80, NEVER).result).toString());

    serving.cancel();
    serving.join();
    console.log("the server: " + serve.result.toString());
    console.log("from the cache, " + said(dns, "WWW.Test", RecordType.A, NEVER));
    console.log("from the cache, " + said(dns, "nobody.test", RecordType.A, NEVER));
    console.log("nobody answers: " + said(dns, "new.test", RecordType.A, now() + 20 * MILLISECOND));
  }
}

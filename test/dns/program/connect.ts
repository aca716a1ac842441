import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { connectByName } from "mirage-wasm/connect";
import { Datagrams } from "mirage-wasm/datagrams";
import { MILLISECOND } from "mirage-wasm/duration";
import { NEVER, Resolver } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Flow, Listener, Stack } from "mirage-wasm/stack";
import { sleep, spawn, task } from "mirage-wasm/thread";
import { equal, test } from "./harness";

/** What an address does: after so many milliseconds it ends so. */
class Host {
  constructor(
    readonly address: string,
    readonly takes: i64,
    readonly result: Result,
  ) {}
}

class World implements Stack, Resolver {
  /** What happened, each with its time in milliseconds. */
  readonly log: string[] = [];
  private readonly began: i64 = clock_monotonic();

  constructor(private readonly hosts: Host[]) {}

  say(what: string): void {
    this.log.push(((clock_monotonic() - this.began) / MILLISECOND).toString() + " " + what);
  }

  lookup(name: string, deadline: i64): Outcome<Address[]> {
    const addresses: Address[] = [];
    for (let i = 0; i < this.hosts.length; i++) addresses.push(Address.parse(this.hosts[i].address)!);
    return addresses.length ? new Outcome<Address[]>(Result.OK, addresses) : failed<Address[]>(Result.UNREACHABLE);
  }

  connect(address: Address, port: u16, deadline: i64): Outcome<Flow> {
    const text = address.toString();
    this.say("to " + text);
    let host = this.hosts[0];
    for (let i = 0; i < this.hosts.length; i++) if (this.hosts[i].address == text) host = this.hosts[i];
    if (sleep(min(host.takes * MILLISECOND, deadline - clock_monotonic())) != Result.OK) {
      this.say("no more to " + text);
      return failed<Flow>(Result.CANCELLED);
    }
    if (clock_monotonic() >= deadline) return failed<Flow>(Result.TIMEOUT);
    if (host.result != Result.OK) return failed<Flow>(host.result);
    return new Outcome<Flow>(Result.OK, new Way(this, address, port));
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

class Way implements Flow {
  constructor(
    private readonly world: World,
    private readonly remote: Address,
    private readonly number: u16,
  ) {}

  close(): void {
    this.world.say("closed " + this.remote.toString());
  }

  address(): Address {
    return this.remote;
  }

  port(): u16 {
    return this.number;
  }

  read(bytes: Uint8Array): i32 {
    return 0;
  }

  write(bytes: Uint8Array, size: i32): Result {
    return Result.OK;
  }

  until(deadline: i64): void {}

  noDelay(isSet: bool): void {}

  giveUpAfter(duration: i64): void {}

  shutdown(): void {}
}

/** What happens, and how it ends. */
function story(hosts: Host[], limit: i64 = 0): string {
  const world = new World(hosts);
  const deadline = limit ? clock_monotonic() + limit * MILLISECOND : NEVER;
  const outcome = connectByName(world, world, "host", 80, deadline);
  world.say(outcome.isOK ? "is " + outcome.value.address().toString() : (<i32>outcome.result).toString());
  sleep(2000 * MILLISECOND);
  return world.log.join(", ");
}

export function testConnect(): void {
  test("RFC 8305 5: the first address that answers is taken", () => {
    equal(story([new Host("fd00::1", 20, Result.OK), new Host("10.0.0.1", 1, Result.OK)]), "0 to fd00::1, 20 is fd00::1", "one that answers soon");
  });

  test("RFC 8305 5: after 250 ms the next one is tried too, and who is late is given up", () => {
    equal(
      story([new Host("fd00::1", 1000, Result.OK), new Host("10.0.0.1", 30, Result.OK)]),
      "0 to fd00::1, 250 to 10.0.0.1, 280 is 10.0.0.1, 280 no more to fd00::1",
      "the second one is faster",
    );
    equal(
      story([new Host("fd00::1", 400, Result.OK), new Host("10.0.0.1", 900, Result.OK)]),
      "0 to fd00::1, 250 to 10.0.0.1, 400 is fd00::1, 400 no more to 10.0.0.1",
      "the first one is faster",
    );
  });

  test("RFC 8305 5: one that fails is followed by the next at once", () => {
    equal(
      story([new Host("fd00::1", 0, Result.UNREACHABLE), new Host("10.0.0.1", 10, Result.REFUSED), new Host("10.0.0.2", 5, Result.OK)]),
      "0 to fd00::1, 0 to 10.0.0.1, 10 to 10.0.0.2, 15 is 10.0.0.2",
      "two that fail",
    );
  });

  test("two that answer at the same moment: one is taken, the other one closed", () => {
    equal(
      story([new Host("fd00::1", 350, Result.OK), new Host("10.0.0.1", 100, Result.OK)]),
      "0 to fd00::1, 250 to 10.0.0.1, 350 closed 10.0.0.1, 350 is fd00::1",
      "both after 350 ms",
    );
  });

  test("why nobody could be connected to", () => {
    const unreachable = (<i32>Result.UNREACHABLE).toString();
    const refused = (<i32>Result.REFUSED).toString();
    const late = (<i32>Result.TIMEOUT).toString();
    equal(story([new Host("fd00::1", 0, Result.UNREACHABLE), new Host("fd00::2", 0, Result.UNREACHABLE)]), "0 to fd00::1, 0 to fd00::2, 0 " + unreachable, "no way");
    equal(story([new Host("10.0.0.1", 5, Result.REFUSED), new Host("fd00::1", 0, Result.UNREACHABLE)]), "0 to 10.0.0.1, 5 to fd00::1, 5 " + refused, "one that refuses");
    equal(story([]), "0 " + unreachable, "no address");
    equal(story([new Host("10.0.0.1", 5000, Result.OK)], 100), "0 to 10.0.0.1, 100 " + late, "too late");
  });

  test("who is cancelled gives up all attempts", () => {
    const world = new World([new Host("fd00::1", 1000, Result.OK), new Host("10.0.0.1", 1000, Result.OK)]);
    const thread = spawn(task((world: World): void => world.say((<i32>connectByName(world, world, "host", 80, NEVER).result).toString()), world), "caller");
    sleep(300 * MILLISECOND);
    thread.cancel();
    sleep(10 * MILLISECOND);
    equal(world.log.join(", "), "0 to fd00::1, 250 to 10.0.0.1, 300 " + (<i32>Result.CANCELLED).toString() + ", 300 no more to fd00::1, 300 no more to 10.0.0.1", "what happened");
  });
}

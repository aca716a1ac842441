import { clock_monotonic, random_u64 } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { high, low } from "mirage-wasm/drivers/net/address";
import { Waiter } from "mirage-wasm/drivers/net/ip";
import { Tcp as Core } from "mirage-wasm/drivers/net/tcp/tcp";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Tcp } from "mirage-wasm/tcp";
import { IpHost } from "./ip-host";
import { TcpFlow, TcpListener } from "./tcp-flow";

/** TCP whose calls block. */
export class TcpHost implements Tcp {
  private known: Core | null = null;

  constructor(private readonly host: IpHost) {}

  /** It is there from its first use on: what an image does not use is not in it. */
  private get core(): Core {
    let core = this.known;
    if (core) return core;
    this.known = core = new Core(this.host.ip(), random_u64(), random_u64());
    core.waiter = new Asker(this.host);
    return core;
  }

  listen(port: u16): Outcome<Listener> {
    const listener = this.core.listen(port);
    return listener ? new Outcome<Listener>(Result.OK, new TcpListener(listener)) : failed<Listener>(Result.CLOSED);
  }

  connect(address: Address, port: u16, deadline: i64 = NEVER): Outcome<Flow> {
    const result = this.host.upFor(address, deadline);
    if (result != Result.OK) return failed<Flow>(result);
    const connection = this.core.connect(high(address), low(address), port, clock_monotonic());
    if (!connection) return failed<Flow>(Result.UNREACHABLE);
    const flow = new TcpFlow(connection);
    const opened = flow.open(deadline);
    return opened == Result.OK ? new Outcome<Flow>(Result.OK, flow) : failed<Flow>(opened);
  }
}

/** Who is woken when a call on a connection has left something to do. */
class Asker extends Waiter {
  constructor(private readonly host: IpHost) {
    super();
  }

  wake(): void {
    this.host.wake();
  }
}

// What an application does: calls on the stack's sockets, and what they are to answer.

import { BROKEN, Connection, END } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener } from "mirage-wasm/drivers/net/tcp/listener";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { byteAt, Flow, PORT } from "./flow";
import { Host } from "./host";
import { isInteger, isNumber, nanoseconds } from "./words";

const STATES: string[] = ["CLOSED", "SYN_SENT", "SYN_RECEIVED", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING", "LAST_ACK", "TIME_WAIT"];
const CAUSES: string[] = ["NONE", "REFUSED", "RESET", "TIMEOUT", "UNREACHABLE", "ABORTED"];
const ROOM: i32 = 1 << 20;
const bytes = heap.alloc(ROOM);

/** The calls of one script. */
export class Calls {
  private listener: Listener | null = null;

  constructor(private readonly host: Host) {}

  /** Does the call; returns what is wrong, or nothing. */
  call(words: string[], at: i32, flow: Flow): string {
    const name = words[at];
    const rest = words.slice(at + 1);
    const tcp = this.host.tcp;
    if (name == "listen") {
      this.listener = tcp.listen(PORT, rest.length && isInteger(rest[0]) ? I32.parseInt(rest[0]) : 16);
      return this.listener ? "" : "the port is in use";
    }
    if (name == "unlisten") return this.unlisten();
    if (name == "connect") return this.connect(flow);
    if (name == "accept") return this.accept(flow, rest);
    if (name == "connections") return rest.length == 1 && isInteger(rest[0]) ? compare(tcp.size.toString(), rest[0], "connections") : "how many?";
    const connection = flow.connection;
    if (!connection) return `"${name}": no such call, or there is no connection for it`;
    return callOn(connection, name, rest, flow);
  }

  private unlisten(): string {
    const listener = this.listener;
    if (!listener) return "nobody listens";
    listener.close();
    this.listener = null;
    return "";
  }

  private connect(flow: Flow): string {
    const host = this.host;
    const connection = host.tcp.connect(host.peerHigh, host.peerLow, flow.peerPort, host.now);
    if (!connection) return "there is no way, or no port";
    flow.connection = connection;
    flow.localPort = connection.localPort;
    return "";
  }

  private accept(flow: Flow, rest: string[]): string {
    const listener = this.listener;
    if (!listener) return "nobody listens";
    const connection = listener.accept();
    const isNothing = rest.length == 2 && rest[1] == "nothing";
    if (!connection) return isNothing ? "" : "there is no connection to accept";
    if (isNothing) return "there is a connection to accept";
    flow.connection = connection;
    return connection.remotePort == flow.peerPort ? "" : `the connection is of port ${connection.remotePort}`;
  }
}

function compare(is: string, wanted: string, what: string): string {
  return is == wanted ? "" : `${what}: ${is}, not ${wanted}`;
}

function callOn(connection: Connection, name: string, rest: string[], flow: Flow): string {
  if (name == "state") return rest.length ? compare(STATES[connection.state], rest[0], "the state") : "which state?";
  if (name == "cause") return rest.length ? compare(CAUSES[connection.cause], rest[0], "the cause") : "which cause?";
  if (name == "write") return write(connection, rest, flow);
  if (name == "read") return read(connection, rest, flow);
  if (name == "shutdown") connection.shutdown();
  else if (name == "close") connection.close();
  else if (name == "abort") connection.abort();
  else if (name == "nodelay") connection.noDelay = true;
  else if (name == "doubtful") return connection.isDoubtful ? "" : "nobody has said that there is no way";
  else if (name == "keepalive") {
    if (rest.length != 3 || !isNumber(rest[0]) || !isNumber(rest[1]) || !isInteger(rest[2])) return "keepalive IDLE INTERVAL COUNT";
    connection.keepAlive(nanoseconds(rest[0]), nanoseconds(rest[1]), I32.parseInt(rest[2]));
  } else if (name == "timeout") {
    if (rest.length != 1 || !isNumber(rest[0])) return "timeout SECONDS";
    connection.giveUpAfter(nanoseconds(rest[0]));
  } else return `there is no call "${name}"`;
  return "";
}

/** `write 1000`, all of which is taken; `write 1000 = 500`, `write 10 = broken`. */
function write(connection: Connection, rest: string[], flow: Flow): string {
  if (!rest.length || !isInteger(rest[0])) return "write BYTES [= BYTES | broken]";
  const size = min(I32.parseInt(rest[0]), ROOM);
  for (let i = 0; i < size; i++) store<u8>(bytes + i, byteAt(flow.written + i));
  const taken = connection.write(bytes, size);
  flow.written += max(taken, 0);
  return compare(taken == BROKEN ? "broken" : taken.toString(), rest.length == 3 ? rest[2] : rest[0], "written");
}

/** `read 1000`: so many bytes are there, and these alone; `read 1000 of 5000`; `read = nothing | end | broken`. */
function read(connection: Connection, rest: string[], flow: Flow): string {
  const wanted = rest.length == 2 && rest[0] == "=" ? rest[1] : rest.length ? rest[0] : "";
  const isPart = rest.length == 3 && rest[1] == "of";
  if (isPart && connection.available.toString() != rest[2]) return `there are ${connection.available} bytes to read, not ${rest[2]}`;
  const size = connection.read(bytes, isPart ? I32.parseInt(wanted) : ROOM);
  for (let i = 0; i < size; i++) if (load<u8>(bytes + i) != byteAt(flow.read + i)) return `the byte with the number ${flow.read + i} is false`;
  flow.read += max(size, 0);
  return compare(size == END ? "end" : size == BROKEN ? "broken" : size ? size.toString() : "nothing", wanted, "read");
}

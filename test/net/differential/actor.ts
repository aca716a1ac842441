// Does what it is told: each connection to port 11 brings a call, one of those that ../differential.py describes, and takes its result.
import { Address, Flow, Listener, NEVER, Stack } from "mirage-wasm/stack";
import { Clock } from "mirage-wasm/clock";
import { Result } from "mirage-wasm/result";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

/** A flow, and how far it is read and written. */
class Open {
  read: u32 = 0;
  written: u32 = 0;

  constructor(readonly flow: Flow) {}
}

const flows = new Map<string, Open>();
const listeners = new Map<string, Listener>();
let host: Stack | null = null;
let clock: Clock | null = null;

/** What stands at this place of any stream. */
function byteAt(place: u32): u8 {
  return <u8>(((place & 0xfffff) * 2_654_435_761) >> 24);
}

function nameOf(result: Result): string {
  switch (result) {
    case Result.OK:
      return "ok";
    case Result.TIMEOUT:
      return "timeout";
    case Result.REFUSED:
      return "refused";
    case Result.UNREACHABLE:
      return "unreachable";
    default:
      return "closed";
  }
}

function after(milliseconds: string): i64 {
  return clock!.now() + I64.parseInt(milliseconds) * MILLISECOND;
}

function listen(port: string): string {
  const listening = host!.listen(U16.parseInt(port));
  if (listening.isOK) listeners.set(port, listening.value);
  return nameOf(listening.result);
}

function connect(words: string[]): string {
  const address = words[3] == "6" ? "2001:db8::1" : "10.0.0.1";
  const connected = host!.connect(Address.parse(address)!, U16.parseInt(words[2]), after(words[4]));
  if (connected.isOK) flows.set(words[1], new Open(connected.value));
  return nameOf(connected.result);
}

function accept(words: string[]): string {
  const accepted = listeners.get(words[2]).accept(after(words[3]));
  if (accepted.isOK) flows.set(words[1], new Open(accepted.value));
  return nameOf(accepted.result);
}

/** As many times so many bytes. */
function write(open: Open, size: i32, times: i32): string {
  const bytes = new Uint8Array(size);
  let result = Result.OK;
  for (let i = 0; i < times && result == Result.OK; i++) {
    for (let j = 0; j < size; j++) bytes[j] = byteAt(open.written + j);
    open.written += size;
    result = open.flow.write(bytes, size);
  }
  return nameOf(result);
}

/** Now and then, until it fails. */
function insist(open: Open, deadline: i64): string {
  let result = "ok";
  while (result == "ok" && clock!.now() < deadline) {
    result = write(open, 10, 1);
    sleep(20 * MILLISECOND);
  }
  return result;
}

/** So many bytes, at most `part` at a time and with a pause after each. */
function read(open: Open, size: i32, deadline: i64, part: i32, pause: i64): string {
  const bytes = new Uint8Array(part);
  const flow = open.flow;
  let got = 0;
  let isRight = true;
  let result = Result.OK;
  flow.until(deadline);
  while (got < size) {
    const room = min(part, size - got);
    const count = flow.read(room == part ? bytes : bytes.subarray(0, room));
    if (count <= 0) {
      result = count;
      break;
    }
    for (let i = 0; i < count; i++) if (bytes[i] != byteAt(open.read + i)) isRight = false;
    open.read += count;
    got += count;
    if (pause) sleep(pause);
  }
  flow.until(NEVER);
  return `${got} ${isRight ? "right" : "wrong"} ${got < size && result == Result.OK ? "end" : nameOf(result)}`;
}

function call(words: string[]): string {
  const name = words[0];
  if (name == "listen") return listen(words[1]);
  if (name == "unlisten") {
    listeners.get(words[1]).close();
    return "ok";
  }
  if (name == "connect") return connect(words);
  if (name == "accept") return accept(words);
  const open = flows.get(words[1]);
  if (name == "write") return write(open, I32.parseInt(words[2]), I32.parseInt(words[3]));
  if (name == "read") return read(open, I32.parseInt(words[2]), after(words[3]), I32.parseInt(words[4]), I64.parseInt(words[5]) * MILLISECOND);
  if (name == "insist") return insist(open, after(words[2]));
  if (name == "nodelay") open.flow.noDelay(words[2] == "1");
  if (name == "shutdown") open.flow.shutdown();
  if (name == "close") open.flow.close();
  return "ok";
}

class Call extends Task {
  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(200);
    const count = this.flow.read(bytes);
    if (count > 0) {
      const result = Uint8Array.wrap(String.UTF8.encode(call(String.UTF8.decodeUnsafe(bytes.dataStart, count).split(" "))));
      this.flow.write(result, result.length);
    }
    this.flow.close();
  }
}

export class Actor<S extends Stack, C extends Clock> {
  start(stack: S, monotonic: C): void {
    host = stack;
    clock = monotonic;
    stack.up(NEVER);
    const listener = stack.listen(11).value;
    while (true) spawn(new Call(listener.accept(NEVER).value), "call");
  }
}

// A server of HTTP for images of the target http. preview2-shim has one, but its answers can neither break off nor be without a body.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { callExtension, inputStreamCreate, outputStreamCreate } from "@bytecodealliance/preview2-shim/io-worker";
import type { Serving } from "./engine.ts";
import type { Asked } from "./node-http-worker.ts";

// Node has it, its types do not.
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object };

type Handle = (request: object, out: object) => void;
type Instantiate = (core: (path: string) => object, imports: object) => { incomingHandler: { handle: Handle } };
interface Fields {
  append(name: string, value: Uint8Array): void;
  entries(): [string, Uint8Array][];
}
/** What of the shim's classes is used here: bodies are those of a client too. */
interface Types {
  Fields: new () => Fields;
  IncomingBody: new () => object;
  OutgoingBody: (new () => object) & { finish(body: object, trailers?: object): void };
}
interface Io {
  callExtension: typeof callExtension;
  inputStreamCreate: typeof inputStreamCreate;
  outputStreamCreate: typeof outputStreamCreate;
}

const worker = new URL("./node-http-worker.js", import.meta.url);
const METHODS = ["get", "head", "post", "put", "delete", "connect", "options", "trace", "patch"];
const dispose: symbol = Symbol.dispose ?? Symbol.for("dispose");

/**
 * Serves the component that `entry` makes instances of, which are called for one request after the other, until this process is told to end.
 * `trapped` hears what a call has ended with, if not well.
 */
export async function serve(
  shim: string,
  entry: string,
  imports: string[],
  { port, reuse = Number.POSITIVE_INFINITY }: Serving,
  trapped: (error: unknown) => void,
): Promise<never> {
  const { instantiate } = (await import(pathToFileURL(entry).href)) as { instantiate: Instantiate };
  const io = (await import(`${shim}/io-worker`)) as Io;
  const given = await importsOf(shim, imports);
  const http = (given["wasi:http/types"] ?? (await import(`${shim}/http`)).types) as Types;
  const { Request, Out, types } = resources(http, io);
  const modules = new Map<string, object>();
  const core = (path: string): object => {
    const module = modules.get(path) ?? new WebAssembly.Module(readFileSync(join(dirname(entry), path)));
    modules.set(path, module);
    return module;
  };
  const opened = io.callExtension(worker, "listen", [port]) as number;
  process.stderr.write(`Serving HTTP on http://127.0.0.1:${opened}/\n`);
  let instance: ReturnType<Instantiate> | undefined;
  for (let left = 0; ; left--) {
    if (left <= 0 || !instance) {
      instance = instantiate(core, { ...given, "wasi:http/types": types });
      left = reuse;
    }
    const asked = io.callExtension(worker, "next", []) as Asked;
    const out = new Out(asked.id);
    try {
      instance.incomingHandler.handle(new Request(asked), out);
    } catch (error) {
      instance = undefined;
      trapped(error);
    }
    io.callExtension(worker, "leave", [asked.id, out.isWhole]);
  }
}

/** What the shim has for each interface, as jco's code wants it. */
async function importsOf(shim: string, imports: string[]): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const one of imports) {
    const [, owner, name = ""] = /^wasi:([\w-]+)\/([\w-]+)/.exec(one) ?? [];
    if (!owner || !existsSync(new URL(import.meta.resolve(`${shim}/${owner}`)))) throw new Error(`the Node engine does not give ${one}`);
    const module = (await import(`${shim}/${owner}`)) as Record<string, unknown>;
    given[one.replace(/@.*/, "")] = module[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
  }
  return given;
}

/** The resources of wasi:http/types that a server needs. */
function resources(shim: Types, io: Io) {
  const call = (operation: string, ...args: unknown[]): unknown => io.callExtension(worker, operation, args);

  class Request {
    constructor(private readonly asked: Asked) {}
    method(): { tag: string; val?: string } {
      const tag = this.asked.method.toLowerCase();
      return METHODS.includes(tag) ? { tag } : { tag: "other", val: this.asked.method };
    }
    pathWithQuery(): string {
      return this.asked.target;
    }
    authority(): string | undefined {
      return this.asked.authority;
    }
    headers(): Fields {
      // As wasmtime, without those that frame the message.
      return new Received(this.asked.fields.filter(([name]) => !FRAMING.includes(name)));
    }
    consume(): Incoming {
      return new Incoming(this.asked.body);
    }
  }

  /** The shim's own would refuse values that are not of Latin-1. */
  class Received extends shim.Fields {
    constructor(private readonly lines: [string, string][]) {
      super();
    }
    override entries(): [string, Uint8Array][] {
      return this.lines.map(([name, value]) => [name, Buffer.from(value, "latin1")]);
    }
  }

  class Incoming extends shim.IncomingBody {
    constructor(private readonly id: number) {
      super();
    }
    stream(): object {
      return io.inputStreamCreate(this.id);
    }
  }

  class Response {
    readonly sent = new Outgoing();
    status = 200;
    constructor(readonly fields: Fields) {}
    setStatusCode(status: number): void {
      this.status = status;
    }
    body(): Outgoing {
      return this.sent;
    }
  }

  class Outgoing extends shim.OutgoingBody {
    out?: Out;
    stream = 0;
    write(): object {
      return io.outputStreamCreate(this.stream);
    }
    end(): void {
      if (!this.out) return;
      this.out.isWhole = true;
      call("end", this.out.id);
    }
    [dispose](): void {
      if (this.out && !this.out.isWhole) call("abort", this.out.id);
    }
  }

  class Out {
    isWhole = false;
    constructor(readonly id: number) {}
    static set(out: Out, { val: { fields, status, sent } }: { val: Response }): void {
      const lines = fields.entries().map(([name, value]) => [name, Buffer.from(value).toString("latin1")]);
      sent.out = out;
      sent.stream = call("begin", out.id, status, lines) as number;
    }
  }

  const { finish } = shim.OutgoingBody;
  shim.OutgoingBody.finish = (body, trailers) => (body instanceof Outgoing ? body.end() : finish(body, trailers));
  return { Request, Out, types: { ...shim, IncomingRequest: Request, OutgoingResponse: Response, ResponseOutparam: Out } };
}

const FRAMING = ["connection", "keep-alive", "host", "transfer-encoding", "upgrade", "proxy-connection", "http2-settings"];

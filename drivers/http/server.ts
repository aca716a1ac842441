import { argument, PortArgument } from "mirage-wasm/argument";
import { Handler, HttpServer } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { Stack } from "mirage-wasm/stack";
import { Service } from "./service";

/** HTTP/1.1 over a stack. */
export class Http1Server<S extends Stack> implements HttpServer {
  private readonly port: PortArgument;
  private service: Service | null = null;

  /** `group` stands before its argument, whose default is `port`; then the most connections, and bytes of a body. */
  constructor(
    private readonly stack: S,
    group: string,
    port: i32,
    private readonly connections: i32,
    private readonly body: i64,
  ) {
    this.port = argument.group(group).port("http-port", <u16>port, "Where to take requests of HTTP.");
  }

  serve(handler: Handler): Result {
    const listener = this.stack.listen(this.port.value);
    if (!listener.isOK) return listener.result;
    const service = new Service(listener.value, handler, this.connections, this.body);
    this.service = service;
    const result = service.run();
    this.service = null;
    return result;
  }

  stop(): void {
    const service = this.service;
    if (service) service.stop();
  }
}

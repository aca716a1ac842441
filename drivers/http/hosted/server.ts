import { Handler, HttpServer } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { entrance } from "./entrance";

/** A server whose host speaks HTTP and brings the requests: `wasi:http/incoming-handler`. */
export class HostedServer implements HttpServer {
  /** `limit`: the most bytes of a request's body. */
  constructor(private readonly limit: i64) {}

  serve(handler: Handler): Result {
    return entrance.serve(handler, this.limit);
  }

  stop(): void {
    entrance.close();
  }
}

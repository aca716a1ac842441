import { Handler, Request, Response } from "mirage-wasm/http";
import { Ask, HttpClient, Sink, Source } from "mirage-wasm/http-client";
import { SECOND } from "mirage-wasm/duration";
import { Result } from "mirage-wasm/result";
import { Url } from "mirage-wasm/url";

/** Hands on the body of a request. */
class Forwarded implements Source {
  constructor(private readonly request: Request) {}

  length(): i64 {
    return this.request.length;
  }

  send(sink: Sink): Result {
    const bytes = new Uint8Array(16384);
    let count = this.request.read(bytes);
    for (; count > 0; count = this.request.read(bytes)) {
      const result = sink.write(bytes, count);
      if (result) return result;
    }
    return count;
  }
}

/** Asks what the request's X-Url names, and hands on the answer. */
export class Gateway<A extends HttpClient> implements Handler {
  constructor(private readonly client: A) {}

  handle(request: Request, response: Response): void {
    const ask = new Ask(request.header("x-method") || request.method, Url.parse(request.header("x-url") || "")!);
    ask.redirects = 2;
    ask.timeout = SECOND;
    ask.set("Authorization", "secret").set("X-Agent", "gateway");
    if (request.method == "POST") ask.source = new Forwarded(request);
    const outcome = this.client.ask(ask);
    if (!outcome.isOK) {
      response.status = 502;
      response.send(outcome.result.toString());
      return;
    }
    const reply = outcome.value;
    response.status = reply.status;
    response.set("X-Url", reply.url.toString());
    response.set("X-Seen", (reply.header("x-kind") || "none") + " " + reply.length.toString());
    const bytes = new Uint8Array(16384);
    let count = reply.read(bytes);
    for (; count > 0; count = reply.read(bytes)) if (response.write(bytes, count)) break;
    reply.close();
    if (count < 0) response.abort();
  }
}

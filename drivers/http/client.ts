import { clock_monotonic } from "mirage-wasm/abi";
import { connectByName } from "mirage-wasm/connect";
import { Ask, HttpClient, Reply } from "mirage-wasm/http-client";
import { Resolver } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Stack } from "mirage-wasm/stack";
import { Url } from "mirage-wasm/url";
import { ClientConnection } from "./client-connection";
import { ClientReply } from "./client-reply";
import { Pool } from "./pool";

/** What is read of an answer that names another place, so that its connection can be used again. */
const MAX_WASTE: i32 = 65_536;

/** HTTP/1.1 over a stack. */
export class Http1Client<S extends Stack, R extends Resolver> implements HttpClient {
  private readonly pool: Pool = new Pool();

  constructor(
    private readonly stack: S,
    private readonly resolver: R,
  ) {}

  ask(what: Ask): Outcome<Reply> {
    const deadline = clock_monotonic() + what.timeout;
    let url = what.url;
    let method = what.method;
    let withBody = true;
    let withSecrets = true;
    let left = what.redirects;
    while (true) {
      const outcome = this.once(what, method, url, withBody, withSecrets, deadline);
      if (!outcome.isOK || !what.redirects) return outcome;
      const reply = outcome.value;
      const next = redirection(reply, url);
      if (!next) return outcome;
      // RFC 9110 section 15.4: the other place is only asked for what there is, or for the same in the same way.
      const status = reply.status;
      if ((status == 303 && method != "HEAD") || (status < 303 && method == "POST")) {
        method = "GET";
        withBody = false;
      } else if (withBody && what.source) return outcome;
      reply.bytes(MAX_WASTE);
      reply.close();
      if (!left--) return failed<Reply>(Result.FAILED);
      if (next.authority != url.authority || next.isSecure != url.isSecure) withSecrets = false;
      url = next;
    }
  }

  private once(what: Ask, method: string, url: Url, withBody: bool, withSecrets: bool, deadline: i64): Outcome<Reply> {
    if (url.isSecure) return failed<Reply>(Result.FAILED);
    let kept = this.pool.take(url.authority);
    while (true) {
      let connection = kept;
      if (!connection) {
        const connected = connectByName(this.stack, this.resolver, url.host, url.port, deadline);
        if (!connected.isOK) return failed<Reply>(connected.result);
        connection = new ClientConnection(connected.value, url.authority);
      }
      const sent = connection.send(what, method, url, withBody, withSecrets, deadline);
      if (!sent || sent == Result.CLOSED) {
        // Who refuses a body may say so before it has all gone.
        const received = connection.receive(deadline);
        const head = received.head;
        if (head) return new Outcome<Reply>(Result.OK, new ClientReply(head, url, method, connection, this.pool));
        connection.close();
        // RFC 9112 section 9.3.1: the server may have closed an idle one just then. What may be done twice is asked again.
        const again = kept != null && received.isSilent && received.result == Result.CLOSED && isIdempotent(method) && !(withBody && what.source);
        if (!again) return failed<Reply>(received.result);
        kept = null;
      } else {
        connection.close();
        return failed<Reply>(sent);
      }
    }
  }
}

/** The other place that an answer names, or null. */
function redirection(reply: Reply, url: Url): Url | null {
  const status = reply.status;
  if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) return null;
  const location = reply.header("location");
  return location ? url.resolve(location) : null;
}

/** RFC 9110 section 9.2.2. */
function isIdempotent(method: string): bool {
  return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS" || method == "TRACE";
}

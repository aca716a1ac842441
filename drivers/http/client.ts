import { connectByName } from "mirage-wasm/connect";
import { Ask, Reply } from "mirage-wasm/http-client";
import { Resolver } from "mirage-wasm/resolver";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Stack } from "mirage-wasm/stack";
import { Url } from "mirage-wasm/url";
import { Asking } from "./asking";
import { ClientConnection } from "./client-connection";
import { ClientReply } from "./client-reply";
import { Pool } from "./pool";

/** HTTP/1.1 over a stack. */
export class Http1Client<S extends Stack, R extends Resolver> extends Asking {
  private readonly pool: Pool = new Pool();

  constructor(
    private readonly stack: S,
    private readonly resolver: R,
  ) {
    super();
  }

  protected once(what: Ask, method: string, url: Url, withBody: bool, withSecrets: bool, deadline: i64): Outcome<Reply> {
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

/** RFC 9110 section 9.2.2. */
function isIdempotent(method: string): bool {
  return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS" || method == "TRACE";
}

import { clock_monotonic } from "mirage-wasm/abi";
import { Ask, HttpClient, Reply } from "mirage-wasm/http-client";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Url } from "mirage-wasm/url";

/** What is read of an answer that names another place, so that its connection can be used again. */
const MAX_WASTE: i32 = 65_536;

/** Asks, and goes where the answers say: RFC 9110 section 15.4. */
export abstract class Asking implements HttpClient {
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

  /** Asks once. `withSecrets`: with the fields that are meant for one server only. */
  protected abstract once(what: Ask, method: string, url: Url, withBody: bool, withSecrets: bool, deadline: i64): Outcome<Reply>;
}

/** The other place that an answer names, or null. */
function redirection(reply: Reply, url: Url): Url | null {
  const status = reply.status;
  if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) return null;
  const location = reply.header("location");
  return location ? url.resolve(location) : null;
}

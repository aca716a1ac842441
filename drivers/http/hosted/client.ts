import { clock_monotonic, http_ask, http_ask_close, http_fields, http_reply, http_reply_pollable, realloc_release } from "mirage-wasm/abi";
import { Readiness } from "mirage-wasm/drivers/stack/readiness";
import { Ask, Reply } from "mirage-wasm/http-client";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Url } from "mirage-wasm/url";
import { Asking } from "../asking";
import { isSecret } from "../client-connection";
import { Writer } from "../writer";
import { resultOf, URI_INVALID } from "./error-code";
import { addField, addLength } from "./fields";
import { methods, OTHER } from "./methods";
import { HostedOutput } from "./output";
import { HostedReply } from "./reply";
import { HostedSink } from "./sink";

/** As the kernel has what is asked: what the answer will be, and the body and its stream. */
const asked: usize = memory.data(12, 4);

/** A client whose host speaks HTTP, and TLS too: `wasi:http/outgoing-handler`. */
export class HostedClient extends Asking {
  protected once(what: Ask, method: string, url: Url, withBody: bool, withSecrets: bool, deadline: i64): Outcome<Reply> {
    const output = new HostedOutput();
    const body = withBody ? what.body : null;
    const source = withBody ? what.source : null;
    const hasNone = method == "GET" || method == "HEAD";
    const length: i64 = body ? body.length : source ? source.length() : hasNone ? -1 : 0;
    const code = this.begin(what, method, url, length, withSecrets);
    if (code == URI_INVALID) return failed<Reply>(Result.FAILED);
    memory.copy(output.open(), asked + 4, 8);
    const future = load<i32>(asked);
    output.deadline = deadline;
    if (code) {
      output.abort();
      return failed<Reply>(resultOf(code));
    }
    let sent = Result.OK;
    if (body) output.bytes(body.dataStart, body.length);
    else if (source) sent = source.send(new HostedSink(output, length));
    if (sent == Result.OK) sent = output.end();
    output.abort();
    output.free();
    // Who refuses a body may say so before it has all gone.
    const outcome = sent == Result.OK || sent == Result.CLOSED ? this.receive(future, url, method, deadline) : failed<Reply>(sent);
    http_ask_close(future);
    return outcome;
  }

  /** Writes what there is then to `asked`. Returns 0 or what has failed, as the kernel does. */
  private begin(what: Ask, method: string, url: Url, length: i64, withSecrets: bool): i32 {
    const line = new Writer(256);
    const fields = http_fields();
    for (let i = 0; i < what.names.length; i++) if (withSecrets || !isSecret(what.names[i])) addField(fields, line, what.names[i], what.values[i]);
    if (length >= 0) addLength(fields, line, length);
    line.free();
    let number = 0;
    while (number < OTHER && methods[number] != method) number++;
    const authority = url.authority;
    const path = url.path;
    const code = http_ask(number, changetype<usize>(method), method.length, url.isSecure, changetype<usize>(authority), authority.length, changetype<usize>(path), path.length, fields, asked);
    realloc_release();
    return code;
  }

  private receive(future: i32, url: Url, method: string, deadline: i64): Outcome<Reply> {
    const ready = new Readiness(http_reply_pollable(future));
    let result = Result.OK;
    let reply = http_reply(future);
    while (!reply && result == Result.OK) {
      result = ready.wait(deadline);
      if (result == Result.OK) reply = http_reply(future);
    }
    ready.drop();
    realloc_release();
    if (result != Result.OK) return failed<Reply>(result);
    return reply < 0 ? failed<Reply>(resultOf(reply)) : new Outcome<Reply>(Result.OK, new HostedReply(reply, url, method));
  }
}

import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { get, HttpClient } from "mirage-wasm/http-client";

const uri = argument.string("uri", "http://mirage.io/", "What to fetch.");

export class Fetch<H extends HttpClient, C extends Console> {
  start(http: H, console: C): i32 {
    console.log("Fetching " + uri.value);
    const ask = get(uri.value);
    if (!ask) {
      console.log("That is no address of HTTP.");
      return 1;
    }
    ask.redirects = 5;
    const outcome = http.ask(ask);
    if (!outcome.isOK) {
      console.log("There is no answer: " + outcome.result.toString());
      return 1;
    }
    const reply = outcome.value;
    console.log(reply.url.toString() + " answers " + reply.status.toString());
    for (let i = 0; i < reply.fieldCount; i++) console.log(reply.fieldName(i) + ": " + reply.fieldValue(i));
    const bytes = new Uint8Array(16384);
    let length: i64 = 0;
    let count = reply.read(bytes);
    for (; count > 0; count = reply.read(bytes)) length += count;
    console.log("Received body length: " + length.toString() + (count < 0 ? ", and not all of it" : ""));
    return count < 0 ? 1 : 0;
  }
}

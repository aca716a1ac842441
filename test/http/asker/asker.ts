// Asks again and again, whatever comes of it, and says when that changes.
import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Ask, HttpClient } from "mirage-wasm/http-client";
import { MILLISECOND, SECOND, sleep } from "mirage-wasm/thread";
import { Url } from "mirage-wasm/url";

const uri = argument.string("uri", "", "Where there is an echo.");

export class Asker<H extends HttpClient, C extends Console> {
  private changes: i32 = 0;

  start(http: H, console: C): void {
    const url = Url.parse(uri.value)!;
    const body = new Uint8Array(100_000);
    let last = "";
    while (true) {
      const said = this.ask(http, url, body);
      if (said != last) console.log(`${++this.changes}: ${said}`);
      last = said;
      sleep(2 * MILLISECOND);
    }
  }

  private ask(http: H, url: Url, body: Uint8Array): string {
    for (let i = 0; i < body.length; i++) body[i] = <u8>(this.changes + i);
    const ask = new Ask("POST", url);
    ask.body = body;
    ask.timeout = 5 * SECOND;
    const outcome = http.ask(ask);
    if (!outcome.isOK) return "nothing";
    const reply = outcome.value;
    const back = reply.bytes(body.length);
    reply.close();
    if (!back || back.length < body.length) return "nothing";
    for (let i = 0; i < body.length; i++) if (back[i] != body[i]) return "WRONG";
    return "answers";
  }
}

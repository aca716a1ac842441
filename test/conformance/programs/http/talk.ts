// A server and a client of HTTP in one image, with a cable between them: files, bodies both ways, and an end.
import { Console } from "mirage-wasm/console";
import { Files } from "mirage-wasm/files";
import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";
import { Ask, get, HttpClient, Sink, Source, Url } from "mirage-wasm/http-client";
import { FileHandler } from "mirage-wasm/http-files";
import { Router } from "mirage-wasm/http-router";
import { Result } from "mirage-wasm/result";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

const SIZE: i32 = 300_000;

class Echo implements Handler {
  handle(request: Request, response: Response): void {
    const bytes = new Uint8Array(5000);
    for (let count = request.read(bytes); count > 0; count = request.read(bytes)) response.write(bytes, count);
  }
}

/** Takes a while. */
class Slow implements Handler {
  handle(request: Request, response: Response): void {
    sleep(30 * MILLISECOND);
    response.send("slow");
  }
}

class Serve extends Task {
  result: Result = Result.FAILED;

  constructor(
    private readonly http: HttpServer,
    private readonly handler: Handler,
  ) {
    super();
  }

  run(): void {
    this.result = this.http.serve(this.handler);
  }
}

class Numbers implements Source {
  length(): i64 {
    return -1;
  }

  send(sink: Sink): Result {
    const bytes = new Uint8Array(1000);
    for (let at = 0; at < SIZE; at += bytes.length) {
      for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>((at + i) * 7);
      const result = sink.write(bytes, bytes.length);
      if (result) return result;
    }
    return Result.OK;
  }
}

class Fetch extends Task {
  said: string = "nothing";

  constructor(
    private readonly client: HttpClient,
    private readonly url: string,
  ) {
    super();
  }

  run(): void {
    const outcome = this.client.ask(get(this.url)!);
    if (!outcome.isOK) this.said = "result " + outcome.result.toString();
    else this.said = outcome.value.status.toString() + " " + (outcome.value.text(1000) || "broken");
  }
}

export class Talk<S extends HttpServer, H extends HttpClient, F extends Files, C extends Console> {
  start(server: S, client: H, files: F, console: C): void {
    const serve = new Serve(server, new Router().post("/echo", new Echo()).get("/slow", new Slow()).get("/*", new FileHandler(files)));
    const serving = spawn(serve, "server");

    const page = new Fetch(client, "http://10.0.0.2/");
    page.run();
    console.log(page.said.trimEnd());

    const ask = new Ask("POST", Url.parse("http://10.0.0.2/echo")!);
    ask.source = new Numbers();
    const outcome = client.ask(ask);
    console.log(outcome.isOK ? outcome.value.header("transfer-encoding") || "no coding" : "NO ANSWER");
    const all = outcome.value.bytes(SIZE)!;
    let right = all.length == SIZE;
    for (let i = 0; i < all.length; i++) if (all[i] != <u8>(i * 7)) right = false;
    console.log(all.length.toString() + " bytes came back, " + (right ? "all right" : "NOT ALL RIGHT"));

    // What has begun is answered when the server stops; nothing else is.
    const slow = new Fetch(client, "http://10.0.0.2/slow");
    const asking = spawn(slow, "slow");
    sleep(10 * MILLISECOND);
    server.stop();
    asking.join();
    console.log(slow.said);
    serving.join();
    console.log("serve answers " + serve.result.toString());
    const late = new Fetch(client, "http://10.0.0.2/");
    late.run();
    console.log(late.said);
  }
}

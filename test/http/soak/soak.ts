// Words, an echo, and an account of what the image has.
import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";
import { Router } from "mirage-wasm/http-router";
import { metrics } from "mirage-wasm/metrics";

class Hello implements Handler {
  handle(_request: Request, response: Response): void {
    response.send("hello\n");
  }
}

class Echo implements Handler {
  handle(request: Request, response: Response): void {
    response.length = request.length;
    const bytes = new Uint8Array(16_384);
    for (let count = request.read(bytes); count > 0; count = request.read(bytes)) if (response.write(bytes, count)) return;
  }
}

/** A line for each number. */
class Account implements Handler {
  handle(_request: Request, response: Response): void {
    let text = `memory ${memory.size() << 16}\n`;
    const all = metrics();
    for (let i = 0; i < all.length; i++) text += all[i].toString() + "\n";
    response.send(text);
  }
}

export class Soak<H extends HttpServer> {
  start(http: H): void {
    http.serve(new Router().get("/", new Hello()).post("/", new Echo()).get("/account", new Account()));
  }
}

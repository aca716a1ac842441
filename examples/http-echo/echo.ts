import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";

/** Sends back what it is sent, while it comes. */
class Echoing implements Handler {
  handle(request: Request, response: Response): void {
    const type = request.header("content-type");
    if (type) response.set("Content-Type", type);
    response.length = request.length;
    const bytes = new Uint8Array(16384);
    for (let count = request.read(bytes); count > 0; count = request.read(bytes)) if (response.write(bytes, count)) return;
  }
}

export class Echo<H extends HttpServer> {
  start(http: H): void {
    http.serve(new Echoing());
  }
}

import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";

class Answer implements Handler {
  handle(_request: Request, response: Response): void {
    response.send("hello\n");
  }
}

export class Hello<H extends HttpServer> {
  start(http: H): void {
    http.serve(new Answer());
  }
}

import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";

class Hello implements Handler {
  handle(request: Request, response: Response): void {
    response.send("hello\n");
  }
}

export class Site<H extends HttpServer> {
  start(http: H): void {
    http.serve(new Hello());
  }
}

import { Handler, Request, Response } from "mirage-wasm/http";

/** Answers of each kind. */
export class Site implements Handler {
  handle(request: Request, response: Response): void {
    const path = request.path;
    if (path == "/") response.send("hello\n");
    else if (path == "/request") this.tell(request, response);
    else if (path == "/echo") this.echo(request, response);
    else if (path == "/text") this.text(request, response, 20);
    else if (path == "/limit") this.text(request, response, 1_000_000);
    else if (path == "/chunks") {
      response.writeText("a");
      response.writeText("");
      response.writeText("bäc");
    } else if (path == "/nothing") return;
    else if (path == "/204") response.status = 204;
    else if (path == "/304") {
      response.status = 304;
      response.length = 10;
    } else if (path == "/short") {
      response.length = 10;
      response.writeText("short");
    } else if (path == "/abort") {
      response.writeText("some");
      response.abort();
    } else if (path == "/abort-early") response.abort();
    else if (path == "/fields") {
      response.set("X-Value", "one\r\nX-Other: two\0");
      response.set("Content-Length", "1000");
      response.set("Transfer-Encoding", "chunked");
      response.set("X-Text", "ä");
      response.send("fields\n");
    } else if (path == "/large") {
      const bytes = new Uint8Array(50_000);
      bytes.fill(0x78);
      response.sendBytes(bytes, "text/plain");
    } else {
      response.status = 404;
      response.send("nothing there\n");
    }
  }

  /** What is wrong with a body is the server's to say. */
  private text(request: Request, response: Response, most: i32): void {
    const bytes = new Uint8Array(most + 1);
    let size = 0;
    while (size < bytes.length) {
      const count = request.read(bytes.subarray(size));
      if (count < 0) return;
      if (!count) break;
      size += count;
    }
    response.send(size > most ? "none" : String.UTF8.decodeUnsafe(bytes.dataStart, size));
  }

  private tell(request: Request, response: Response): void {
    let text = `${request.method} ${request.authority} ${request.path} [${request.query}] ${request.length.toString()}\n`;
    for (let i = 0; i < request.fieldCount; i++) text += `${request.fieldName(i)}=${request.fieldValue(i)}\n`;
    const field = request.header("x-field");
    response.send(text + (field ? field : "none"));
  }

  private echo(request: Request, response: Response): void {
    const bytes = new Uint8Array(7);
    response.length = request.length;
    for (let count = request.read(bytes); count > 0; count = request.read(bytes)) response.write(bytes, count);
  }
}

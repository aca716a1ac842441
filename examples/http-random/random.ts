import { SeededRandom } from "mirage-wasm/drivers/random";
import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";
import { Router } from "mirage-wasm/http-router";
import { Sha256 } from "./sha256";

const PIECE: i32 = 16_384;

/** A number of decimal digits, or -1. */
function number(text: string | null): i64 {
  if (!text || !text.length || text.length > 18) return -1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return -1;
  return I64.parseInt(text);
}

/** `X-Length` bytes that follow from `X-Seed`: the same each time. */
class Bytes implements Handler {
  handle(request: Request, response: Response): void {
    const length = number(request.header("x-length"));
    const seed = number(request.header("x-seed"));
    if (length < 0 || seed < 0) {
      response.status = 400;
      response.send(length < 0 ? "Invalid length.\n" : "Invalid seed.\n");
    } else this.answer(length, seed, response);
  }

  protected answer(length: i64, seed: i64, response: Response): void {
    const random = new SeededRandom(seed);
    const bytes = new Uint8Array(PIECE);
    response.set("Content-Type", "application/octet-stream");
    response.length = length;
    for (let left = length; left > 0; left -= PIECE) {
      random.fill(bytes);
      if (response.write(bytes, <i32>min<i64>(left, PIECE))) return;
    }
  }
}

/** Their SHA-256. */
class Hash extends Bytes {
  protected answer(length: i64, seed: i64, response: Response): void {
    const random = new SeededRandom(seed);
    const bytes = new Uint8Array(PIECE);
    const hash = new Sha256();
    for (let left = length; left > 0; left -= PIECE) {
      random.fill(bytes);
      hash.add(bytes, <i32>min<i64>(left, PIECE));
    }
    response.send(hash.end() + "\n");
  }
}

class Help implements Handler {
  handle(request: Request, response: Response): void {
    response.send("GET /random and /hash, with X-Length and X-Seed\n");
  }
}

export class Main<H extends HttpServer> {
  start(http: H): void {
    http.serve(new Router().get("/", new Help()).get("/random", new Bytes()).get("/hash", new Hash()));
  }
}

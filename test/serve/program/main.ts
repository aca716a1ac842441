import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Handler, HttpServer, Request, Response } from "mirage-wasm/http";
import { HttpClient } from "mirage-wasm/http-client";
import { Router } from "mirage-wasm/http-router";
import { MILLISECOND, sleep } from "mirage-wasm/thread";
import { beats } from "./beat";
import { Gateway } from "./gateway";

const greeting = argument.string("greeting", "hello", "What is said.");
let count: i32 = 0;

/** State of the instance: how often it has answered, and how often the job has begun. */
class Count implements Handler {
  constructor(private readonly starts: i32) {}

  handle(request: Request, response: Response): void {
    response.send(greeting.value + " " + (++count).toString() + " of " + this.starts.toString());
  }
}

class Show implements Handler {
  handle(request: Request, response: Response): void {
    response.set("X-Twice", "one");
    response.set("X-Twice", "two\r\nX-Split: yes");
    response.set("Connection", "close");
    const lines = [request.method, request.path, request.query, request.parameter("*"), request.length.toString(), request.header("x-many") || "none"];
    for (let i = 0; i < request.fieldCount; i++) lines.push(request.fieldName(i) + "=" + request.fieldValue(i));
    response.send(lines.join("\n"));
  }
}

/** What comes, while it comes. */
class Echo implements Handler {
  handle(request: Request, response: Response): void {
    const bytes = new Uint8Array(16384);
    let sum = 0;
    let read = request.read(bytes);
    for (; read > 0; read = request.read(bytes)) {
      sum += read;
      if (request.path != "/count") if (response.write(bytes, read)) return;
    }
    if (!read && request.path == "/count") response.send(sum.toString());
  }
}

class Give implements Handler {
  handle(request: Request, response: Response): void {
    const bytes = new Uint8Array(50_000).fill(0x61);
    let left = <i32>parseInt(request.parameter("count"));
    if (request.query == "length") response.length = left;
    for (; left > 0; left -= bytes.length) if (response.write(bytes, min(left, bytes.length))) return;
  }
}

/** What goes wrong, by the name of it. */
class Wrong implements Handler {
  handle(request: Request, response: Response): void {
    const name = request.parameter("name");
    if (name == "throw") throw new Error("as asked");
    if (name == "trap") unreachable();
    if (name == "late") {
      response.writeText("begun");
      response.flush();
      throw new Error("late");
    }
    if (name == "abort") {
      response.writeText("begun");
      response.abort();
    }
    if (name == "early") response.abort();
    if (name == "short") {
      response.length = 10;
      response.writeText("begun");
    }
    if (name == "empty") response.status = 204;
    if (name == "unread") response.send("not read");
  }
}

/** Blocks its thread, and another job goes on. */
class Wait implements Handler {
  handle(request: Request, response: Response): void {
    const before = beats;
    response.writeText("waiting\n");
    response.flush();
    sleep(30 * MILLISECOND);
    response.writeText(beats > before ? "beats" : "none");
    response.end();
    sleep(MILLISECOND);
  }
}

class Stop<H extends HttpServer> implements Handler {
  constructor(private readonly http: H) {}

  handle(request: Request, response: Response): void {
    this.http.stop();
    response.send("stopping");
  }
}

let starts: i32 = 0;

export class Main<H extends HttpServer, A extends HttpClient, C extends Console> {
  start(http: H, client: A, console: C): void {
    // What a job does before it serves may take time.
    sleep(2 * MILLISECOND);
    const router = new Router().get("/", new Count(++starts)).get("/show/*", new Show()).add("ODD", "/show/*", new Show()).post("/echo", new Echo()).post("/count", new Echo());
    router.get("/give/:count", new Give()).get("/wrong/:name", new Wrong()).post("/wrong/:name", new Wrong()).get("/wait", new Wait()).get("/stop", new Stop<H>(http));
    const gateway = new Gateway<A>(client);
    router.get("/ask", gateway).post("/ask", gateway);
    console.log("serves");
    http.serve(router);
    console.log("has served");
  }
}

import { Handler, Request, Response } from "mirage-wasm/http";
import { Router } from "mirage-wasm/http-router";

/** Says its name, and what the path had for those of the route. */
class Say implements Handler {
  constructor(private readonly name: string) {}

  handle(request: Request, response: Response): void {
    response.send(`${this.name} [${request.parameter("id")}] [${request.parameter("*")}]`);
  }
}

export function routes(): Router {
  return new Router()
    .get("/", new Say("root"))
    .get("/users/new", new Say("new"))
    .get("/users/:id", new Say("user"))
    .post("/users/:id", new Say("change"))
    .add("DELETE", "/users/:id/posts", new Say("forget"))
    .get("/files/*", new Say("file"));
}

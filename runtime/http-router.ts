import { Handler, Request, Response } from "./http";
import { decodePath } from "./http-path";

class Route {
  constructor(
    readonly method: string,
    readonly parts: string[],
    readonly handler: Handler,
  ) {}

  /** Does it take these parts of a path? Then `parameters` are what it has names for. */
  takes(parts: string[], parameters: Map<string, string>): bool {
    const own = this.parts;
    for (let i = 0; i < own.length; i++) {
      const part = own[i];
      if (part == "*") {
        parameters.set("*", parts.slice(i).join("/"));
        return true;
      }
      if (i >= parts.length) return false;
      if (part.startsWith(":")) {
        if (!parts[i].length) return false;
        parameters.set(part.substring(1), parts[i]);
      } else if (part != parts[i]) return false;
    }
    return own.length == parts.length;
  }
}

/**
 * Gives each request to the first handler whose method and path fit. A path is `/fixed`, with `:name` for one part of it and `*` at the end
 * for all the rest: `request.parameter("name")`, `request.parameter("*")`. GET takes HEAD too. Where only the method does not fit the answer
 * is 405, and that to OPTIONS says which do; else it is 404.
 */
export class Router implements Handler {
  private readonly routes: Route[] = [];

  add(method: string, path: string, handler: Handler): this {
    assert(path.startsWith("/"), "a path begins with a slash");
    this.routes.push(new Route(method, path.split("/"), handler));
    return this;
  }

  get(path: string, handler: Handler): this {
    return this.add("GET", path, handler);
  }

  post(path: string, handler: Handler): this {
    return this.add("POST", path, handler);
  }

  handle(request: Request, response: Response): void {
    const parts = partsOf(request.path);
    if (!parts) return refuse(response, 400, "400 Bad Request\n");
    const method = request.method;
    let allowed = "";
    for (let i = 0; i < this.routes.length; i++) {
      const route = this.routes[i];
      const parameters = new Map<string, string>();
      if (!route.takes(parts, parameters)) continue;
      if (route.method == method || (route.method == "GET" && method == "HEAD")) {
        request.parameters = parameters;
        return route.handler.handle(request, response);
      }
      allowed += route.method + ", ";
      if (route.method == "GET") allowed += "HEAD, ";
    }
    if (!allowed.length) return refuse(response, 404, "404 Not Found\n");
    response.set("Allow", allowed + "OPTIONS");
    if (method != "OPTIONS") return refuse(response, 405, "405 Method Not Allowed\n");
    response.status = 204;
    response.end();
  }
}

/** Each part of a path without its %XX; null: they are none. */
function partsOf(path: string): string[] | null {
  const parts = path.split("/");
  for (let i = 0; i < parts.length; i++) {
    const part = decodePath(parts[i]);
    // An empty one is one.
    if (part === null) return null;
    parts[i] = part!;
  }
  return parts;
}

function refuse(response: Response, status: i32, text: string): void {
  response.status = status;
  response.send(text);
}

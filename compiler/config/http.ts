import { type Impl, impl } from "./impl.ts";
import { dnsResolver } from "./names.ts";
import { hostResolver, resolver, socketStack, stack } from "./stacks.ts";
import { type Type, to, type } from "./type.ts";

/** A server of HTTP. */
export const http: Type<"http"> = type("http", "mirage-wasm/http:HttpServer");

export interface HttpServerOptions {
  /** Stands before the name of its argument, where an image has several: `--GROUP-http-port`. */
  group?: string;
  /** Default: 8080. */
  port?: number;
  /** The most connections at once; a new one takes the place of one that has said nothing for longest. Default: 10,000. */
  connections?: number;
  /** The most bytes of a request's body. Default: 1 GiB. */
  body?: number;
}

/** HTTP/1.1 over a stack, without TLS. Argument of the image: `--http-port`. With `--target=http` the host's, without stack and argument. */
export const httpServer = (over: Impl<"stack">, options: HttpServerOptions = {}): Impl<"http"> => {
  const { group = "", port = 8080, connections = 10_000, body = 2 ** 30 } = options;
  const hosted = impl("mirage-wasm/drivers/http/hosted/server:HostedServer", http, { values: [body] });
  return impl("mirage-wasm/drivers/http/server:Http1Server", to(stack, http), { values: [group, port, connections, body], hosted }).$(over);
};

/** Who asks others by HTTP. */
export const http_client: Type<"http_client"> = type("http_client", "mirage-wasm/http-client:HttpClient");

const hostedClient: Impl<"http_client"> = impl("mirage-wasm/drivers/http/hosted/client:HostedClient", http_client);

/** HTTP/1.1 over a stack, without TLS; with `--target=http` the host's, with it. Names are looked up by `names`: by default the host's, where the stack is, else the DNS. */
export const httpClient = (over: Impl<"stack">, names: Impl<"resolver"> = over.place === socketStack.place ? hostResolver : dnsResolver(over)): Impl<"http_client"> =>
  impl("mirage-wasm/drivers/http/client:Http1Client", to(stack, resolver, http_client), { hosted: hostedClient }).$(over, names);

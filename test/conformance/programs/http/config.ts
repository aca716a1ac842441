import { console, crunch, defaultConsole, directStack, files, foreign, http, http_client, httpClient, httpServer, job, pair, register, to } from "mirage-wasm";

const [left, right] = pair("cable");
const client = directStack(left, { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0" });
const server = directStack(right, { group: "server", ipv4: "10.0.0.2/24", gateway: "0.0.0.0" });
const talk = foreign("talk.ts:Talk", to(http, http_client, files, console, job));

register("http", [talk.$(httpServer(server, { port: 80 }), httpClient(client), crunch("site"), defaultConsole)]);

import { console, defaultConsole, foreign, genericStack, http, http_client, httpClient, httpServer, job, register, to } from "mirage-wasm";

const stack = genericStack();
const main = foreign("main.ts:Main", to(http, http_client, console, job)).$(httpServer(stack, { body: 70 * 2 ** 20 }), httpClient(stack), defaultConsole);
register("serve", [main, foreign("beat.ts:Beat", job)]);

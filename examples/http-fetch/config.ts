import { console, defaultConsole, foreign, genericStack, http_client, httpClient, job, register, to } from "mirage-wasm";

register("http-fetch", [foreign("fetch.ts:Fetch", to(http_client, console, job)).$(httpClient(genericStack()), defaultConsole)]);

import { console, defaultConsole, foreign, genericStack, http_client, httpClient, job, register, to } from "mirage-wasm";

register("asker", [foreign("asker.ts:Asker", to(http_client, console, job)).$(httpClient(genericStack()), defaultConsole)]);

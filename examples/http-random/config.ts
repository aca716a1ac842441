import { foreign, genericStack, http, httpServer, job, register, to } from "mirage-wasm";

register("http-random", [foreign("random.ts:Main", to(http, job)).$(httpServer(genericStack()))]);

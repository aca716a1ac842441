import { foreign, http, httpServer, job, register, socketStack, to } from "mirage-wasm";

register("soak", [foreign("soak.ts:Soak", to(http, job)).$(httpServer(socketStack))]);

import { foreign, genericStack, http, httpServer, job, register, to } from "mirage-wasm";

register("hello", [foreign("hello.ts:Hello", to(http, job)).$(httpServer(genericStack()))]);

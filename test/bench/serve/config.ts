import { foreign, genericStack, http, httpServer, job, register, to } from "mirage-wasm";

register("hello", [foreign("hello.ts:Site", to(http, job)).$(httpServer(genericStack()))]);

import { foreign, genericStack, http, httpServer, job, register, to } from "mirage-wasm";

register("http-echo", [foreign("echo.ts:Echo", to(http, job)).$(httpServer(genericStack()))]);

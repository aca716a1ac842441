import { console, defaultConsole, foreign, job, netif, network, register, to } from "mirage-wasm";

register("stream", [foreign("echo.ts:Echo", to(network, console, job)).$(netif("tap3", { transport: "stream" }), defaultConsole)]);

import { console, defaultConsole, foreign, hostResolver, job, register, resolver, to } from "mirage-wasm";

register("host-names", [foreign("ask.ts:Ask", to(resolver, console, job)).$(hostResolver, defaultConsole)]);

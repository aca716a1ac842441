import { console, crunch, defaultConsole, files, foreign, job, register, to } from "mirage-wasm";

register("http", [foreign("main.ts:Main", to(console, files, job)).$(defaultConsole, crunch("htdocs", { modified: new Date("2026-01-02T03:04:05Z") }))]);

import { console, defaultConsole, foreign, job, random, register, seededRandom, to } from "mirage-wasm";

const server = foreign("server.ts:Server", to(console, random, job));

// With defaultRandom every run is another one.
register("echo_server", [server.$(defaultConsole, seededRandom(1))]);

import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const show = foreign("show.ts:Show", to(console, job));

register("app_info", [show.$(defaultConsole)]);

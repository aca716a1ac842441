import { console, defaultConsole, foreign, impl, job, register, reporter, to } from "mirage-wasm";

const short = impl("short.ts:Short", to(console, reporter), { values: ["> "] });

register("own-reporter", [foreign("talk.ts:Talk", job)], { reporter: short.$(defaultConsole) });

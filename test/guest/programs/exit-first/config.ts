import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const ok = foreign("job.ts:Ok", to(console, job)).$(defaultConsole);
const wrong = foreign("job.ts:Wrong", to(console, job)).$(defaultConsole);

register("exit-first", [ok, wrong]);

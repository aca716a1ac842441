import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const one = foreign("job.ts:One", to(console, job)).$(defaultConsole);
const two = foreign("job.ts:Two", to(console, job)).$(defaultConsole);
const three = foreign("job.ts:Three", to(console, job)).$(defaultConsole);

register("several-jobs", [one, two, three]);

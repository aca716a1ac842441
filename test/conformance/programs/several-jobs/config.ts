import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const jobs = ["Quick", "Steady", "Slow"].map((name) => foreign(`jobs.ts:${name}`, to(console, job)));

register(
  "several-jobs",
  jobs.map((one) => one.$(defaultConsole)),
);

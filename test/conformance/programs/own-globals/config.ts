import { foreign, job, register } from "mirage-wasm";

register("own-globals", [foreign("job.ts:Job", job)]);

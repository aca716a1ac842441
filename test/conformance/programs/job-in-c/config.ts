import { foreign, job, register } from "mirage-wasm";

register("job-in-c", [foreign("job.wasm", job)]);

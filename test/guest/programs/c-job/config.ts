import { foreign, job, register } from "mirage-wasm";

register("c-job", [foreign("job.wasm", job)]);

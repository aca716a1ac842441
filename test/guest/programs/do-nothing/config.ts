import { register } from "mirage-wasm";

register("do-nothing", []);

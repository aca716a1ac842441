// An image without jobs prints nothing and ends with 0.
import { register } from "mirage-wasm";

register("do-nothing", []);

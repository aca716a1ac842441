// What AssemblyScript's own language calls of its environment (asconfig.json, `use`); its libraries call bindings/.

import "./abort";
import { random_u64, stderr_line } from "./abi";

/** Takes the place of `trace`: a line on standard error. */
// @ts-ignore: decorator
@global
export function mirage_trace(message: string, count: i32 = 0, a: f64 = 0, b: f64 = 0, c: f64 = 0, d: f64 = 0, e: f64 = 0): void {
  let line = "trace: " + message;
  if (count > 0) line += " " + a.toString();
  if (count > 1) line += ", " + b.toString();
  if (count > 2) line += ", " + c.toString();
  if (count > 3) line += ", " + d.toString();
  if (count > 4) line += ", " + e.toString();
  stderr_line(changetype<usize>(line), line.length);
}

/** Takes the place of `seed`: what `Math.random` begins with. */
// @ts-ignore: decorator
@global
export function mirage_seed(): f64 {
  return reinterpret<f64>(random_u64());
}

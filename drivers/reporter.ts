import { clock_wall, stdout_line } from "mirage-wasm/abi";
import { DateTime } from "mirage-wasm/calendar";
import { Level, Reporter } from "mirage-wasm/reporter";

/** As lines have them, in the order of the levels. */
const names: StaticArray<string> = ["QUIET", "ERROR", "WARNING", "INFO", "DEBUG"];

function print(line: string): void {
  stdout_line(changetype<usize>(line), line.length);
}

function plain(level: Level, source: string, message: string): string {
  return "[" + names[level] + "] [" + source + "] " + message;
}

/** Lines on standard output: `2026-01-02T03:04:05Z: [INFO] [application] hello` */
export class ConsoleReporter implements Reporter {
  report(level: Level, source: string, message: string): void {
    print(DateTime.of(clock_wall()).toString() + ": " + plain(level, source, message));
  }
}

/** The same without the time, for hosts that add their own: `[INFO] [application] hello` */
export class PlainReporter implements Reporter {
  report(level: Level, source: string, message: string): void {
    print(plain(level, source, message));
  }
}

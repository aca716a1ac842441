// Sources print up to their levels, values stand where the text has {}, and what is not printed is not made into text.
import { Console } from "mirage-wasm/console";
import { Level, Log, setLevels } from "mirage-wasm/log";

const log = new Log("application");
const net = new Log("net");
let formatted = 0;

class Point {
  constructor(
    public x: i32,
    public y: i32,
  ) {}

  toString(): string {
    formatted++;
    return `(${this.x}, ${this.y})`;
  }
}

log.info("at top level");

function all(source: Log): void {
  source.error("an error");
  source.warning("a warning");
  source.info("some information");
  source.debug("a detail");
}

function set<C extends Console>(console: C, levels: string): void {
  console.log(levels + (setLevels(levels) ? "" : " is no specification"));
}

export class Talk<C extends Console> {
  start(console: C): void {
    all(log);
    log.info("größe 😀");
    log.info("{} + {} = {}, or {}", 1, 2.5, 3.5, true);
    log.info("{} at {}", "here", new Point(1, -2));
    log.info("{}{} and a brace {", "{}", <u64>18446744073709551615);
    log.info("no place for", 7, <string | null>null);
    log.info("a place too many: {} {}", <i8>-1);

    formatted = 0;
    log.debug("not printed: {}", new Point(3, 4));
    console.log(`formatted ${formatted} times`);
    set(console, "*:warning,net:debug");
    all(log);
    all(net);
    net.debug("{}", new Point(5, 6));
    console.log(`formatted ${formatted} times, ${log.isEnabled(Level.WARNING)} ${log.isEnabled(Level.INFO)}`);

    // A rule is for sources that come later, and a source's own goes before the one for all.
    set(console, "late:error,*:debug");
    all(new Log("late"));
    all(log);
    set(console, "quiet");
    all(log);
    set(console, "net:info");
    all(log);

    set(console, "");
    set(console, "loud");
    set(console, "*:info,");
    set(console, ":info");
    set(console, "net:");
    set(console, "*:info net:debug");
    log.info("the levels have not changed");
  }
}

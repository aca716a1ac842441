// Messages from named sources, each with a level that it prints up to. What becomes of them is the reporter's, which
// main.ts ties to `mirage_report`.

import { LevelsArgument } from "./argument-levels";
import { Arguments } from "./arguments";
import { hasArguments } from "./link";
import { COMMON } from "./option";
import { Level } from "./reporter";
import { nothing } from "./result";

export { Level, Reporter } from "./reporter";

if (hasArguments()) {
  const argument = new Arguments("", COMMON);
  argument.of(new LevelsArgument("*:info"), "logs", "Up to which level the sources of messages print.").short("l");
}

/** Of all sources that no rule is for. */
const DEFAULT = Level.INFO;

/** As rules have them, in the order of the levels. */
const names: StaticArray<string> = ["quiet", "error", "warning", "info", "debug"];

/** A source's name, or "*", and its level. */
class Rule {
  constructor(
    public readonly source: string,
    public readonly level: Level,
  ) {}
}

let rules: Rule[] | null = null;

/** All sources, the newest first. */
let sources: Log | null = null;

/** What a message without values has for one. */
class None {}

/**
 * A source of messages. A message may have up to four values, which stand where its text has `{}`; those without a place
 * follow behind. Where the level is disabled a call is one comparison: values become text only when they are printed, so give
 * them as they are, and put what is dear to compute behind `isEnabled`.
 *
 *     const log = new Log("application");
 *     log.debug("read {} bytes from {}", count, peer);
 */
export class Log {
  /** The last level that is printed. */
  level: Level;
  /** In the list of all sources. */
  readonly next: Log | null;

  constructor(public readonly name: string) {
    this.level = levelOf(name);
    this.next = sources;
    sources = this;
  }

  // @ts-ignore: decorator
  @inline
  isEnabled(level: Level): bool {
    return level <= this.level;
  }

  error<A = None, B = None, C = None, D = None>(text: string, a: A = nothing<A>(), b: B = nothing<B>(), c: C = nothing<C>(), d: D = nothing<D>()): void {
    if (this.isEnabled(Level.ERROR)) print(Level.ERROR, this.name, text, a, b, c, d);
  }

  warning<A = None, B = None, C = None, D = None>(text: string, a: A = nothing<A>(), b: B = nothing<B>(), c: C = nothing<C>(), d: D = nothing<D>()): void {
    if (this.isEnabled(Level.WARNING)) print(Level.WARNING, this.name, text, a, b, c, d);
  }

  info<A = None, B = None, C = None, D = None>(text: string, a: A = nothing<A>(), b: B = nothing<B>(), c: C = nothing<C>(), d: D = nothing<D>()): void {
    if (this.isEnabled(Level.INFO)) print(Level.INFO, this.name, text, a, b, c, d);
  }

  debug<A = None, B = None, C = None, D = None>(text: string, a: A = nothing<A>(), b: B = nothing<B>(), c: C = nothing<C>(), d: D = nothing<D>()): void {
    if (this.isEnabled(Level.DEBUG)) print(Level.DEBUG, this.name, text, a, b, c, d);
  }
}

// @ts-ignore: decorator
@inline
function isNone<T>(): bool {
  return isReference<T>() ? idof<T>() == idof<None>() : false;
}

function print<A, B, C, D>(level: Level, source: string, text: string, a: A, b: B, c: C, d: D): void {
  if (isNone<A>()) {
    mirage_report(level, source, text);
    return;
  }
  at = 0;
  let message = filled(text, a);
  if (!isNone<B>()) message += filled(text, b);
  if (!isNone<C>()) message += filled(text, c);
  if (!isNone<D>()) message += filled(text, d);
  mirage_report(level, source, message + text.substring(at));
}

/** Where a text goes on behind the last value that stands in it. */
let at: i32 = 0;

/** The text as far as its next `{}`, and the value in that place. */
function filled<T>(text: string, value: T): string {
  const place = text.indexOf("{}", at);
  const before = place < 0 ? text.substring(at) + " " : text.substring(at, place);
  at = place < 0 ? text.length : place + 2;
  if (isReference<T>()) {
    if (changetype<usize>(value) == 0) return before + "null";
  }
  // @ts-ignore: all types have it
  return before + value.toString();
}

function levelOf(source: string): Level {
  let level = DEFAULT;
  let isNamed = false;
  const known = rules;
  for (let i = 0; known && i < known.length; i++) {
    const rule = known[i];
    if (rule.source == source) isNamed = true;
    else if (isNamed || rule.source != "*") continue;
    level = rule.level;
  }
  return level;
}

/**
 * Sets the levels of all sources, those that come later too: rules such as `*:info,net:debug`, where a source's own goes
 * before the one for `*`, and a level alone is for `*`. False, and nothing changes, when it is not of that form.
 */
export function setLevels(specification: string): bool {
  const parts = specification.split(",");
  const wanted = new Array<Rule>();
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const colon = part.indexOf(":");
    const level = levelNamed(part.substring(colon + 1));
    if (level < 0 || colon == 0) return false;
    wanted.push(new Rule(colon < 0 ? "*" : part.substring(0, colon), level));
  }
  rules = wanted;
  let source: Log | null = sources;
  while (source) {
    source.level = levelOf(source.name);
    source = source.next;
  }
  return true;
}

/** -1: there is none of that name. */
function levelNamed(name: string): Level {
  for (let level = 0; level < names.length; level++) if (names[level] == name) return level;
  return <Level>-1;
}

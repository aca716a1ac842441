// Reads the image's command line into the options that were declared.

import { stderr_line } from "./abi";
import { args } from "./args";
import { Arguments } from "./arguments";
import { help } from "./help";
import { hasArguments } from "./link";
import { close, COMMON, first, Option } from "./option";
import { sleep } from "./thread";

/** Exit codes, as MirageOS's. */
const HELP: i32 = 63;
const REFUSED: i32 = 64;

let image: string = "";

/** The value of `--name`: what the image calls itself, by default the name that it was registered with. */
export function imageName(): string {
  return image;
}

/** Between top-level code and the first job. Returns 0, or the code to end with at once. */
// @ts-ignore: decorator
@inline
export function commandLine(name: string): i32 {
  return hasArguments() ? readCommandLine(name) : 0;
}

/** In its stead on a host that gives an image no arguments: each has its default. */
export function noCommandLine(name: string): void {
  if (!hasArguments()) return;
  close();
  image = name;
}

/** It runs once and allocates no more than the command line is long: compiler/build/reach.ts knows it by name. */
function readCommandLine(imageName: string): i32 {
  const argument = new Arguments("", COMMON);
  const name = argument.string("name", imageName, "What the image calls itself.");
  const delay = argument.duration("delay", 0, "How long to wait before the jobs start.");
  close();
  const words = args();
  let end = words.indexOf("--");
  if (end < 0) end = words.length;
  for (let i = 1; i < end; i++) {
    if (unchecked(words[i]) != "--help") continue;
    help(imageName);
    return HELP;
  }
  const problem = readWords(words, end);
  if (problem.length) {
    say(imageName + ": " + problem);
    say("Try --help.");
    return REFUSED;
  }
  image = name.value;
  if (delay.value) sleep(delay.value);
  return 0;
}

/** A line of the image's on standard error. */
export function say(line: string): void {
  stderr_line(changetype<usize>(line), line.length);
}

/** Reads all words; returns what is wrong, or "". */
function readWords(words: string[], end: i32): string {
  for (let i = 1; i < end; i++) {
    const word = unchecked(words[i]);
    if (!isOption(word)) return unexpected(word);
    const isLong = word.charCodeAt(1) == DASH;
    const equals = isLong ? word.indexOf("=") : word.charCodeAt(2) == EQUALS ? 2 : -1;
    const name = isLong ? word.substring(2, equals < 0 ? word.length : equals) : word.substring(1, 2);
    const option = find(name, isLong);
    if (!option) return "unknown option " + (isLong ? "--" : "-") + name;
    if (option.given && !option.repeats) return long(option) + " cannot be repeated";
    let value: string;
    if (equals >= 0) value = word.substring(equals + 1);
    else if (!isLong && word.length > 2) value = word.substring(2);
    else if (option.isFlag) value = option.name == name || !isLong ? "true" : "false";
    else if (i + 1 < end && !isOption(unchecked(words[i + 1]))) value = unchecked(words[++i]);
    else return long(option) + " needs a value: " + option.form;
    if ((isLong && equals >= 0 && option.isFlag && option.name != name) || !option.read(value)) {
      return long(option) + ": '" + value + "' is not valid, expected " + option.form;
    }
    option.given = true;
  }
  if (end + 1 < words.length) return unexpected(unchecked(words[end + 1]));
  let option = first;
  while (option) {
    if (option.isRequired && !option.given) return long(option) + " is required: " + option.form;
    option = option.next;
  }
  return "";
}

const DASH: i32 = 0x2d;
const EQUALS: i32 = 0x3d;

/** A dash alone is a value, and so is what begins with none. */
function isOption(word: string): bool {
  return word.length > 1 && word.charCodeAt(0) == DASH;
}

/** `no-NAME` finds the flag NAME too. */
function find(name: string, isLong: bool): Option | null {
  let option = first;
  while (option) {
    if (isLong ? option.name == name || (option.isFlag && "no-" + option.name == name) : option.letter == name) return option;
    option = option.next;
  }
  return null;
}

function long(option: Option): string {
  return "option --" + option.name;
}

function unexpected(word: string): string {
  return "unexpected '" + word + "': quote a value that holds blanks";
}

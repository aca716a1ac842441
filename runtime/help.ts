import { stdout_line } from "./abi";
import { COMMON, first, Option } from "./option";

function say(line: string): void {
  stdout_line(changetype<usize>(line), line.length);
}

/** Prints the page of `--help`. */
export function help(image: string): void {
  say("NAME");
  say("       " + image);
  say("");
  say("SYNOPSIS");
  say("       " + image + " [OPTION]…");
  let option = first;
  while (option) {
    if (option.section != COMMON && startsSection(option)) section(option);
    option = option.next;
  }
  option = first;
  while (option!.section != COMMON) option = option!.next;
  section(option!);
  say("");
  say("       --help");
  say("           Show this page and end.");
}

/** Is it the first option of its section? */
function startsSection(option: Option): bool {
  let one = first!;
  while (one.section != option.section) one = one.next!;
  return one == option;
}

function section(start: Option): void {
  say("");
  say(start.section);
  let option: Option | null = start;
  while (option) {
    if (option.section == start.section) {
      if (option != start) say("");
      say("       " + heading(option));
      say("           " + option.doc);
    }
    option = option.next;
  }
}

/** As in `-l SPEC, --logs=SPEC (absent=*:info)` */
function heading(option: Option): string {
  const value = option.placeholder;
  let text = option.letter.length ? "-" + option.letter + (option.isFlag ? ", " : " " + value + ", ") : "";
  text += (option.isFlag ? "--[no-]" : "--") + option.name;
  if (!option.isFlag) text += "=" + value;
  if (option.isRequired) return text + " (required)";
  const absent = option.shown();
  return absent.length ? text + " (absent=" + absent + ")" : text;
}

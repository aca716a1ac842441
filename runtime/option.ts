// The options of an image's command line, in the order in which they were declared.

/** The heading of those that are not the jobs' or devices': the last one of `--help`. */
export const COMMON = "COMMON OPTIONS";

/** One option, whatever the type of its value. */
export abstract class Option {
  next: Option | null = null;
  name: string = "";
  doc: string = "";
  /** The heading that it stands under in `--help`. */
  section: string = "";
  /** Its short form, one letter, or "". */
  letter: string = "";
  given: bool = false;
  isRequired: bool = false;
  /** May be given more than once. */
  repeats: bool = false;

  /**
   * `placeholder` stands for a value in `--help`, "" when the option takes none: a flag. `form` says what is valid, as in
   * "a port, 1 to 65535".
   */
  constructor(
    readonly placeholder: string,
    readonly form: string,
  ) {}

  /** Takes over the value that `text` says, or returns false when it says none. */
  abstract read(text: string): bool;

  /** The present value as it is typed. */
  abstract shown(): string;

  get isFlag(): bool {
    return !this.placeholder.length;
  }
}

/** An option with values of type T: derive from it for a type of your own. */
export abstract class Argument<T> extends Option {
  /** `stored` is the default. */
  constructor(
    public stored: T,
    placeholder: string,
    form: string,
  ) {
    super(placeholder, form);
  }

  /** The value: what was given, else the default. To be read when the job starts, not before. */
  get value(): T {
    if (!isRead) throw new Error("an argument is read before the command line was: read it in start");
    return this.stored;
  }

  /** Gives it a short form, one letter: `-l VALUE`, `-lVALUE`. */
  short(letter: string): this {
    this.letter = letter;
    return this;
  }

  /** Lets the image refuse to start without it. */
  required(): this {
    this.isRequired = true;
    return this;
  }
}

/** The first option that was declared. */
export let first: Option | null = null;
let last: Option | null = null;
let isRead: bool = false;

/** Adds an option to the command line. */
export function addOption(option: Option, name: string, doc: string, section: string): void {
  if (isRead) throw new Error("an argument is declared after the command line was read: declare it at top level");
  option.name = name;
  option.doc = doc;
  option.section = section;
  if (last) last!.next = option;
  else first = option;
  last = option;
}

/** From now on, values are there and no option is added. */
export function close(): void {
  isRead = true;
}

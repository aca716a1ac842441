import { setLevels } from "./log";
import { Argument } from "./option";

/** The levels of the image's logs: reading it sets them. */
export class LevelsArgument extends Argument<string> {
  constructor(levels: string) {
    super(levels, "SOURCE:LEVEL,…", "rules such as *:info,net:debug with the levels quiet, error, warning, info, debug");
  }

  read(text: string): bool {
    this.stored = text;
    return setLevels(text);
  }

  shown(): string {
    return this.stored;
  }
}

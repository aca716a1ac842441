import { argument as options, IntegerArgument } from "mirage-wasm/argument";

export interface Cable {
  told(): string;
}

/** Each has arguments of its own, under its name. */
export class Plugged implements Cable {
  private metres: IntegerArgument;

  constructor(name: string, metres: i32) {
    this.metres = options.group(name).integer("metres", metres, "How long the cable is.");
  }

  told(): string {
    return this.metres.value.toString() + (this.metres.given ? "!" : "");
  }
}

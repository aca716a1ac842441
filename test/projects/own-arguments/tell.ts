import { Argument, argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Cable } from "./cable";

/** A place on a chessboard, as its file and rank, from 0 on. */
class Square {
  constructor(
    readonly file: i32,
    readonly rank: i32,
  ) {}
}

class SquareArgument extends Argument<Square> {
  constructor(file: i32, rank: i32) {
    super(new Square(file, rank), "SQUARE", "a square such as e4");
  }

  read(text: string): bool {
    const file = text.charCodeAt(0) - 0x61;
    const rank = text.charCodeAt(1) - 0x31;
    if (text.length != 2 || <u32>file > 7 || <u32>rank > 7) return false;
    this.stored = new Square(file, rank);
    return true;
  }

  shown(): string {
    return String.fromCharCode(0x61 + this.stored.file) + String.fromCharCode(0x31 + this.stored.rank);
  }
}

const who = argument.string("who", "", "Whose move it is.").required().short("w");
const from = argument.of(new SquareArgument(4, 1), "from", "Where a piece is.").short("f");
const pieces = argument.list<Square>("pieces", [], "More of them.", new SquareArgument(0, 0));

export class Tell<C extends Console, A extends Cable, B extends Cable, D extends Cable> {
  start(console: C, a: A, b: B, other: D): void {
    console.log(who.value + " " + from.value.file.toString() + "," + from.value.rank.toString() + " " + pieces.value.length.toString());
    console.log(a.told() + " " + b.told() + " " + other.told());
  }
}

// A recursion without end that holds objects is stopped too, by whichever stack ends first.
import { Console } from "mirage-wasm/console";

class Level {
  constructor(
    public depth: i32,
    public above: Level | null,
  ) {}
}

function descend(above: Level): i32 {
  const level = new Level(above.depth + 1, above);
  return level.depth < 0 ? 0 : descend(level) * 3 + level.depth;
}

export class Descend<C extends Console> {
  start(console: C): void {
    console.log("descends");
    console.log(descend(new Level(0, null)).toString());
  }
}

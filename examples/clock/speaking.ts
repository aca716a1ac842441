import { argument } from "mirage-wasm/argument";
import { DateTime } from "mirage-wasm/calendar";
import { Clock } from "mirage-wasm/clock";
import { Console } from "mirage-wasm/console";
import { SECOND, sleep } from "mirage-wasm/thread";

const strokes = argument.integer("strokes", 0, "End after so many strokes; 0: never.");

export class SpeakingClock<C extends Console, T extends Clock> {
  start(console: C, clock: T): void {
    const begin = clock.now();
    for (let stroke = 1; ; stroke++) {
      console.log((clock.now() - begin).toString() + " nanoseconds have elapsed.");
      console.log("At the stroke, the time will be " + DateTime.of(clock.wall()).toString() + " *BEEP*");
      if (stroke == strokes.value) return;
      sleep(SECOND);
    }
  }
}

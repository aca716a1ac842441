// Of several jobs the first that ends with another code than 0 gives the image's; the others still run to their end.
import { Console } from "mirage-wasm/console";
import { MILLISECOND, sleep } from "mirage-wasm/thread";

export class Late<C extends Console> {
  start(console: C): i32 {
    sleep(300 * MILLISECOND);
    console.log("late ends with 3");
    return 3;
  }
}

export class Early<C extends Console> {
  start(console: C): i32 {
    sleep(150 * MILLISECOND);
    console.log("early ends with 5");
    return 5;
  }
}

export class Good<C extends Console> {
  start(console: C): void {
    console.log("good ends");
  }
}

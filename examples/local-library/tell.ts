import { Console } from "mirage-wasm/console";
import { message } from "./hello/hello";

export class Tell<C extends Console> {
  start(console: C): void {
    console.log("The hello library has a message for you: " + message());
  }
}

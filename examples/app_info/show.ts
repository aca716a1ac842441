import { Console } from "mirage-wasm/console";
import { info } from "mirage-wasm/info";

export class Show<C extends Console> {
  start(console: C): void {
    const image = info();
    console.log(image.name + " " + image.version);
    console.log("libraries:");
    for (let i = 0; i < image.libraries.length; i++) {
      const library = image.libraries[i];
      console.log("  - " + library.name + "." + library.version);
    }
  }
}

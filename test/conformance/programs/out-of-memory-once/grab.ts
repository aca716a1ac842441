// The same from the allocator of an image that needs no collector, since it allocates only a few times.
import { Console } from "mirage-wasm/console";

export class Grab<C extends Console> {
  start(console: C): void {
    const half = new StaticArray<u8>(512 * 1024);
    half[half.length - 1] = 1;
    console.log("half a megabyte fits");
    const more = new StaticArray<u8>(512 * 1024);
    more[more.length - 1] = half[0];
    console.log("A WHOLE ONE FITS");
  }
}

// What the server answers to one client, whose bytes come in many ways; each answer once. WHAT SEED SILENT BYTES: bytes as hexadecimal digits.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { Service } from "mirage-wasm/drivers/http/service";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { Files } from "mirage-wasm/files";
import { Handler } from "mirage-wasm/http";
import { FileHandler } from "mirage-wasm/http-files";
import { decodeUTF8 } from "mirage-wasm/utf8";
import { tell } from "./client";
import { crowd } from "./crowd";
import { fuzz } from "./fuzz";
import { routes } from "./routes";
import { Site } from "./site";
import { Once, WHOLE, Wire } from "./wire";

const WAYS: i32 = 12;
const LIMIT: i64 = 100_000;

export class Main<C extends Console, F extends Files> {
  start(console: C, files: F): void {
    const words = args();
    const random = new SeededRandom(U64.parseInt(words[2]));
    if (words[1] == "fuzz") {
      console.log(fuzz(random, I32.parseInt(words[3])));
      return;
    }
    if (words[1] == "crowd") {
      console.log(crowd());
      return;
    }
    if (words[1] == "paths") {
      console.log(files.paths().join("\n"));
      return;
    }
    if (words[1] == "client") {
      const replies = new Array<Uint8Array>();
      for (let i = 6; i < words.length; i++) replies.push(bytesOf(words[i]));
      const known = new Set<string>();
      for (let way = WHOLE; way < WAYS; way++) {
        const told = tell(words[4].split("; "), I32.parseInt(words[5]), replies, way, random, words[3] == "silent");
        if (!known.has(told)) console.log(told);
        known.add(told);
      }
      return;
    }
    const handler: Handler = words[1] == "files" ? new FileHandler(files) : words[1] == "routes" ? routes() : new Site();
    const heard = bytesOf(words[4]);
    const known = new Set<string>();
    for (let way = WHOLE; way < WAYS; way++) {
      const said = answer(handler, new Wire(heard, way, random, words[3] == "silent"));
      if (known.has(withoutDates(said))) continue;
      known.add(withoutDates(said));
      console.log(said);
    }
  }
}

function answer(handler: Handler, wire: Wire): string {
  new Service(new Once(wire), handler, 4, LIMIT).run();
  const said = decodeUTF8(changetype<usize>(wire.said.dataStart), wire.said.length);
  return said + (wire.isEnded ? "#closed" : "#open");
}

function withoutDates(said: string): string {
  const parts = said.split("Date: ");
  for (let i = 1; i < parts.length; i++) parts[i] = parts[i].substring(29);
  return parts.join("");
}

function bytesOf(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>U32.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
  return bytes;
}

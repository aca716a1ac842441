import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { testAuthority } from "./authority";
import { testCache } from "./cache";
import { testConnect } from "./connect";
import { testDomainName } from "./domain-name";
import { fuzz } from "./fuzz";
import { testLookup } from "./lookup";
import { testMessage } from "./message";
import { testResolver } from "./resolver";

export class Names<C extends Console> {
  /** Without arguments all tests, with SEED COUNT so many messages. */
  start(console: C): void {
    if (args().length == 3) {
      const wrong = fuzz(<u64>I64.parseInt(args()[1]), I32.parseInt(args()[2]));
      console.log(wrong.length ? wrong : "right");
      return;
    }
    testDomainName();
    testMessage();
    testLookup();
    testCache();
    testResolver();
    testConnect();
    testAuthority();
  }
}

import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { testArp } from "./arp";
import { replay } from "./corpus";
import { testDhcp } from "./dhcp";
import { testDhcpServer } from "./dhcp-server";
import { fuzz } from "./fuzz";
import { fuzz6 } from "./fuzz6";
import { testIcmp } from "./icmp";
import { testIgmp } from "./igmp";
import { testIpv4 } from "./ipv4";
import { testIpv6 } from "./ipv6";
import { testMld } from "./mld";
import { testNdp } from "./ndp";
import { testReassembly } from "./reassembly";
import { testUdp } from "./udp";

export class Net<C extends Console> {
  /** Without arguments all tests, with `fuzz` or `fuzz6` SEED COUNT so many frames, with `replay` FRAME … these. */
  start(console: C): void {
    const given = args().slice(1);
    if (given.length) {
      let wrong = "";
      if (given[0] == "replay") wrong = replay(given.slice(1));
      else {
        const seed = <u64>I64.parseInt(given[1]);
        const count = I32.parseInt(given[2]);
        wrong = given[0] == "fuzz" ? fuzz(seed, count) : fuzz6(seed, count);
      }
      console.log(wrong.length ? wrong : "right");
      return;
    }
    testArp();
    testIpv4();
    testReassembly();
    testIcmp();
    testUdp();
    testIgmp();
    testDhcp();
    testDhcpServer();
    testIpv6();
    testNdp();
    testMld();
  }
}

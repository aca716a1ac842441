import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { testArp } from "./arp";
import { replay } from "./corpus";
import { testDhcp } from "./dhcp";
import { testDhcpServer } from "./dhcp-server";
import { fuzz } from "./fuzz";
import { testIcmp } from "./icmp";
import { testIpv4 } from "./ipv4";
import { testReassembly } from "./reassembly";
import { testUdp } from "./udp";

export class Net<C extends Console> {
  /** Without arguments all tests, with `fuzz` SEED COUNT so many frames, with `replay` FRAME … these. */
  start(console: C): void {
    const given = args().slice(1);
    if (given.length) {
      const isFuzz = given[0] == "fuzz";
      const wrong = isFuzz ? fuzz(<u64>I64.parseInt(given[1]), I32.parseInt(given[2])) : replay(given.slice(1));
      console.log(wrong.length ? wrong : "right");
      return;
    }
    testArp();
    testIpv4();
    testReassembly();
    testIcmp();
    testUdp();
    testDhcp();
    testDhcpServer();
  }
}

import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { testArp } from "./arp";
import { testDhcp } from "./dhcp";
import { testDhcpServer } from "./dhcp-server";
import { fuzz } from "./fuzz";
import { testIcmp } from "./icmp";
import { testIpv4 } from "./ipv4";
import { testReassembly } from "./reassembly";
import { testUdp } from "./udp";

export class Net<C extends Console> {
  /** Without arguments all tests, with SEED COUNT so many frames. */
  start(console: C): void {
    if (args().length == 3) {
      const wrong = fuzz(<u64>I64.parseInt(args()[1]), I32.parseInt(args()[2]));
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

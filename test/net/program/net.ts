import { Console } from "mirage-wasm/console";
import { testArp } from "./arp";
import { testDhcp } from "./dhcp";
import { testIcmp } from "./icmp";
import { testIpv4 } from "./ipv4";
import { testReassembly } from "./reassembly";
import { testUdp } from "./udp";

export class Net<C extends Console> {
  start(console: C): void {
    testArp();
    testIpv4();
    testReassembly();
    testIcmp();
    testUdp();
    testDhcp();
  }
}

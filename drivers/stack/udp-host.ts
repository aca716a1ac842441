import { Datagrams } from "mirage-wasm/datagrams";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Udp } from "mirage-wasm/udp";
import { IpHost } from "./ip-host";
import { UdpDatagrams } from "./udp-datagrams";

/** UDP whose calls block. */
export class UdpHost implements Udp {
  constructor(private readonly host: IpHost) {}

  datagrams(port: u16): Outcome<Datagrams> {
    const socket = this.host.udp.open(port);
    return socket ? new Outcome<Datagrams>(Result.OK, new UdpDatagrams(this.host, socket)) : failed<Datagrams>(Result.CLOSED);
  }
}

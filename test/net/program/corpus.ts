// Frames that somebody has kept.
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { Host } from "./host";
import { echo, frame, ipv4, OUR, PEER, SECOND, type } from "./wire";

/** They arrive, in hexadecimal digits each. What is wrong afterwards, or "". */
export function replay(frames: string[]): string {
  const host = new Host().meet();
  host.udp.open(99);
  new Tcp(host.ip, 1, 2).listen(7);
  for (let i = 0; i < frames.length; i++) {
    const text = frames[i];
    for (let at = 0; at < text.length; at += 2) store<u8>(frame + <usize>(at >> 1), <u8>I32.parseInt(text.substring(at, at + 2), 16));
    host.input(text.length >> 1);
  }
  host.pass(SECOND);
  if (host.ip.address != OUR) return "the address is another";
  host.wire.sent.length = 0;
  return answers(host) ? "" : "it does not answer any more";
}

/** Does it answer an honest echo request, to the one who has asked? */
export function answers(host: Host): bool {
  host.meet();
  host.wire.sent.length = 0;
  host.input(ipv4(1, echo(100)));
  const sent = host.wire.take();
  return sent != 0 && type(sent) == 0x0800 && load<u8>(sent, 34) == 0 && load<u32>(sent, 30) == PEER;
}

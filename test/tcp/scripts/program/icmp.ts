import { Flow } from "./flow";
import { Host } from "./host";
import { isInteger } from "./words";

/** What ICMP says, by its type and code in either version (RFC 792, RFC 4443). */
class Message {
  constructor(
    readonly name: string,
    readonly v4: u16,
    readonly v6: u16,
  ) {}
}

const messages: Message[] = [
  new Message("net", 0x300, 0x100),
  new Message("host", 0x301, 0x103),
  new Message("protocol", 0x302, 0x401),
  new Message("port", 0x303, 0x104),
  new Message("too-big", 0x304, 0x200),
  new Message("prohibited", 0x30d, 0x101),
  new Message("source-quench", 0x400, 0x7f00),
  new Message("time", 0xb00, 0x300),
];

/** `< icmp NAME [mtu N] of NUMBER`: somebody says that the stack's segment with this number did not arrive. */
export function complain(words: string[], host: Host, flow: Flow): string {
  const hasMtu = words.length == 8 && words[4] == "mtu" && isInteger(words[5]);
  const at = hasMtu ? 6 : 4;
  if (words.length != at + 2 || words[at] != "of" || !isInteger(words[at + 1])) return "< icmp NAME [mtu N] of NUMBER";
  const ports = <u32>bswap<u16>(flow.localPort) | (<u32>bswap<u16>(flow.peerPort) << 16);
  for (let i = 0; i < messages.length; i++) {
    if (messages[i].name != words[3]) continue;
    const kind = host.isV6 ? messages[i].v6 : messages[i].v4;
    host.complain(<u8>(kind >> 8), <u8>kind, hasMtu ? U32.parseInt(words[5]) : 0, ports, flow.first + <u32>I64.parseInt(words[at + 1]));
    return "";
  }
  return `ICMP has no "${words[3]}" here`;
}

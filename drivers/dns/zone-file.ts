import { DomainName } from "mirage-wasm/domain-name";
import { endOfName, ResourceRecord } from "mirage-wasm/resource-record";
import { Zone } from "mirage-wasm/zone";

/** A zone that `configure` has read (compiler/zone). */
export class ZoneFile implements Zone {
  /** Each unit of `content` is a byte: records, each with its name, type, TTL, and data behind its size. */
  constructor(private readonly content: string) {}

  records(): ResourceRecord[] {
    const bytes = new StaticArray<u8>(this.content.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = <u8>this.content.charCodeAt(i);
    const records: ResourceRecord[] = [];
    for (let at = 0; at < bytes.length; ) {
      const fixed = endOfName(bytes, at);
      const head = changetype<usize>(bytes) + fixed;
      const data = fixed + 8;
      const end = data + bswap<u16>(load<u16>(head, 6));
      const name = new DomainName(bytes.slice<StaticArray<u8>>(at, fixed));
      records.push(new ResourceRecord(name, bswap<u16>(load<u16>(head)), bswap<u32>(load<u32>(head, 2)), bytes.slice<StaticArray<u8>>(data, end)));
      at = end;
    }
    return records;
  }
}

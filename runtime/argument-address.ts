import { Address, Cidr } from "./address";
import { Endpoint } from "./endpoint";
import { parseMac, showMac } from "./mac";
import { Argument } from "./option";

export class AddressArgument extends Argument<Address> {
  /** `value` is the default as it would be typed. */
  constructor(value: string) {
    super(Address.parse(value)!, "ADDRESS", "an address such as 10.0.0.2 or fd00::2");
  }

  read(text: string): bool {
    const address = Address.parse(text);
    if (address) this.stored = address;
    return address != null;
  }

  shown(): string {
    return this.stored.toString();
  }
}

export class CidrArgument extends Argument<Cidr> {
  /** `value` is the default as it would be typed. */
  constructor(value: string) {
    super(Cidr.parse(value)!, "ADDRESS/BITS", "an address and the length of its prefix, such as 10.0.0.2/24 or fd00::2/64");
  }

  read(text: string): bool {
    const cidr = Cidr.parse(text);
    if (cidr) this.stored = cidr;
    return cidr != null;
  }

  shown(): string {
    return this.stored.toString();
  }
}

export class EndpointArgument extends Argument<Endpoint> {
  /** `value` is the default as it would be typed. */
  constructor(value: string) {
    super(Endpoint.parse(value)!, "ADDRESS:PORT", "an address of IPv4 and a port, such as 127.0.0.1:8080");
  }

  read(text: string): bool {
    const endpoint = Endpoint.parse(text);
    if (endpoint) this.stored = endpoint;
    return endpoint != null;
  }

  shown(): string {
    return this.stored.toString();
  }
}

/** An address of Ethernet (`mirage-wasm/mac`); 0 stands for none. */
export class MacArgument extends Argument<u64> {
  /** `value` is the default as it would be typed, or "". */
  constructor(value: string) {
    super(value.length ? parseMac(value) : 0, "MAC", "an address of one interface, such as 02:00:00:00:00:01");
  }

  read(text: string): bool {
    const mac = parseMac(text);
    // Of one interface: not that of a group.
    if (mac <= 0 || mac & 1) return false;
    this.stored = mac;
    return true;
  }

  shown(): string {
    return this.stored ? showMac(this.stored) : "";
  }
}

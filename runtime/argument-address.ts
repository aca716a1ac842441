import { Address, Cidr } from "./address";
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

import { Address, AddressArgument, ListArgument } from "mirage-wasm/argument";

/** Addresses of servers of names. */
export class NameServersArgument extends ListArgument<Address> {
  /** `value` is the default as it would be typed. */
  constructor(value: string) {
    super(new AddressArgument("0.0.0.0"), []);
    this.read(value);
  }
}

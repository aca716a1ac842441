import { Address } from "./address";
import { decimal, digits, parsed, readDecimal } from "./number";
import { storeAddress } from "./socket-address";

/** An address of IPv4 and a port. */
export class Endpoint {
  constructor(
    readonly address: Address,
    readonly port: u16,
  ) {}

  /** As `127.0.0.1:8080`, or null. */
  static parse(text: string): Endpoint | null {
    const colon = text.indexOf(":");
    if (colon < 0 || readDecimal(text, colon + 1) != text.length || !digits || digits > 5 || parsed > 65535) return null;
    const port = <u16>parsed;
    const address = Address.parse(text.substring(0, colon));
    return address && address.isV4 ? new Endpoint(address, port) : null;
  }

  toString(): string {
    return this.address.toString() + ":" + decimal(this.port);
  }

  /** Writes it as the kernel's calls of sockets have it: `ADDRESS` bytes. */
  store(at: usize): void {
    storeAddress(at, this.address, this.port);
  }
}

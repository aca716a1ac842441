import { addOption, Argument, Option } from "./option";
import { BoolArgument, ChoiceArgument, DurationArgument, IntegerArgument, ListArgument, PortArgument, TextArgument } from "./argument-types";
import { AddressArgument, CidrArgument, EndpointArgument, MacArgument } from "./argument-address";

/** Declares arguments whose names begin with `prefix`: at the top level of a module, or in a device's constructor. */
export class Arguments {
  constructor(
    private prefix: string,
    private section: string,
  ) {}

  /** The arguments of one device among several of its kind: `--NAME-…`. */
  group(name: string): Arguments {
    return name.length ? new Arguments(this.prefix + name + "-", "OPTIONS OF " + this.prefix + name) : this;
  }

  /** `--NAME=TEXT` */
  string(name: string, value: string, doc: string): TextArgument {
    return this.of(new TextArgument(value), name, doc);
  }

  /** `--NAME=INTEGER`, of 32 bits. */
  integer(name: string, value: i32, doc: string): IntegerArgument {
    return this.of(new IntegerArgument(value), name, doc);
  }

  /** `--NAME`, `--no-NAME`, `--NAME=true`, `--NAME=false` */
  bool(name: string, value: bool, doc: string): BoolArgument {
    return this.of(new BoolArgument(value), name, doc);
  }

  /** Nanoseconds, as `--NAME=1.5s`, `200ms`, `3m`, `2h`; a plain number is seconds. */
  duration(name: string, value: i64, doc: string): DurationArgument {
    return this.of(new DurationArgument(value), name, doc);
  }

  /** `--NAME=PORT`, 1 to 65535. */
  port(name: string, value: u16, doc: string): PortArgument {
    return this.of(new PortArgument(value), name, doc);
  }

  /** `--NAME=ADDRESS`, of IPv4 or IPv6. */
  address(name: string, value: string, doc: string): AddressArgument {
    return this.of(new AddressArgument(value), name, doc);
  }

  /** `--NAME=ADDRESS/BITS` */
  cidr(name: string, value: string, doc: string): CidrArgument {
    return this.of(new CidrArgument(value), name, doc);
  }

  /** `--NAME=ADDRESS:PORT`, of IPv4. */
  endpoint(name: string, value: string, doc: string): EndpointArgument {
    return this.of(new EndpointArgument(value), name, doc);
  }

  /** `--NAME=MAC`, an address of Ethernet as `mirage-wasm/mac` has it; "" is 0. */
  mac(name: string, value: string, doc: string): MacArgument {
    return this.of(new MacArgument(value), name, doc);
  }

  /** One of `choices`. */
  choice(name: string, value: string, doc: string, choices: string[]): ChoiceArgument {
    return this.of(new ChoiceArgument(value, choices), name, doc);
  }

  /** Values of the type of `element`, with commas between them: `argument.list("port", [80, 443], "…", new PortArgument(0))`. */
  list<T>(name: string, value: T[], doc: string, element: Argument<T>): ListArgument<T> {
    return this.of(new ListArgument<T>(element, value), name, doc);
  }

  /** An argument of a type of your own. */
  of<A extends Option>(argument: A, name: string, doc: string): A {
    addOption(argument, this.prefix + name, doc, this.section);
    return argument;
  }
}

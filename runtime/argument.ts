// What jobs and drivers import to declare arguments. An image that does not has no command line, and none of its code.

import { Arguments } from "./arguments";
import { usesArguments } from "./link";

export { Address, Cidr } from "./address";
export { AddressArgument, CidrArgument, EndpointArgument, MacArgument } from "./argument-address";
export { Endpoint } from "./endpoint";
export { BoolArgument, ChoiceArgument, DurationArgument, IntegerArgument, ListArgument, PortArgument, TextArgument } from "./argument-types";
export { imageName } from "./command-line";
export { Argument } from "./option";

usesArguments();

/** `const port = argument.port("port", 8080, "The port to listen on.")`, then `port.value` in the job. */
export const argument = new Arguments("", "OPTIONS");

/** A domain's devices, and the interfaces by which an image uses each. */
const devices: Record<string, RegExp> = {
  console: /^wasi:cli\/std(in|out|err)@/,
  clock: /^wasi:clocks\//,
  random: /^wasi:random\//,
  network: /^wasi:sockets\//,
};

/** Those that an image uses which calls these interfaces. */
export function devicesOf(interfaces: string): string {
  const called = interfaces.split(" ");
  return Object.keys(devices)
    .filter((device) => called.some((one) => devices[device]?.test(one)))
    .join(" ");
}

// What AssemblyScript brings along works without a device, at top level too: it has the image's console, clocks and randomness.

console.log("at top level");
const early = Date.now();
const first = Math.random();
const start = performance.now();
const bytes = new Uint8Array(32);
crypto.getRandomValues(bytes);

function filled(bytes: Uint8Array): bool {
  for (let i = 1; i < bytes.length; i++) if (bytes[i] != bytes[0]) return true;
  return false;
}

export class Job {
  start(): void {
    console.log();
    console.info("größe 😀");
    console.debug("debug");
    console.log(early > 1_700_000_000_000 && Date.now() >= early ? "today" : "long ago");
    console.log(new Date(early).toISOString().length.toString());
    console.log(performance.now() >= start && start > 0 ? "goes on" : "goes back");
    const second = Math.random();
    console.log(first >= 0 && first < 1 && second >= 0 && second < 1 && first != second ? "random" : "not random");
    console.log(filled(bytes) ? "filled" : "not filled");
    console.log(process.argv.join(" "));
    console.log(JSMath.abs(-1).toString());
    console.time("label");

    // A console has one stream on Xen: what goes to standard error comes last.
    console.warn("warned");
    console.error("an error");
    console.assert(bytes.length == 32, "not printed");
    console.assert(bytes.length == 31, "31 bytes");
    console.assert(0);
    console.time("label");
    console.timeEnd("other");
    trace("traced");
    trace("with numbers", 3, 1, -2.5, 1e21);
    process.exit(1);
    console.log("not reached");
  }
}

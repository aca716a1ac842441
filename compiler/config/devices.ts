import { type Impl, impl } from "./impl.ts";
import { type Type, type } from "./type.ts";

/** Lines of text, out and in. */
export const console: Type<"console"> = type("console", "mirage-wasm/console:Console");
/** The image's standard output and input. */
export const defaultConsole: Impl<"console"> = impl("mirage-wasm/drivers/console:StandardConsole", console);

/** Monotonic and wall time. */
export const clock: Type<"clock"> = type("clock", "mirage-wasm/clock:Clock");
/** The host's clocks. */
export const defaultClock: Impl<"clock"> = impl("mirage-wasm/drivers/clock:HostClock", clock);

/** Letting time pass. */
export const sleep: Type<"sleep"> = type("sleep", "mirage-wasm/sleep:Sleep");
/** Sleeps by the host's monotonic clock. */
export const defaultSleep: Impl<"sleep"> = impl("mirage-wasm/drivers/sleep:HostSleep", sleep);

/** Random numbers. */
export const random: Type<"random"> = type("random", "mirage-wasm/random:Random");
/** The host's generator, fit for keys. */
export const defaultRandom: Impl<"random"> = impl("mirage-wasm/drivers/random:HostRandom", random);
/** The same numbers in every run, for tests: SplitMix64 from `seed` on, an integer. */
export const seededRandom = (seed: number): Impl<"random"> => impl("mirage-wasm/drivers/random:SeededRandom", random, { values: [seed] });

/** Where the messages of `mirage-wasm/log` go: an option of `register`. */
export const reporter: Type<"reporter"> = type("reporter", "mirage-wasm/reporter:Reporter");
/** Lines on standard output, each with its time. */
export const defaultReporter: Impl<"reporter"> = impl("mirage-wasm/drivers/reporter:ConsoleReporter", reporter);
/** Lines on standard output without a time, for hosts that add their own. */
export const plainReporter: Impl<"reporter"> = impl("mirage-wasm/drivers/reporter:PlainReporter", reporter);

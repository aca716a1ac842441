// What config.ts imports from "mirage-wasm": values only, evaluating them touches nothing.

export {
  clock,
  console,
  defaultClock,
  defaultConsole,
  defaultNetwork,
  defaultRandom,
  defaultReporter,
  defaultSleep,
  defaultStack,
  directStack,
  netif,
  network,
  plainReporter,
  random,
  reporter,
  type StackOptions,
  seededRandom,
  sleep,
  stack,
  tap0,
} from "./devices.ts";
export { foreign, type Impl, type ImplOptions, impl, main, noop } from "./impl.ts";
export { ifImpl, type Key, key, matchImpl } from "./key.ts";
export { type ImageOptions, register } from "./register.ts";
export { type Fn, job, type Type, to, type } from "./type.ts";

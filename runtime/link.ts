// What only the linker knows (compiler/build/link.ts, locate.ts): `link.NAME` is true in an image that reaches a call of
// `link.uses_NAME`, and a constant by the time the image is optimised.

/** Does anything in this image start a second thread? */
// @ts-ignore: decorator
@external("link", "threads")
export declare function threads(): bool;

/**
 * The number of the place that the user's code calls this from, from 1 on: NAME.symbols has its file, line and column. A
 * library function that blocks is `@inline` as far as this call, so that each call of it gets a number of its own:
 *
 *     \@inline
 *     export function sleep(duration: i64): void {
 *       sleepAt(site(), duration);
 *     }
 *
 * In a function that is not inlined into the user's, it is the place of this call.
 */
// @ts-ignore: decorator
@external("link", "site")
export declare function site(): u32;

/** Does anything in this image read metrics? */
// @ts-ignore: decorator
@external("link", "metrics")
export declare function metrics(): bool;

/** Marks a function that reads metrics, as `usesThreads` does. */
// @ts-ignore: decorator
@external("link", "uses_metrics")
export declare function usesMetrics(): void;

/** Marks a function that starts threads: an app that imports this has them. Does nothing. */
// @ts-ignore: decorator
@external("link", "uses_threads")
export declare function usesThreads(): void;

/** Does anything in this image declare arguments? */
// @ts-ignore: decorator
@external("link", "arguments")
export declare function hasArguments(): bool;

/** Marks the module that declares arguments. Does nothing. */
// @ts-ignore: decorator
@external("link", "uses_arguments")
export declare function usesArguments(): void;

/** Does anything in this image register an at-exit task? */
// @ts-ignore: decorator
@external("link", "exits")
export declare function exits(): bool;

/** Marks the function that registers at-exit tasks. Does nothing. */
// @ts-ignore: decorator
@external("link", "uses_exits")
export declare function usesExits(): void;

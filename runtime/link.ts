// What only the linker knows: calls that compiler/build/reach.ts answers from the compiled module.

/** Does anything in this image start a second thread? A constant by the time the image is optimised. */
// @ts-ignore: decorator
@external("link", "threads")
export declare function threads(): bool;

/** Marks a function that starts threads: an app that imports this has them. Does nothing. */
// @ts-ignore: decorator
@external("link", "uses_threads")
export declare function usesThreads(): void;

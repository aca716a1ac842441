// What only the linker knows (compiler/build/link.ts): `link.NAME` is true in an image that reaches a call of
// `link.uses_NAME`, and a constant by the time the image is optimised.

/** Does anything in this image start a second thread? */
// @ts-ignore: decorator
@external("link", "threads")
export declare function threads(): bool;

/** Marks a function that starts threads: an app that imports this has them. Does nothing. */
// @ts-ignore: decorator
@external("link", "uses_threads")
export declare function usesThreads(): void;

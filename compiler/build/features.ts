/** What Wasm an image is made of: the same list for every tool, since "all" makes Binaryen write what others refuse. */
export const wasmFeatures = ["mutable-globals", "sign-ext", "nontrapping-float-to-int", "bulk-memory", "bulk-memory-opt"];

export const wasmFeatureFlags = wasmFeatures.map((name) => `--enable-${name}`);

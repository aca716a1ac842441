export type Binaryen = typeof import("binaryen")["default"];
export type Module = InstanceType<Binaryen["Module"]>;

let loaded: Promise<Binaryen> | undefined;

/** Binaryen, the very instance that AssemblyScript's compiler has loaded. */
export function loadBinaryen(): Promise<Binaryen> {
  loaded ??= import("binaryen").then((module) => module.default);
  return loaded;
}

/** Reads a core module with exactly the features that images are made of. */
export function readModule(binaryen: Binaryen, wasm: Uint8Array): Module {
  const { Features } = binaryen;
  const features = Features.MutableGlobals | Features.SignExt | Features.NontrappingFPToInt | Features.BulkMemory | Features.BulkMemoryOpt;
  return binaryen.readBinaryWithFeatures(wasm, features);
}

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
  return binaryen.readBinaryWithFeatures(wasm, features(binaryen));
}

/** The same from the text format, with the places in sources that it names. */
export function parseModule(binaryen: Binaryen, text: string): Module {
  const module = binaryen.parseText(text);
  module.setFeatures(features(binaryen));
  // An expression without a place has that of what is around it.
  module.runPasses(["propagate-debug-locs"]);
  return module;
}

/** Keeps functions from being inlined. In a pattern, a star stands for any characters. */
export function keepApart(binaryen: Binaryen, module: Module, patterns: string[]): void {
  for (const pattern of patterns) {
    binaryen.setPassArgument("no-inline", pattern);
    module.runPasses(["no-inline"]);
  }
  binaryen.clearPassArguments();
}

function features({ Features }: Binaryen): number {
  return Features.MutableGlobals | Features.SignExt | Features.NontrappingFPToInt | Features.BulkMemory | Features.BulkMemoryOpt;
}

import { join } from "node:path";
import { packageRoot } from "../package.ts";

/** Where the package keeps the compiled kernel. */
export const kernelFile = join(packageRoot, "build/kernel.wasm");

/** Its source map, beside it. */
export const kernelMap = `${kernelFile}.map`;

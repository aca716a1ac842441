// Part of `npm run build`: compiles the kernel once for all images.

import { writeFileSync } from "node:fs";
import { compileKernel } from "./kernel.ts";
import { kernelFile, kernelMap } from "./kernel-file.ts";

const { wasm, map } = await compileKernel();
writeFileSync(kernelFile, wasm);
writeFileSync(kernelMap, map);

// Part of `npm run build`: compiles the kernel once for all images.

import { writeFileSync } from "node:fs";
import { compileKernel } from "./kernel.ts";
import { kernelFile } from "./kernel-file.ts";

writeFileSync(kernelFile, await compileKernel());

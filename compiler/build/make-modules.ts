// Part of `npm run build`: compiles once for all images the kernel, and the sockets of those on Xen.

import { writeFileSync } from "node:fs";
import { compileKernel } from "./kernel.ts";
import { kernelFile, kernelMap } from "./kernel-file.ts";
import { compileSockets } from "./sockets.ts";
import { socketsFile } from "./sockets-file.ts";

const { wasm, map } = await compileKernel();
writeFileSync(kernelFile, wasm);
writeFileSync(kernelMap, map);
writeFileSync(socketsFile, await compileSockets());

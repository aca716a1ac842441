import { join } from "node:path";
import { packageRoot } from "../package.ts";

/** Where the package keeps the sockets of images on Xen, compiled. */
export const socketsFile = join(packageRoot, "build/sockets.wasm");

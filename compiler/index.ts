// The library under the command line: it neither prints nor exits.

export { type Built, build, clean, imageFile } from "./build.ts";
export { type Configured, type ConfigureOptions, configure } from "./configure/configure.ts";
export { type Diagnostic, Failure, type Position } from "./diagnostic.ts";
export { packageRoot, version } from "./package.ts";
export { type Build, type Context, readContext } from "./state.ts";

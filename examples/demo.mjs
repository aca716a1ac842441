// `npm run demo`: what a new user would type, on the hello example.

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tool = join(here, "../build/cli/main.js");

function mirage(...args) {
  console.error(`\n$ mirage-wasm ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [tool, ...args], { cwd: join(here, "hello"), stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

console.error("The hello example (examples/hello): one job on one device, the console.");
mirage("configure", "--target=wasi");
mirage("build");
mirage("describe");
console.error("\nThe image, and all that it imports from its host:");
mirage("query", "image");
mirage("query", "imports");
console.error("\nRunning it on the embedded Node engine: four times hello, a second apart.");
mirage("run");
console.error("\nThe same file runs under wasmtime: wasmtime run examples/hello/dist/hello.wasm");

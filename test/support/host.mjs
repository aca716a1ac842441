// A host with a lamp: host.mjs IMAGE NAMES… runs an image that imports acme:led/light, and prints each call of `set`.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transpileBytes } from "@bytecodealliance/jco-transpile";

const [image, ...names] = process.argv.slice(2);
const folder = join(dirname(image), "host");
const shim = (name) => import.meta.resolve(`@bytecodealliance/preview2-shim/${name}`);
const map = { "acme:led/light": "./lamp.js", "wasi:cli/*": `${shim("cli")}#*`, "wasi:io/*": `${shim("io")}#*` };
const { files } = await transpileBytes(readFileSync(image), { name: "image", map });
files["lamp.js"] = `
  export function set(on) { console.error(on); }
  export function names() { return ${JSON.stringify(names)}; }
`;
files["package.json"] = '{ "type": "module" }';
for (const [name, content] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}
const { run } = await import(pathToFileURL(join(folder, "image.js")).href);
run.run();

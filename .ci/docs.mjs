// `npm run docs`: writes the tables of docs/errors.md and docs/abi.md from the sources. With --check it only compares.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { messages } from "../build/compiler/messages.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path) => readFileSync(join(root, path), "utf8");

function errors() {
  const rows = Object.entries(messages).map(([code, { exit, text, next }]) => `| ${code} | ${exit} | ${text} | ${next} |`);
  return ["| code | exit | text | next step |", "|---|---|---|---|", ...rows, ""].join("\n");
}

/** A heading and the comment of each call; the lines of a comment stay as they are. */
function abi() {
  const call = /\/\*\*([\s\S]*?)\*\/\n\/\/ @ts-ignore: decorator\n@external\("kernel", "\w+"\)\nexport declare function (.+);/g;
  const calls = [...read("runtime/abi.ts").matchAll(call)].map(([, comment, signature]) => {
    const text = comment.replaceAll(/^ \* ?/gm, "").trim();
    return `## \`${signature.replace(/: void$/, "")}\`\n\n${text}\n`;
  });
  return calls.join("\n");
}

let stale = 0;
for (const [path, begins, made] of [
  ["docs/errors.md", "| code |", errors()],
  ["docs/abi.md", "## `", abi()],
]) {
  const text = read(path);
  const expected = text.slice(0, text.indexOf(begins)) + made;
  if (text === expected) continue;
  stale++;
  if (process.argv.includes("--check")) console.error(`${path} is not what the sources say: npm run docs`);
  else writeFileSync(join(root, path), expected);
}
if (process.argv.includes("--check")) process.exit(stale > 0 ? 1 : 0);

import { fail, positionOf } from "../diagnostic.ts";
import { version } from "../package.ts";

/** Honours a first line such as `// mirage-wasm >= 0.1.0 & < 0.2.0`. */
export function checkVersionGate(file: string, text: string): void {
  const [first = ""] = text.split("\n");
  const gate = /^\/\/\s*mirage-wasm\b(.*)$/.exec(first.trim())?.[1]?.trim();
  if (gate === undefined || gate === "") return;
  const position = positionOf(file, text, 0);
  for (const part of gate.split("&")) {
    const match = /^(>=|<=|>|<|=)\s*(\d+\.\d+\.\d+)$/.exec(part.trim());
    if (!match) fail("MW107", [first.trim()], position);
    const order = compare(version, match?.[2] as string);
    const holds = { ">=": order >= 0, "<=": order <= 0, ">": order > 0, "<": order < 0, "=": order === 0 }[match?.[1] as ">="];
    if (!holds) fail("MW106", [gate, version], position);
  }
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a file of a program says, as bytes in Latin-1: `NAME-VARIANT.txt`, else `NAME.txt`, else undefined. */
export function readExpected(folder: string, name: string, variant: string | undefined): string | undefined {
  const files = [...(variant === undefined ? [] : [`${name}-${variant}.txt`]), `${name}.txt`];
  const file = files.map((one) => join(folder, one)).find((one) => existsSync(one));
  return file === undefined ? undefined : readFileSync(file, "latin1");
}

/**
 * What text should have been: `expected`, but where that holds a regular expression in {{…}} and the text fits, the text
 * itself.
 */
export function fit(text: string, expected: string): string {
  const parts = expected.split(/\{\{(.*?)\}\}/);
  if (parts.length === 1) return expected;
  const pattern = parts.map((part, index) => (index % 2 === 1 ? `(?:${part})` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${pattern.join("")}$`).test(text) ? text : expected;
}

import { dirname } from "node:path";
import { clean } from "../../compiler/build.ts";
import { next, say } from "../report.ts";

export async function run({ file }: { file: string }): Promise<void> {
  const removed = clean(dirname(file));
  say(removed.length > 0 ? `Removed ${removed.join(", ")}.` : "Nothing to remove.");
  next("configure", file);
}

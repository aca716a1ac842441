import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Diagnostic, diagnostic, linesOf } from "../diagnostic.ts";
import { packageRoot } from "../package.ts";

const require = createRequire(import.meta.url);

/** Runs TypeScript's compiler over config.ts: wrong wiring is an error of types there. */
export async function typecheck(file: string): Promise<Diagnostic[]> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-types-"));
  try {
    const project = join(folder, "tsconfig.json");
    writeFileSync(project, JSON.stringify({ compilerOptions: options(folder), files: [file] }));
    const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
    const output = await new Promise<string>((done) => {
      execFile(process.execPath, [tsc, "-p", project, "--pretty", "false"], { cwd: folder }, (_error, stdout) => done(stdout));
    });
    return parse(output, folder, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function options(folder: string): object {
  return {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: "es2023",
    lib: ["es2023"],
    module: "preserve",
    moduleResolution: "bundler",
    types: [],
    allowImportingTsExtensions: true,
    rootDir: resolve(folder, "/"),
    paths: { "mirage-wasm": [join(packageRoot, "build/compiler/config/index.d.ts")] },
  };
}

/** The errors in the user's file: the first line of each, and who expected what. */
function parse(output: string, folder: string, file: string): Diagnostic[] {
  const lines = linesOf(readFileSync(file, "utf8"));
  const found: Diagnostic[] = [];
  const blocks = output.split(/\n(?=\S)/);
  for (const block of blocks) {
    const match = /^(.+?)\((\d+),(\d+)\): error (TS\d+): ([\s\S]*)$/.exec(block.trim());
    if (!match || resolve(folder, match[1] as string) !== file) continue;
    const [, , line, column, code, text] = match as unknown as string[];
    const source = lines[Number(line) - 1] ?? "";
    const position = { file, line: Number(line), column: Number(column), source };
    const callee = /([\w.]+)\.\$\($/.exec(source.slice(0, Number(column) - 1))?.[1] ?? "This";
    const wrong = /(?:Argument of type|Type) 'Impl<(.+?)>' is not assignable to (?:parameter of )?type 'Impl<(.+?)>'/.exec(text ?? "");
    const count = /Expected ([\d-]+) arguments?, but got (\d+)/.exec(text ?? "");
    if (wrong) found.push(diagnostic("MW103", [callee, device(wrong[2] as string), device(wrong[1] as string)], position));
    else if (count) found.push(diagnostic("MW104", [/([\w.]+)\.\$/.exec(source)?.[1] ?? "This", count[1] as string, count[2] as string], position));
    else found.push(diagnostic("MW102", [`${(text ?? "").split("\n")[0]} (${code})`], position));
  }
  return found;
}

/** `"console"` is a console; `Fn<["console"], "job">` still lacks one. */
function device(type: string): string {
  const lacking = /^Fn<\[(.*)\], "(.*)">$/.exec(type);
  return lacking ? `a ${lacking[2]} that still lacks ${lacking[1]?.replaceAll('"', "")}` : `a ${type.replaceAll('"', "")}`;
}

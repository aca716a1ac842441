// The files beside main.ts that make a project pleasant: Makefile and tsconfigs.

import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { type GeneratedFile, header } from "../generated-file.ts";
import { packageRoot } from "../package.ts";

const require = createRequire(import.meta.url);

/** The rest of what `configure` writes for the config.ts at `from` in `folder`. */
export function generateProject(folder: string, from: string): GeneratedFile[] {
  return [
    { path: "Makefile", text: makefile(folder, from), yields: true },
    { path: "tsconfig.json", text: json(from, { files: [], references: [{ path: "./mirage/tsconfig.config.json" }, { path: "./mirage/tsconfig.jobs.json" }] }), yields: true },
    { path: "mirage/tsconfig.config.json", text: json(from, configProject(from)) },
    { path: "mirage/tsconfig.jobs.json", text: json(from, jobsProject(folder, from)) },
  ];
}

function json(from: string, value: object): string {
  return `// ${header(from)}\n${JSON.stringify(value, null, 2)}\n`;
}

function makefile(folder: string, from: string): string {
  const tool = join(relative(folder, packageRoot) || ".", "build/cli/main.js");
  const file = from === "config.ts" ? "" : ` -f ${from}`;
  const rule = (name: string, command: string): string => `${name}:\n\t$(MIRAGE_WASM) ${command}${file}\n`;
  return [
    `# ${header(from)}`,
    `MIRAGE_WASM ?= node ${tool}`,
    ".DEFAULT_GOAL := build",
    ".PHONY: depend build run clean\n",
    rule("depend", "depend"),
    rule("build", "build"),
    rule("run", "run"),
    rule("clean", "clean"),
  ].join("\n");
}

function configProject(from: string): object {
  return {
    compilerOptions: { composite: true, noEmit: true, strict: true, target: "es2023", module: "preserve", moduleResolution: "bundler", types: [] },
    files: [`../${from}`],
  };
}

/** Jobs are AssemblyScript: its own types in place of the ones of the web and of Node. */
function jobsProject(folder: string, from: string): object {
  const mirage = join(folder, "mirage");
  const toPackage = relative(mirage, packageRoot);
  return {
    extends: relative(mirage, require.resolve("assemblyscript/std/assembly.json")),
    compilerOptions: {
      composite: true,
      noEmit: true,
      strict: true,
      // Memory is zero before a constructor runs.
      strictPropertyInitialization: false,
      moduleResolution: "bundler",
      module: "preserve",
      types: ["assembly"],
      typeRoots: [`${relative(mirage, dirname(require.resolve("assemblyscript/std/assembly.json")))}/types`],
      paths: { "mirage-wasm/drivers/*": [`${toPackage}/drivers/*.ts`], "mirage-wasm/*": [`${toPackage}/runtime/*.ts`] },
    },
    // A composite project lists all that its files import.
    include: ["../**/*.ts", `${toPackage}/runtime/*.ts`, `${toPackage}/runtime/scheduler/*.ts`, `${toPackage}/drivers/**/*.ts`],
    exclude: [`../${from}`, "../mirage/*.ts", "../dist", "../node_modules"],
  };
}

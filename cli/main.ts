#!/usr/bin/env node
import { relative } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { type Diagnostic, diagnostic, didYouMean, Failure, unknownName } from "../compiler/diagnostic.ts";
import { version } from "../compiler/package.ts";
import { report, say } from "./report.ts";

const EXIT_USAGE = 2;
/** Mistakes that are told at once. */
const TOLD = 100;

/** Each command is loaded when it is called, so that --help costs nothing. */
function program(keys = ""): Command {
  const root = new Command("mirage-wasm")
    .description("Builds single-purpose WebAssembly images from typed jobs and devices.")
    .version(version, "-v, --version")
    .exitOverride()
    // Told by main, as every other mistake is.
    .configureOutput({ outputError: () => {} })
    // Its own miss options that are written as --name=value.
    .showSuggestionAfterError(false)
    .addHelpText(
      "after",
      `
Exit codes: 0 fine, 1 failed, 2 usage, 3 configuration, 4 missing tool; run passes the image's own code through.

Examples:
  $ mirage-wasm configure --target=wasi    check config.ts and write what build needs
  $ mirage-wasm build                      make dist/NAME.wasm
  $ mirage-wasm run -- --name=value        run it on Node, with arguments
  $ mirage-wasm run -e wasmtime            run the same file under wasmtime`,
    );
  const command = (name: string, description: string, example: string): Command =>
    root.command(name).description(description).option("-f, --file <file>", "the configuration", "config.ts").addHelpText("after", `\nExample:\n  $ mirage-wasm ${example}`);

  command("configure", "Check the configuration and write what build needs.", "configure --wasi -o hello")
    .addOption(new Option("-t, --target <target>", "what to package for: wasi, xen, http").default(undefined, "wasi, or the last choice"))
    .addOption(new Option("--wasi", "the same as --target=wasi").conflicts(["target", "xen", "http"]))
    .addOption(new Option("--xen", "the same as --target=xen").conflicts(["target", "wasi", "http"]))
    .addOption(new Option("--http", "the same as --target=http").conflicts(["target", "wasi", "xen"]))
    .option("-o, --output <name>", "the image's name, in place of the registered one")
    .option("--dry-run", "only list what would be written")
    // Keys of the configuration, which is not known yet.
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText("after", keys)
    .action(async (options, { args }) => (await import("./commands/configure.ts")).run(options, args));
  command("build", "Make the image, dist/NAME.wasm.", "build").action(async (options) => (await import("./commands/build.ts")).run(options));
  command("run", "Run the image; what follows -- are its arguments.", "run -e wasmtime -- one two")
    .addOption(new Option("-e, --engine <engine>", "node, wasmtime or xen").default("node"))
    .option("--port <port>", "of the target http: where to serve, on 127.0.0.1 (default: 8080)")
    .option("--reuse <count>", "of the target http: how many requests an instance answers (default: wasmtime 1, node all)")
    .option("--net <tap>", "as root: make this TAP, as tap0 or tap0=10.0.0.1/24, for the interface of its name")
    .argument("[args...]", "arguments of the image")
    .action(async (args, options) => (await import("./commands/run.ts")).run(args, options));
  command("describe", "Show the image's jobs and devices.", "describe --dot | dot -Tsvg > graph.svg")
    .option("--json", "as JSON")
    .option("--dot", "as a graph for Graphviz")
    .action(async (options) => (await import("./commands/describe.ts")).run(options));
  command("query", "Print one fact: name, target, devices, imports, keys, arguments, files, image, wit, Makefile, xl.", "query image dist/mir-hello.xen --against dist/hello.wasm")
    .argument("<kind>", "which fact")
    .argument("[path]", "of the kind image: another image than this configuration's, NAME.wasm or mir-NAME.xen")
    .option("--against <image>", "of the kind image: package NAME.wasm again and compare every byte")
    .option("--json", "as JSON")
    .action(async (kind, path, options) => (await import("./commands/query.ts")).run(kind, path, options));
  command("symbolize", "Say where in the sources the traces of a log are.", "symbolize log.txt")
    .argument("[log]", "a log that was saved; without it, standard input")
    .option("-s, --symbols <file>", "in place of this configuration's dist/NAME.symbols")
    .option("--json", "only what was found, as JSON")
    .action(async (log, options) => (await import("./commands/symbolize.ts")).run(log, options));
  command("clean", "Remove what configure and build have made, and nothing else.", "clean").action(async (options) => (await import("./commands/clean.ts")).run(options));
  command("depend", "Say what is missing for this target, and the command that installs it.", "depend").action(async (options) =>
    (await import("./commands/depend.ts")).run(options),
  );
  return root;
}

/** What commander says of what was typed. */
function usageMistake(message: string, command: Command = program()): Diagnostic {
  const [, typed = ""] = /unknown option '(--[^'=]+)/.exec(message) ?? [];
  const options = command.options.map(({ long }) => long ?? "");
  const meant = didYouMean(typed, options);
  return diagnostic("MW504", [message.replace(/^error: /, "") + (meant ? `. Did you mean ${meant}?` : ""), command.parent ? ` ${command.name()}` : ""]);
}

/** What the system says of a file, or a mistake of this tool itself. */
function unexpected(error: unknown): Diagnostic {
  const { message = String(error), code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (!code || !syscall) return diagnostic("MW403", [message]);
  // As in "EACCES: permission denied, open 'config.ts'".
  return diagnostic("MW308", [path ? relative(process.cwd(), path) : "A file", /^\w+: ([^,]*)/.exec(message)?.[1] ?? message]);
}

/** What the configuration adds to the help of configure. */
async function keysHelp(): Promise<string> {
  const words = process.argv.slice(2);
  const asked = words[0] === "help" ? words[1] === "configure" : words[0] === "configure" && words.some((word) => word === "--help" || word === "-h");
  return asked ? (await import("./keys-help.ts")).keysHelp(fileOption() ?? "config.ts") : "";
}

/** What -f names. */
function fileOption(): string | undefined {
  return process.argv.find((_, index) => process.argv[index - 1] === "-f" || process.argv[index - 1] === "--file");
}

async function main(): Promise<number> {
  const root = program(await keysHelp());
  // Told here, since commander would call it one argument too many.
  const [, , first] = process.argv;
  const names = [...root.commands.map((one) => one.name()), "help"];
  const named = first === "help" ? (process.argv[3] ?? "help") : first;
  if (named && !named.startsWith("-") && !names.includes(named)) {
    report(unknownName("command", named, names), ".");
    return EXIT_USAGE;
  }
  try {
    await root.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof Failure) {
      const file = fileOption();
      const folder = file?.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
      for (const one of error.diagnostics.slice(0, TOLD)) report(one, folder);
      if (error.diagnostics.length > TOLD) say(`… and ${error.diagnostics.length - TOLD} more.`);
      return error.exitCode;
    }
    if (error instanceof CommanderError) {
      const helped = error.code === "commander.helpDisplayed" || error.code === "commander.version";
      if (helped || error.code === "commander.help") return helped || first === "help" ? 0 : EXIT_USAGE;
      const command = root.commands.find((one) => one.name() === first);
      report(usageMistake(error.message, command), ".");
      return EXIT_USAGE;
    }
    report(unexpected(error), ".");
    if (process.env["MIRAGE_WASM_DEBUG"] && error instanceof Error) say(String(error.stack));
    return 1;
  }
}

// A closed pipe (`| head`) is no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const code = await main();
if (process.stdout.writableLength > 0) await new Promise((done) => process.stdout.write("", done));
process.exit(code);

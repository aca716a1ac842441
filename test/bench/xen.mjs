// Figures of the target xen: sizes, packaging, and one boot of the rig with hello and the smallest PVH guest in turns.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { boot, missingPackages } from "../../build/compiler/engines/xen/rig.js";
import { packageForXen } from "../../build/compiler/xen/package.js";
import { xlText } from "../../build/compiler/xen/xl.js";

const here = dirname(fileURLToPath(import.meta.url));
const RUNS = 11;
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Rows of the table, for hello.wasm. */
export async function xenRows(hello) {
  const missing = missingPackages();
  if (missing.length > 0) return [["boot on Xen", `needs ${missing.join(", ")}`, "", ""]];
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-bench-xen-"));
  try {
    const start = process.hrtime.bigint();
    await packageForXen(hello);
    const packaging = Number(process.hrtime.bigint() - start) / 1e9;
    const { elf, shim, image } = await shares(folder, hello);
    writeFileSync(join(folder, "hello.xen"), elf);
    execFileSync("gcc", ["-m32", "-c", join(here, "nothing.S"), "-o", "nothing.o"], { cwd: folder });
    execFileSync("ld", ["-m", "elf_i386", "-s", "-N", "--no-warn-rwx-segments", "-e", "entry", "-T", join(here, "nothing.lds"), "-o", "nothing.xen", "nothing.o"], { cwd: folder });
    const least = await run(folder);
    return [
      ["mir-hello.xen", `${elf.length} B: shim ${shim} B, image ${image} B`, `smallest PVH guest ${statSync(join(folder, "nothing.xen")).size} B`, "≤ 48 kB"],
      ["packaging of hello", `${packaging.toFixed(2)} s`, "", "≤ 2 s"],
      ["hello's domain", `boots in ${least.memory} MiB`, "", "4 MiB"],
      ["entry to the image's start", `${(least.start / 1e6).toFixed(1)} M ticks`, "", ""],
      ["entry to shutdown", `${(least.end / 1e6).toFixed(1)} M ticks`, `smallest PVH guest ${(least.nothingEnd / 1e6).toFixed(1)} M ticks`, ""],
      ["xl create to the end of the domain", `${least.hello.toFixed(0)} ms`, `smallest PVH guest ${least.nothing.toFixed(0)} ms`, `${(least.hello / least.nothing).toFixed(2)} ×`],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The ELF of an image, and bytes in its file that are the shim's and the image's; the rest are headers and padding. */
async function shares(folder, file) {
  const map = join(folder, "map");
  const linker = join(folder, "ld");
  writeFileSync(linker, `#!/bin/sh\nexec ld -Map=${map} "$@"\n`, { mode: 0o755 });
  process.env.MIRAGE_WASM_LD = linker;
  const { elf } = await packageForXen(file);
  delete process.env.MIRAGE_WASM_LD;
  const [, linked] = readFileSync(map, "utf8").split("Linker script and memory map");
  let [ours, theirs] = [0, 0];
  for (const [, size, object] of linked.replaceAll(/^( \.\S+)\n +/gm, "$1 ").matchAll(/^ \.(?:text|rodata|data|note)\S* +0x[0-9a-f]+ +0x([0-9a-f]+) (\S+)$/gm)) {
    if (object.endsWith("image-module.o")) theirs += Number.parseInt(size, 16);
    else ours += Number.parseInt(size, 16);
  }
  return { elf, shim: ours, image: theirs };
}

/** Boots once; the medians of what both guests took. */
async function run(folder) {
  for (const name of ["hello", "nothing"]) writeFileSync(join(folder, `${name}.xl`), xlText({ name, kernel: `${name}.xen`, memory: 4, options: {} }));
  for (const memory of [1, 2, 3]) writeFileSync(join(folder, `hello${memory}.xl`), xlText({ name: `hello${memory}`, kernel: "hello.xen", memory, options: {} }));
  writeFileSync(
    join(folder, "run.sh"),
    `now() { awk '{ print $1 * 1000 }' /proc/uptime; }
one() { now; xl create -q $1.xl || echo $1 >> results/failed; while xl domid $1 > /dev/null 2>&1; do :; done; now; }
i=0; while [ $((i = i + 1)) -le ${RUNS} ]; do
  for guest in hello nothing; do one $guest | tr '\\n' ' ' >> results/$guest.times; echo >> results/$guest.times; done
done
cp /var/log/xen/console/guest-hello.log results/hello.log
xl dmesg > results/nothing.log
for memory in 1 2 3; do xl create -q hello$memory.xl; while xl domid hello$memory > /dev/null 2>&1; do :; done; cat /var/log/xen/console/guest-hello$memory.log > results/least$memory; done
`,
  );
  const results = join(folder, "results");
  mkdirSync(results);
  await boot({ guests: folder, results, limit: 300 });
  if (existsSync(join(results, "failed"))) throw new Error("a domain was not made");
  const read = (name) => readFileSync(join(results, name), "latin1");
  const times = (name) => median([...read(`${name}.times`).matchAll(/([\d.]+) ([\d.]+)/g)].map(([, from, to]) => Number(to) - Number(from)));
  const ticks = (what) => median([...read("hello.log").matchAll(new RegExp(`^mirage: ${what}, (\\d+) ticks`, "gm"))].map(([, value]) => Number(value)));
  const nothingEnd = median([...read("nothing.log").matchAll(/\(d\d+\) ([0-9a-f]{8})$/gm)].map(([, value]) => Number.parseInt(value, 16)));
  const memory = [1, 2, 3].find((size) => read(`least${size}`).includes("main returned 0")) ?? 4;
  return { memory, start: ticks("start"), end: ticks("end"), nothingEnd, hello: times("hello"), nothing: times("nothing") };
}

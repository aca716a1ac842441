// Domains for tests of the shim: images, and guests that do what is forbidden.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileShim, findCompiler, link } from "../../compiler/xen/compile.ts";
import { packageForXen } from "../../compiler/xen/package.ts";
import { shimSources } from "../../compiler/xen/shim.ts";
import { xlText } from "../../compiler/xen/xl.ts";
import { consoleConfig, consoleJob, execute, Project, root } from "../support/project.ts";

const require = createRequire(import.meta.url);

/** A folder of domains, each NAME.xen and NAME.xl. */
export class Guests {
  readonly folder = mkdtempSync(join(tmpdir(), "mirage-wasm-guests-"));

  /** What was configured and built for xen in a folder of a user's. */
  async project(name: string, project: Project, memory?: number): Promise<void> {
    for (const args of [["configure", "--xen"], ["build"]]) {
      const { code, stderr } = await project.mirage(args);
      if (code !== 0) throw new Error(stderr);
    }
    this.add(name, readFileSync(join(project.folder, `dist/mir-${name}.xen`)), memory ?? Number(/^memory = (\d+)/m.exec(readFileSync(join(project.folder, `dist/${name}.xl`), "utf8"))?.[1]));
    project.remove();
  }

  /** A job on the console with this body. */
  job(name: string, body: string, { head = "", options = "", memory }: { head?: string; options?: string; memory?: number } = {}): Promise<void> {
    return this.project(name, new Project({ "config.ts": consoleConfig(name, options), "job.ts": consoleJob(body, head) }), memory);
  }

  /** A core module in text form. */
  async module(name: string, wat: string): Promise<void> {
    const config = `import { foreign, job, register } from "mirage-wasm";\nregister("${name}", [foreign("job.wasm", job)]);\n`;
    const project = new Project({ "config.ts": config, "job.wat": wat });
    const wabt = join(require.resolve("wabt/package.json"), "../bin/wat2wasm");
    const { code, stderr } = await execute(process.execPath, [wabt, "job.wat", "-o", "job.wasm"], project.folder);
    if (code !== 0) throw new Error(stderr);
    await this.project(name, project);
  }

  /** The shim with a C file of negative/ in place of an image. */
  async negative(name: string): Promise<void> {
    const { program } = await findCompiler();
    const objects = await compileShim(program, [...shimSources(), join(root, "test/xen/negative", `${name}.c`)], this.folder);
    await link(objects, this.folder, `${name}.xen`);
    this.add(name, readFileSync(join(this.folder, `${name}.xen`)), 4);
  }

  async image(name: string, file: string, memory: number): Promise<void> {
    this.add(name, (await packageForXen(file)).elf, memory);
  }

  private add(name: string, elf: Uint8Array, memory: number): void {
    writeFileSync(join(this.folder, `${name}.xen`), elf);
    writeFileSync(join(this.folder, `${name}.xl`), xlText({ name, kernel: `${name}.xen`, memory, options: {} }));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

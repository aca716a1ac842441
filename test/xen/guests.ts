// Domains for tests of the shim: images, and guests that do what is forbidden.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileShim, findCompiler, link } from "../../compiler/xen/compile.ts";
import { packageForXen } from "../../compiler/xen/package.ts";
import { shimSources } from "../../compiler/xen/shim.ts";
import { withValues, xlText } from "../../compiler/xen/xl.ts";
import { consoleConfig, consoleJob, execute, Project, root } from "../support/project.ts";

const require = createRequire(import.meta.url);

interface DomainOptions {
  /** MiB; else what the packager finds. */
  memory?: number;
  /** More lines of NAME.xl. */
  lines?: string;
  vif?: string[];
  /** Of the packager. */
  env?: NodeJS.ProcessEnv;
}

/** A folder of domains, each NAME.xen and NAME.xl. */
export class Guests {
  readonly folder = mkdtempSync(join(tmpdir(), "mirage-wasm-guests-"));

  /** What was configured and built for xen in a folder of a user's. */
  async project(name: string, project: Project, { memory, lines, env }: DomainOptions = {}): Promise<void> {
    for (const args of [["configure", "--xen"], ["build"]]) {
      const { code, stderr } = await project.mirage(args, "", env);
      if (code !== 0) throw new Error(stderr);
    }
    const more = `${memory === undefined ? "" : `memory = ${memory}\n`}${lines ?? ""}`;
    const xl = withValues(readFileSync(join(project.folder, `dist/${name}.xl`), "utf8"), { kernel: `${name}.xen` });
    this.add(name, readFileSync(join(project.folder, `dist/mir-${name}.xen`)), xl + more);
    project.remove();
  }

  /** An example as it is built, NAME.xl too; returns the SHA-256 of the image that is built for wasi. */
  async example(name: string): Promise<string> {
    const project = new Project({}, join(root, "examples", name));
    const made = (file: string): Buffer => readFileSync(join(project.folder, "dist", file));
    await project.build();
    const digest = createHash("sha256").update(made(`${name}.wasm`)).digest("hex");
    await project.build("xen");
    for (const file of [`mir-${name}.xen`, `${name}.xl`]) writeFileSync(join(this.folder, file), made(file));
    project.remove();
    return digest;
  }

  /** An image that was built for wasi, as it is; returns its SHA-256. */
  async image(name: string, file: string, memory: number): Promise<string> {
    const { elf } = await packageForXen(file);
    this.add(name, elf, xlText({ name, kernel: `${name}.xen`, memory, options: {} }));
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  }

  /** A job on the console with this body. */
  job(name: string, body: string, { head = "", options = "", ...domain }: { head?: string; options?: string } & DomainOptions = {}): Promise<void> {
    return this.project(name, new Project({ "config.ts": consoleConfig(name, options), "job.ts": consoleJob(body, head) }), domain);
  }

  /** A core module in text form. */
  async module(name: string, wat: string, domain?: DomainOptions): Promise<void> {
    const config = `import { foreign, job, register } from "mirage-wasm";\nregister("${name}", [foreign("job.wasm", job)]);\n`;
    const project = new Project({ "config.ts": config, "job.wat": wat });
    const wabt = join(require.resolve("wabt/package.json"), "../bin/wat2wasm");
    const { code, stderr } = await execute(process.execPath, [wabt, "job.wat", "-o", "job.wasm"], project.folder);
    if (code !== 0) throw new Error(stderr);
    await this.project(name, project, domain);
  }

  /** The shim with a C file of negative/ in place of an image. */
  negative(name: string, domain?: DomainOptions): Promise<void> {
    return this.native(name, `negative/${name}.c`, domain);
  }

  /** The shim with a C file in place of an image. */
  async native(name: string, file: string, { memory = 16, lines, vif }: DomainOptions = {}): Promise<void> {
    const { program } = await findCompiler();
    const objects = await compileShim(program, [...shimSources(), join(root, "test/xen", file)], this.folder);
    await link(objects, this.folder, `${name}.xen`);
    const options = vif ? { vif } : {};
    this.add(name, readFileSync(join(this.folder, `${name}.xen`)), xlText({ name, kernel: `${name}.xen`, memory, options }) + (lines ?? ""));
  }

  /** Another domain of a guest that is there. */
  again(name: string, guest: string, { memory = 4, lines }: Omit<DomainOptions, "env"> = {}): void {
    this.add(name, readFileSync(join(this.folder, `${guest}.xen`)), xlText({ name, kernel: `${name}.xen`, memory, options: {} }) + (lines ?? ""));
  }

  private add(name: string, elf: Uint8Array, xl: string): void {
    writeFileSync(join(this.folder, `${name}.xen`), elf);
    writeFileSync(join(this.folder, `${name}.xl`), xl);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

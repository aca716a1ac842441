import { Worker } from "node:worker_threads";

/** A core module and the name under which the others import from it. */
export interface NamedModule {
  name: string;
  wasm: Uint8Array;
}

/** What the worker is sent, and what it answers. */
export interface MergeReply {
  wasm?: Uint8Array;
  error?: string;
}

/**
 * Binaryen's wasm-merge, which exists only as a command. It takes most of a second to load, so it does that in a worker
 * while AssemblyScript compiles.
 */
export class Merger {
  readonly #worker = new Worker(new URL("./merge-worker.js", import.meta.url));

  /** Ties imports to exports by name. One call for each merger. */
  async merge(modules: NamedModule[]): Promise<Uint8Array> {
    const reply = await new Promise<MergeReply>((resolve, reject) => {
      this.#worker.once("message", resolve).once("error", reject);
      this.#worker.postMessage(modules);
    });
    this.close();
    if (!reply.wasm) throw new Error(`wasm-merge could not merge ${modules.map(({ name }) => name).join(" and ")}: ${reply.error?.split("\n")[0]}`);
    return reply.wasm;
  }

  /** Lets the process end although nothing was merged. */
  close(): void {
    void this.#worker.terminate();
  }
}

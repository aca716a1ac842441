import { Worker } from "node:worker_threads";

/** A core module and the name under which the others import from it. */
export interface NamedModule {
  name: string;
  wasm: Uint8Array;
  /** Its source map, if it has one. */
  map?: string;
}

/** What the worker is sent, and what it answers. */
export interface MergeReply {
  text?: string;
  error?: string;
}

/**
 * Binaryen's wasm-merge, which exists only as a command. It takes most of a second to load, so it does that in a worker
 * while AssemblyScript compiles.
 */
export class Merger {
  readonly #worker = new Worker(new URL("./merge-worker.js", import.meta.url));

  /**
   * Ties imports to exports by name. One call for each merger. The result is text, since that alone carries the places in
   * the sources into binaryen.js, which reads no source maps.
   */
  async merge(modules: NamedModule[]): Promise<string> {
    const reply = await new Promise<MergeReply>((resolve, reject) => {
      this.#worker.once("message", resolve).once("error", reject);
      this.#worker.postMessage(modules);
    });
    this.close();
    if (reply.text === undefined) throw new Error(`wasm-merge could not merge ${modules.map(({ name }) => name).join(" and ")}: ${reply.error?.split("\n")[0]}`);
    return reply.text;
  }

  /** Lets the process end although nothing was merged. */
  close(): void {
    void this.#worker.terminate();
  }
}

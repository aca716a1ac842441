import type { Context } from "../state.ts";
import type { LogResolver } from "../symbols/log.ts";

/** One run of an image. */
export interface Run {
  /** Path of NAME.wasm. */
  image: string;
  /** Arguments behind argument 0, which is the image's file name. */
  args: string[];
  /** The WIT interfaces that it imports. */
  imports: string[];
  /** Folder of config.ts, and what is configured there. */
  folder: string;
  context: Context;
  /** Folder for what may be kept between runs. */
  cache: string;
  /** What the engine says of the image, and the image itself says on standard error, goes through this. */
  log: LogResolver;
  /** Of an image of the target http: how it is served. */
  serving?: Serving;
  /** Where Xen's engine leaves the debugging information that `log` needs. */
  debug: string;
}

export interface Serving {
  /** On 127.0.0.1; 0: a free one. */
  port: number;
  /** How many requests an instance answers; default: the engine's own. */
  reuse?: number;
}

/** What `run` starts. */
export interface Engine {
  /** Runs an image with this process's streams; resolves to its exit code. */
  run(run: Run): Promise<number>;
}

/** The exit code of an image that trapped: 128 and SIGABRT, as wasmtime's. */
export const TRAPPED = 134;

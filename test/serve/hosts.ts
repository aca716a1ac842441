// Hosts of wasi:http, each with an image of the target http.

import { spawn } from "node:child_process";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { Service } from "../support/lab.ts";
import { root } from "../support/project.ts";

/** What serves the image in a folder at a port of its own, and how many requests an instance answers there. */
export interface Host {
  name: string;
  reuse: number;
  command: (folder: string, image: string) => [program: string, args: string[]];
}

const MANY = 1_000_000;

/** `limits`: options of wasmtime's for what an instance may have. */
export function wasmtimeHost(program: "wasmtime" | "wasmtime-oldest", reuse: number, ...limits: string[]): Host {
  return {
    name: `${program}, ${reuse === 1 ? "an instance for each request" : "one instance for many"}`,
    reuse,
    command: (folder, image) => [
      join(root, ".tools/bin", program),
      ["serve", "--addr=127.0.0.1:0", "--no-logging-prefix", `--max-instance-reuse-count=${reuse}`, "--idle-instance-timeout=3600s", ...limits, join(folder, `dist/${image}.wasm`)],
    ],
  };
}

export const node: Host = {
  name: "the engine node",
  reuse: MANY,
  command: (folder) => [process.execPath, [join(root, "build/cli/main.js"), "run", "--port=0", "-f", join(folder, "config.ts")]],
};

export const hosts: Host[] = [...(["wasmtime", "wasmtime-oldest"] as const).flatMap((program) => [1, MANY].map((reuse) => wasmtimeHost(program, reuse))), node];

export interface Answer {
  status: number;
  fields: IncomingHttpHeaders;
  body: Buffer;
  /** It was cut off. */
  broken: boolean;
}

/** A host that serves. */
export class Served {
  private constructor(
    readonly service: Service,
    readonly port: number,
  ) {}

  static async start({ command }: Host, folder: string, image: string): Promise<Served> {
    const [program, args] = command(folder, image);
    const service = new Service(spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, RUST_BACKTRACE: "0" } }));
    await service.says(/Serving HTTP on http:\/\/127\.0\.0\.1:\d+\//);
    return new Served(service, Number(/127\.0\.0\.1:(\d+)/.exec(service.said)?.[1]));
  }

  ask(path: string, { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asking = request({ host: "127.0.0.1", port: this.port, path, method, headers, agent: false, timeout: 30_000 }, (reply) => {
        const pieces: Buffer[] = [];
        const done = (broken: boolean) => (): void => resolve({ status: reply.statusCode as number, fields: reply.headers, body: Buffer.concat(pieces), broken });
        reply
          .on("data", (piece: Buffer) => pieces.push(piece))
          .on("end", done(false))
          .on("error", done(true));
      });
      asking.on("timeout", () => asking.destroy(new Error(`${method} ${path}: no answer`))).on("error", reject);
      asking.end(body);
    });
  }

  /** Asks again until it is answered so, a hundred times at most: a host may call a new instance while the last one is not done yet. */
  async until(path: string, isSo: (answer: Answer) => boolean): Promise<Answer> {
    let answer = await this.ask(path);
    for (let tries = 0; tries < 100 && !isSo(answer); tries++) answer = await this.ask(path);
    return answer;
  }

  async text(path: string, options?: Parameters<Served["ask"]>[1]): Promise<string> {
    return (await this.ask(path, options)).body.toString();
  }
}

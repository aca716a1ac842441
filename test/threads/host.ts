// A host of WASI's calls with a clock that a test moves: it stands still while the image runs, and jumps to the next
// moment for which the image waits.

import { sectionsOf } from "../../compiler/build/binary.ts";
import { exportsOf, symbolOf } from "../../compiler/xen/core-module.ts";
import { type Exports, importsOf, instantiate } from "../support/wasm.ts";

const RUN = "wasi:cli/run@0.2.0#run";
/** Section of a component. */
const CORE_MODULE = 1;

export class ManualHost {
  now = 0n;
  output = "";
  private readonly core: Uint8Array;
  private instance!: Exports;
  private readonly deadlines = new Map<number, bigint>();
  private handles = 0;

  constructor(
    image: Uint8Array,
    private readonly args: string[],
  ) {
    const cores = [...sectionsOf(image)].filter(({ id }) => id === CORE_MODULE).map(({ body }) => body);
    this.core = cores.find((one) => exportsOf(one).some(({ name }) => name === RUN)) as Uint8Array;
  }

  /** Runs the image to its end; a trap throws. */
  run(): number {
    const calls: Record<string, unknown> = this.calls();
    const imports: Record<string, Record<string, unknown>> = {};
    for (const { module, name } of importsOf(this.core)) (imports[module] ??= {})[name] = calls[symbolOf(module, name) ?? ""];
    this.instance = instantiate(this.core, imports);
    return this.instance[RUN]();
  }

  private get view(): DataView {
    return new DataView(this.instance["memory"].buffer);
  }

  private calls(): Record<string, unknown> {
    return {
      clocks_monotonic_clock_now: () => this.now,
      clocks_monotonic_clock_subscribe_instant: (when: bigint) => {
        this.deadlines.set(++this.handles, BigInt.asUintN(64, when));
        return this.handles;
      },
      io_poll_drop_pollable: (handle: number) => this.deadlines.delete(handle),
      io_poll_pollable_block: (handle: number) => this.wait([handle]),
      io_poll_poll: (list: number, count: number, result: number) => {
        const handles = Array.from({ length: count }, (_, index) => this.view.getUint32(list + 4 * index, true));
        this.giveList(this.wait(handles), result);
      },
      cli_stdout_get_stdout: () => 1,
      cli_stderr_get_stderr: () => 2,
      io_streams_output_stream_blocking_write_and_flush: (_stream: number, data: number, length: number, result: number) => {
        this.output += Buffer.from(this.instance["memory"].buffer, data, length).toString();
        this.view.setUint8(result, 0);
      },
      cli_environment_get_arguments: (result: number) => {
        const texts = this.args.map((text) => Buffer.from(text, "utf16le"));
        const list = this.allocate(4, 8 * texts.length);
        texts.forEach((text, index) => {
          const at = this.allocate(2, text.length);
          new Uint8Array(this.instance["memory"].buffer).set(text, at);
          this.view.setUint32(list + 8 * index, at, true);
          this.view.setUint32(list + 8 * index + 4, text.length / 2, true);
        });
        this.view.setUint32(result, list, true);
        this.view.setUint32(result + 4, texts.length, true);
      },
    };
  }

  /** Indices of the handles that are due, after the clock has jumped to the first that is. */
  private wait(handles: number[]): number[] {
    const deadlines = handles.map((handle) => this.deadlines.get(handle) as bigint);
    const earliest = deadlines.reduce((a, b) => (a < b ? a : b));
    if (earliest > this.now) this.now = earliest;
    return deadlines.flatMap((deadline, index) => (deadline <= this.now ? [index] : []));
  }

  private giveList(values: number[], result: number): void {
    const at = this.allocate(4, 4 * values.length);
    for (const [index, value] of values.entries()) this.view.setUint32(at + 4 * index, value, true);
    this.view.setUint32(result, at, true);
    this.view.setUint32(result + 4, values.length, true);
  }

  private allocate(align: number, size: number): number {
    return this.instance["cabi_realloc"](0, 0, align, size);
  }
}

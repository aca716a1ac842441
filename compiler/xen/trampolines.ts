// The encoder's answer to a circle: a module needs the host's calls before it begins, and those need its memory. So it is given
// trampolines, functions that call what stands in a table, and once it is there another module fills the table.

import { Reader, Section, sectionsOf } from "../build/binary.ts";
import { exportOf, type Item, isInstance, type ModuleInstance } from "./component.ts";
import { exportsOf, type Import, importsOf, Kind, listOf } from "./module.ts";

const TABLE = "$imports";
const Op = { end: 0x0b, callIndirect: 0x11, localGet: 0x20, i32Const: 0x41 } as const;

/** What a trampoline calls, where one of `instances` fills its table. Undefined when it is no trampoline. */
export function behindTrampoline(call: Item, instances: Item[]): Item | undefined {
  if (call.is !== "alias" || !isInstance(call.of) || !isTrampolines(call.of.of.bytes)) return undefined;
  for (const one of instances) {
    if (!isInstance(one) || !isFiller(one.of.bytes)) continue;
    const given = ({ module, name }: Import): Item | undefined => exportOf(one.args.get(module), name);
    const imports = importsOf(one.of.bytes);
    const table = given(imports.at(-1) as Import);
    const slot = imports[Number(call.name)];
    if (slot?.kind === Kind.func && table?.is === "alias" && table.of === call.of && table.name === TABLE) return given(slot);
  }
  return undefined;
}

/** Whether an instance is of a module that the encoder has added. */
export function isOfEncoder({ of }: ModuleInstance): boolean {
  return isTrampolines(of.bytes) || isFiller(of.bytes);
}

/** Whether a module is a table and functions: each, exported under its number, hands its arguments to what is in that slot. */
function isTrampolines(module: Uint8Array): boolean {
  if (!consistsOf(module, [Section.type, Section.function, Section.table, Section.export, Section.code])) return false;
  const parameters = listOf(module, Section.type, (reader) => {
    reader.byte();
    const count = reader.list(() => reader.byte()).length;
    reader.list(() => reader.byte());
    return count;
  });
  const types = listOf(module, Section.function, (reader) => reader.u32());
  const bodies = listOf(module, Section.code, (reader) => reader.take(reader.u32()));
  return (
    exportsOf(module).every(({ name, kind, index }) => (kind === Kind.func ? name === String(index) : kind === Kind.table && name === TABLE)) &&
    bodies.every((body, index) => isJump(body, index, types[index] as number, parameters[types[index] as number] ?? 0))
  );
}

function isJump(body: Uint8Array, slot: number, type: number, parameters: number): boolean {
  const reader = new Reader(body);
  const NO_LOCALS = 0;
  const FIRST_TABLE = 0;
  return (
    reader.byte() === NO_LOCALS &&
    Array.from({ length: parameters }, (_, index) => reader.byte() === Op.localGet && reader.u32() === index).every(Boolean) &&
    reader.byte() === Op.i32Const &&
    reader.i32() === slot &&
    reader.byte() === Op.callIndirect &&
    reader.u32() === type &&
    reader.byte() === FIRST_TABLE &&
    reader.byte() === Op.end &&
    reader.left === 0
  );
}

/** Whether a module does nothing but put the functions that it imports into the table that it imports last, from slot 0 on. */
function isFiller(module: Uint8Array): boolean {
  if (!consistsOf(module, [Section.type, Section.import, Section.element])) return false;
  const imports = importsOf(module);
  const functions = imports.slice(0, -1);
  const [slots] = listOf(module, Section.element, (reader) => {
    const begins = reader.byte() === 0 && reader.byte() === Op.i32Const && reader.i32() === 0 && reader.byte() === Op.end;
    return begins ? reader.list(() => reader.u32()) : [];
  });
  return imports.at(-1)?.kind === Kind.table && functions.every(({ kind }, index) => kind === Kind.func && slots?.[index] === index);
}

function consistsOf(module: Uint8Array, ids: number[]): boolean {
  return [...sectionsOf(module)].every(({ id }) => id === Section.custom || ids.includes(id));
}

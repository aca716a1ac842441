// How a component's modules are wired: what it defines, and each definition with what it is made of (component model, Binary.md).

import { ComponentSection, isComponent, Malformed, Reader, sectionsOf } from "../build/binary.ts";

/** A definition of a component's: a function, a module, an instance, a type, … */
export type Item =
  | { is: "import"; name: string }
  /** What an instance exports. */
  | { is: "alias"; of: Item; name: string }
  | { is: "lift"; func: Item }
  | { is: "lower"; func: Item; options: Options }
  /** The call that gives a handle of this type back. */
  | { is: "drop"; type: Item }
  /** A module, or a nested component. */
  | { is: "code"; bytes: Uint8Array }
  | { is: "instance"; of: Item; args: Map<string, Item> }
  /** An instance that is a list of what is there already. */
  | { is: "exports"; items: Map<string, Item> }
  | { is: "type" };

/** An instance of a module. */
export type ModuleInstance = Item & { is: "instance"; of: { is: "code" } };

/** How a call's values cross the border. */
export interface Options {
  encoding?: "UTF-8" | "UTF-16" | "Latin-1";
  memory?: Item;
  realloc?: Item;
}

export interface Component {
  /** Instances of its modules. */
  instances: Item[];
  exports: Map<string, Item>;
}

/** Sorts of definitions; those of core WebAssembly are behind a byte 0 of their own. */
const CORE = 0x100;
const Sort = {
  func: 1,
  type: 3,
  component: 4,
  instance: 5,
  coreFunc: CORE,
  coreMemory: CORE + 2,
  coreType: CORE + 0x10,
  coreModule: CORE + 0x11,
  coreInstance: CORE + 0x12,
} as const;

/** Reads a component. Throws Malformed when it is none, or holds what no image does. */
export function readComponent(bytes: Uint8Array): Component {
  if (!isComponent(bytes)) throw new Malformed("it is no component");
  const definitions = new Definitions();
  for (const { id, body } of sectionsOf(bytes)) definitions.read(id, body);
  return definitions;
}

/** What an instance exports under a name. */
export function exportOf(instance: Item | undefined, name: string): Item {
  const item: Item | undefined = instance?.is === "exports" ? instance.items.get(name) : instance && { is: "alias", of: instance, name };
  return item ?? unsupported(`an import ${name} that nothing is given for`);
}

export function isInstance(item: Item): item is ModuleInstance {
  return item.is === "instance" && item.of.is === "code";
}

/** The definitions of one component, read section by section: each refers to earlier ones by sort and number. */
class Definitions implements Component {
  readonly exports = new Map<string, Item>();
  private readonly items = new Map<number, Item[]>();

  get instances(): Item[] {
    return this.items.get(Sort.coreInstance) ?? [];
  }

  read(id: number, body: Uint8Array): void {
    const reader = new Reader(body);
    if (id === ComponentSection.custom) return;
    if (id === ComponentSection.coreModule) this.add(Sort.coreModule, { is: "code", bytes: body });
    else if (id === ComponentSection.component) this.add(Sort.component, { is: "code", bytes: body });
    else if (id === ComponentSection.coreType) this.addTypes(Sort.coreType, reader);
    else if (id === ComponentSection.type) this.addTypes(Sort.type, reader);
    else {
      const entry = this.entries[id] ?? unsupported(`a section ${id}`);
      reader.list(() => entry(reader));
      if (reader.left > 0) throw new Malformed("a section of it is too long");
    }
  }

  private readonly entries: Record<number, (reader: Reader) => void> = {
    [ComponentSection.coreInstance]: (reader) => this.add(Sort.coreInstance, this.instance(reader, Sort.coreModule)),
    [ComponentSection.instance]: (reader) => this.add(Sort.instance, this.instance(reader, Sort.component)),
    [ComponentSection.alias]: (reader) => this.add(sortIn(reader), this.alias(reader)),
    [ComponentSection.canon]: (reader) => this.canon(reader),
    [ComponentSection.import]: (reader) => this.import(reader),
    [ComponentSection.export]: (reader) => this.export(reader),
  };

  private add(sort: number, item: Item): void {
    const known = this.items.get(sort);
    if (known) known.push(item);
    else this.items.set(sort, [item]);
  }

  /** How many they are is all that matters: nothing asks what a type is. */
  private addTypes(sort: number, reader: Reader): void {
    const count = reader.u32();
    if (count > reader.left) throw new Malformed("it ends too early");
    for (let index = 0; index < count; index++) this.add(sort, { is: "type" });
  }

  /** The definition of a sort whose number is next. */
  private at(sort: number, reader: Reader): Item {
    const item = this.items.get(sort)?.[reader.u32()];
    if (!item) throw new Malformed("it refers to what is not there");
    return item;
  }

  /** An instance of a module or component, or a list of what is there. */
  private instance(reader: Reader, sortOfCode: number): Item {
    const isCore = sortOfCode === Sort.coreModule;
    const named = (read: () => string): Map<string, Item> => new Map(reader.list(() => [read(), this.at(isCore ? CORE + reader.byte() : sortIn(reader), reader)]));
    const kind = reader.byte();
    if (kind === 0) return { is: "instance", of: this.at(sortOfCode, reader), args: named(() => reader.name()) };
    if (kind === 1) return { is: "exports", items: named(() => (isCore ? reader.name() : externName(reader))) };
    return unsupported("an instance of another kind");
  }

  private alias(reader: Reader): Item {
    const kind = reader.byte();
    if (kind > 1) return unsupported("an alias of what is outside");
    return exportOf(this.at(kind === 0 ? Sort.instance : Sort.coreInstance, reader), reader.name());
  }

  private canon(reader: Reader): void {
    const kind = reader.byte();
    if (kind < 2 && reader.byte() !== 0) throw new Malformed("a canonical definition is of no kind");
    if (kind === 0) {
      this.add(Sort.func, { is: "lift", func: this.at(Sort.coreFunc, reader) });
      this.options(reader);
      this.at(Sort.type, reader);
    } else if (kind === 1) this.add(Sort.coreFunc, { is: "lower", func: this.at(Sort.func, reader), options: this.options(reader) });
    else if (kind === 3) this.add(Sort.coreFunc, { is: "drop", type: this.at(Sort.type, reader) });
    else unsupported(`a canonical definition of kind ${kind}`);
  }

  private options(reader: Reader): Options {
    const options: Options = {};
    const POST_RETURN = 5;
    reader.list(() => {
      const kind = reader.byte();
      if (kind < 3) options.encoding = (["UTF-8", "UTF-16", "Latin-1"] as const)[kind] as "UTF-8";
      else if (kind === 3) options.memory = this.at(Sort.coreMemory, reader);
      else if (kind === 4) options.realloc = this.at(Sort.coreFunc, reader);
      else unsupported(kind === POST_RETURN ? "a call after the return" : `a canonical option ${kind}`);
    });
    return options;
  }

  private import(reader: Reader): void {
    const name = externName(reader);
    this.add(typeIn(reader), { is: "import", name });
  }

  /** An export is a definition too. */
  private export(reader: Reader): void {
    const name = externName(reader);
    const sort = sortIn(reader);
    const item = this.at(sort, reader);
    const isTyped = reader.byte() === 1;
    if (isTyped) typeIn(reader);
    this.add(sort, item);
    this.exports.set(name, item);
  }
}

function sortIn(reader: Reader): number {
  const sort = reader.byte();
  return sort === 0 ? CORE + reader.byte() : sort;
}

function externName(reader: Reader): string {
  if (reader.byte() > 1) unsupported("a name of another kind");
  return reader.name();
}

/** Reads what an import or export is said to be; returns its sort. */
function typeIn(reader: Reader): number {
  const sort = sortIn(reader);
  const BOUND_BY_EQUALITY = 0;
  if (sort !== Sort.type || reader.byte() === BOUND_BY_EQUALITY) reader.u32();
  return sort;
}

function unsupported(what: string): never {
  throw new Malformed(`it has ${what}`);
}

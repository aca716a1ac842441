import { ComponentSection, isComponent, mapSections, Section } from "./binary.ts";

/** Removes all custom sections (names, producers) of a module or component, and of those nested in it. */
export function strip(wasm: Uint8Array): Uint8Array {
  const nests = isComponent(wasm);
  return mapSections(wasm, ({ id, body }) => {
    if (id === Section.custom) return undefined;
    return nests && (id === ComponentSection.coreModule || id === ComponentSection.component) ? strip(body) : body;
  });
}

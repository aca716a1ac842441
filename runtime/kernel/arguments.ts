import { getArguments } from "./wasi";
import { anywhere } from "./realloc";

/** Return area: address and length of a list of strings. */
const result = memory.data(8, 4);

export function arguments_get(): usize {
  anywhere();
  getArguments(result);
  return result;
}

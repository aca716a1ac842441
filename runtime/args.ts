import { arguments_get, realloc_release } from "./abi";

/** The image's arguments. The first is its name. */
export function args(): string[] {
  const list = arguments_get();
  const items = load<usize>(list);
  const count = load<i32>(list, 4);
  const result = new Array<string>(count);
  for (let i = 0; i < count; i++) {
    const item = items + (<usize>i << 3);
    result[i] = String.UTF16.decodeUnsafe(load<usize>(item), load<usize>(item, 4) << 1);
  }
  realloc_release();
  return result;
}

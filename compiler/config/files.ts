import { type Impl, impl } from "./impl.ts";
import { type Type, type } from "./type.ts";

/** Files that do not change. */
export const files: Type<"files"> = type("files", "mirage-wasm/files:Files");

export interface CrunchOptions {
  /** When the files were changed last, as clients are told. The same for all, since an image is made of what they hold and not of when. */
  modified?: Date;
}

/** The files of a folder beside config.ts, and of those in it, as part of the image; not those whose names begin with a dot. */
export const crunch = (path: string, { modified }: CrunchOptions = {}): Impl<"files"> =>
  impl("mirage-wasm/drivers/files/crunched:Crunched", files, { folder: { path, modified: modified ? Math.floor(modified.getTime() / 1000) : -1 } });

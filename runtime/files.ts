/** A file that does not change: its bytes, and what HTTP says of it. */
export class File {
  constructor(
    /** As `folder/name`, from the folder that it is in. */
    readonly path: string,
    readonly bytes: Uint8Array,
    /** Its media type. */
    readonly type: string,
    /** An entity tag, in quotes: others have others. */
    readonly tag: string,
    /** Seconds since 1970; -1: it does not say. */
    readonly modified: i64,
  ) {}
}

/** Files that do not change. */
export interface Files {
  /** The file of this path, or null. */
  find(path: string): File | null;

  /** The paths of all, in their order as bytes. */
  paths(): string[];
}

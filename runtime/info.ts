// What `configure` knew of the image. Only an image that asks has it.

/** A package whose code is in the image. */
export class Library {
  constructor(
    public readonly name: string,
    public readonly version: string,
  ) {}
}

export class Info {
  constructor(
    /** The name that it was registered with. */
    public readonly name: string,
    /** Of the package.json beside config.ts; "" where that says none. */
    public readonly version: string,
    /** In the order of their names. */
    public readonly libraries: Library[],
  ) {}
}

/** The image's name, its version, and what it was made of. */
export function info(): Info {
  return mirage_info();
}

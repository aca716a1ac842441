export interface Led {
  set(on: bool): void;

  /** What the lamp is called. */
  names(): string[];

  /** The first of its names if it is short, else what became of it. */
  shortName(): string;
}

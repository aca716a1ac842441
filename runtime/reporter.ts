/** How much a message matters; a source prints those up to its own level. */
export enum Level {
  /** Nothing is printed. */
  QUIET = 0,
  ERROR = 1,
  WARNING = 2,
  INFO = 3,
  DEBUG = 4,
}

/** Where messages go: config.ts chooses one for the image. */
export interface Reporter {
  /** Takes a message of a source whose level lets it through. */
  report(level: Level, source: string, message: string): void;
}

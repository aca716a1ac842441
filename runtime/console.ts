import { Result } from "./result";

/** Lines of text, out and in. */
export interface Console {
  /** Writes `text` and a line feed, as UTF-8. `CLOSED` when nobody reads any more. */
  log(text: string): Result;

  /** Writes all of `bytes` as they are. `CLOSED` when nobody reads any more. */
  write(bytes: Uint8Array): Result;

  /**
   * The next line without its line end (LF or CR LF), or null at the end of input and in a thread that was cancelled. Blocks the thread; others run. Bytes
   * that are no UTF-8 become U+FFFD. A line of more than 65,536 bytes comes in parts of that size.
   */
  readLine(): string | null;
}

/** The job that does nothing. */
export class Noop {
  start(): void {}
}

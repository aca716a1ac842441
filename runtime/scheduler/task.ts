/** What a thread does. Its fields are the thread's arguments and results: AssemblyScript has no closures. */
export abstract class Task {
  abstract run(): void;
}

/** The task that calls `body` with `argument`. */
export function task<T>(body: (argument: T) => void, argument: T): Task {
  return new Call<T>(body, argument);
}

class Call<T> extends Task {
  constructor(
    private readonly body: (argument: T) => void,
    private readonly argument: T,
  ) {
    super();
  }

  run(): void {
    this.body(this.argument);
  }
}

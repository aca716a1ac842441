import { Semaphore } from "mirage-wasm/semaphore";

/** Jobs run at the same time: each here waits for the one before. */
class Turn {
  private readonly semaphore: Semaphore = new Semaphore(0);

  done(): void {
    this.semaphore.release();
  }

  wait(): void {
    this.semaphore.acquire();
  }
}

export const first = new Turn();
export const second = new Turn();

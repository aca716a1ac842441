// A test of the DNS: what it expects, and whether it came so. Each is one line of the program's output.

let wrong = "";

/** Runs `body`; a line says how it went. */
export function test(name: string, body: () => void): void {
  wrong = "";
  body();
  console.log(wrong.length ? `${name}: ${wrong}` : name);
}

export function equal<T>(actual: T, expected: T, what: string): void {
  if (actual != expected && !wrong.length) wrong = `${what} is ${actual}, not ${expected}`;
}

export function ok(holds: bool, what: string): void {
  if (!holds && !wrong.length) wrong = what;
}

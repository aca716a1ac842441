/** A library beside the job: files of AssemblyScript, imported by their place. */
export function message(): string {
  return "Hello!";
}

/** RFC 6761 section 6.3: nobody is asked for these names. */
export function isLocal(host: string): bool {
  const lower = host.toLowerCase();
  const name = lower.endsWith(".") ? lower.substring(0, lower.length - 1) : lower;
  return name == "localhost" || name.endsWith(".localhost");
}

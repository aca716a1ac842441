/** A number that a name always gives: FNV-1a of its units, of 64 bits. */
export function hashOf(name: string): u64 {
  let hash: u64 = 0xcbf29ce484222325;
  for (let i = 0; i < name.length; i++) hash = (hash ^ name.charCodeAt(i)) * 0x100000001b3;
  return hash;
}

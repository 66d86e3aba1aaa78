const OBJECT_BYTES = 32;
const VALUE_BYTES = 8;

/**
 * About how many bytes of memory a JSON value holds. What it refers to several times counts once:
 * the nodes of an instance share most of their data.
 */
export function heldSize(value: unknown): number {
  const seen = new Set<object>();
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') {
      bytes += next.length;
    } else if (typeof next === 'object' && next !== null && !seen.has(next)) {
      seen.add(next);
      bytes += OBJECT_BYTES;
      for (const [key, inner] of Object.entries(next)) {
        bytes += key.length;
        open.push(inner);
      }
    } else {
      bytes += VALUE_BYTES;
    }
  }
  return bytes;
}

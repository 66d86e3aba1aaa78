/**
 * Orders versions of a workflow, older first: numbers by value, so that 1.10 follows 1.9, and a
 * pre-release (`2.0-rc1`) before its release.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = comparePart(left[i], right[i]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

function partsOf(version: string): (string | number)[] {
  return (version.match(/\d+|[A-Za-z]+/g) ?? []).map(part =>
    /^\d/.test(part) ? Number(part) : part.toLocaleLowerCase('en-US'),
  );
}

function comparePart(
  a: string | number | undefined,
  b: string | number | undefined,
): number {
  if (a === b) {
    return 0;
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return a < b ? -1 : 1;
  }
  // A word marks a pre-release: it is older than nothing, and nothing is older than a number.
  return rank(a) - rank(b);
}

function rank(part: string | number | undefined): number {
  if (part === undefined) {
    return -0.5;
  }
  return typeof part === 'number' ? part : -1;
}

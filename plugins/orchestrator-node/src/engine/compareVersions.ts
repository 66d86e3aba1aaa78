/** Digits count by their value. */
const { compare } = new Intl.Collator('en-US', { numeric: true });

/**
 * Orders versions of a workflow as people read them, older first: numbers by value, so that `1.10`
 * comes after `1.9`, and a pre-release (`1.0-rc1`) before its release. A missing part is zero.
 *
 * @public
 */
export function compareVersions(a: string, b: string): number {
  const [coreA, preReleaseA] = split(a);
  const [coreB, preReleaseB] = split(b);
  const partsA = coreA.split('.');
  const partsB = coreB.split('.');
  for (let i = 0; i < Math.max(partsA.length, partsB.length); i++) {
    const order = compare(partsA[i] ?? '0', partsB[i] ?? '0');
    if (order !== 0) {
      return order;
    }
  }
  if (preReleaseA === '' || preReleaseB === '') {
    return Number(preReleaseA === '') - Number(preReleaseB === '');
  }
  return compare(preReleaseA, preReleaseB);
}

function split(version: string): [core: string, preRelease: string] {
  const end = version.indexOf('-');
  return end < 0
    ? [version, '']
    : [version.slice(0, end), version.slice(end + 1)];
}

/**
 * Orders versions as people read them: parts of digits by number, others as text; `1.10` comes after
 * `1.9`, and `1.0` after `1.0-rc1`.
 */
export function compareVersions(a: string, b: string): number {
  const [coreA, suffixA] = split(a);
  const [coreB, suffixB] = split(b);
  const partsA = coreA.split('.');
  const partsB = coreB.split('.');
  for (let i = 0; i < Math.max(partsA.length, partsB.length); i++) {
    const order = compareParts(partsA[i] ?? '0', partsB[i] ?? '0');
    if (order !== 0) {
      return order;
    }
  }
  if (suffixA === '' || suffixB === '') {
    return Number(suffixA === '') - Number(suffixB === '');
  }
  return suffixA < suffixB ? -1 : Number(suffixA > suffixB);
}

function split(version: string): [core: string, suffix: string] {
  const end = version.search(/[-+]/);
  return end < 0
    ? [version, '']
    : [version.slice(0, end), version.slice(end + 1)];
}

function compareParts(a: string, b: string): number {
  const isNumeric = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (isNumeric) {
    return Number(a) - Number(b);
  }
  return a < b ? -1 : Number(a > b);
}

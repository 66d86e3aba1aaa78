/**
 * Which reports changed in more than the order of their lines, and which only
 * in that. TypeScript writes the members of unions and of mapped types in the
 * order in which it came across them, so that any change anywhere, even in a
 * test, may move them.
 */
export function compareReports(before, after) {
  const files = [...new Set([...before.keys(), ...after.keys()])].sort();
  const isSame = file => sorted(before.get(file)) === sorted(after.get(file));
  return {
    changed: files.filter(file => !isSame(file)),
    restored: files.filter(
      file => isSame(file) && before.get(file) !== after.get(file),
    ),
  };
}

function sorted(report) {
  return report?.split('\n').sort().join('\n');
}

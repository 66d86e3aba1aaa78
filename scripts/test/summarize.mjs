/**
 * What is said at the end: what did not run and why, and as the last line the
 * sums over all kinds of tests.
 */
export function summarize(results, notRun) {
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  const lines = [''];
  for (const { name, passed, failed, skipped } of results) {
    const skips = skipped > 0 ? `, ${skipped} skipped` : '';
    lines.push(`${name}: ${passed} passed, ${failed} failed${skips}`);
  }
  if (notRun.length > 0) {
    lines.push('', 'Not run:', ...notRun.map(reason => `- ${reason}`));
  }
  lines.push('', `${sum('passed')} passed, ${sum('failed')} failed`, '');
  return { text: lines.join('\n'), failed: sum('failed') };
}

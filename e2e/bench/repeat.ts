/** Does the same several times, says how far it is, and answers what it gave. */
export async function repeat(
  name: string,
  runs: number,
  work: () => Promise<number>,
): Promise<number[]> {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    process.stderr.write(`${name}: ${run + 1} of ${runs}\r`);
    values.push(await work());
  }
  process.stderr.write('\n');
  return values;
}

/** The smallest of the values that so many percent of them do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** One thing that was timed, several times over. */
export interface Measure {
  name: string;
  /** How long it may take. */
  limitMs: number;
  medianMs: number;
  worstMs: number;
  runs: number;
}

/** Times a piece of work; the work itself says from when. */
export type Timed = () => Promise<number>;

export async function measure(
  name: string,
  limitMs: number,
  runs: number,
  timed: Timed,
): Promise<Measure> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    process.stderr.write(`${name}: ${run + 1} of ${runs}\r`);
    times.push(await timed());
  }
  process.stderr.write('\n');
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  return {
    name,
    limitMs,
    medianMs: sorted[Math.floor(sorted.length / 2)],
    worstMs: sorted[sorted.length - 1],
    runs,
  };
}

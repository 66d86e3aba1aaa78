import { IndexedInstance } from './SimulatedDataIndex';

/** A write to the Data Index, and when it becomes visible. */
export interface IndexWrite {
  visibleAt: number;
  row: IndexedInstance;
}

export interface HistoryOptions {
  random: () => number;
  instances: number;
  from: number;
  spanMs: number;
  longestDelayMs: number;
  /**
   * Whether the index is part of the service, which writes all of a change at once, and shows an
   * instance as soon as it starts when nothing blocks it.
   */
  isEmbedded?: boolean;
  /**
   * How some writes of the first third become visible later than any cursor looks back: those of
   * instances that the index showed unfinished before, or all.
   */
  stalls?: { chance: number; leastMs: number; of: 'unfinished' | 'all' };
}

/**
 * What a Data Index is told while instances run, with all that makes reading it hard: many events in
 * the same millisecond, commits in another order than the events, instances that appear only when
 * they first wait or end, states that arrive before the time of the end or the error, failures that
 * leave `lastUpdate` alone, retries, skipped failures whose error stays, and children that are shown
 * before their parents.
 */
export function simulateHistory(options: HistoryOptions): IndexWrite[] {
  const { random, stalls, isEmbedded = false } = options;
  const pick = (max: number) => Math.floor(random() * max);
  const writes: IndexWrite[] = [];
  for (let i = 0; i < options.instances; i++) {
    // Few distinct times make many ties.
    const start = options.from + pick(options.spanMs / 500) * 500;
    const row: IndexedInstance = {
      id: `i-${i}`,
      processId: 'greet',
      version: '1.0',
      state: 'ACTIVE',
      start,
      lastUpdate: start,
      ...(i > 0 &&
        random() < 0.2 && { parentProcessInstanceId: `i-${pick(i)}` }),
    };
    let visibleAt = start;
    let isShown = false;
    const stallMs = () =>
      stalls &&
      start - options.from < options.spanMs / 3 &&
      (stalls.of === 'all' || isShown) &&
      random() < stalls.chance &&
      stalls.leastMs + pick(stalls.leastMs);
    const write = (change: Partial<IndexedInstance>, isSplit = false) => {
      const usual = random() < 0.5 ? pick(300) : pick(options.longestDelayMs);
      const stalled = stallMs();
      const full = { ...row, ...change };
      visibleAt = Math.max(visibleAt + 1, full.lastUpdate + (stalled || usual));
      // Half a row that came too late for any cursor has an end of its own to be found. It may be late
      // only since the one before was.
      const isLate = visibleAt - full.lastUpdate > options.longestDelayMs;
      const mayBeHalf = !isEmbedded && (!isLate || stalls?.of === 'all');
      if (isSplit && mayBeHalf && random() < 0.5) {
        const half = {
          ...full,
          end: row.end,
          error: row.error,
          lastUpdate: row.lastUpdate,
        };
        writes.push({ visibleAt, row: half });
        visibleAt += pick(5_000);
      }
      writes.push({ visibleAt, row: full });
      Object.assign(row, full);
      isShown = true;
    };
    const end = (state: string, at: number) =>
      write({ state, end: at, lastUpdate: at, error: undefined }, true);

    const blockedMs = !isEmbedded && random() < 0.2 ? pick(20_000) : 0;
    visibleAt += blockedMs;
    const later = start + blockedMs + pick(30_000);
    const fate = random();
    if (fate < 0.4) {
      end('COMPLETED', start + blockedMs);
      continue;
    }
    write({});
    if (fate < 0.6) {
      end('COMPLETED', later);
    } else if (fate < 0.7) {
      end('ABORTED', later);
    } else if (fate < 0.9) {
      const error = { nodeDefinitionId: '6', message: `failure ${i}` };
      visibleAt = Math.max(visibleAt, later);
      write({ state: 'ERROR', error }, true);
      if (random() < 0.5) {
        write({ state: 'ACTIVE', error: undefined, lastUpdate: later + 2_000 });
        end('COMPLETED', later + 3_000);
      } else if (random() < 0.3) {
        const at = later + 2_000;
        write({ state: 'COMPLETED', end: at, lastUpdate: at }, true);
      }
    }
  }
  return writes.sort((a, b) => a.visibleAt - b.visibleAt);
}

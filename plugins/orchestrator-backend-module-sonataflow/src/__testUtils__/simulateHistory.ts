import { IndexedInstance } from './SimulatedDataIndex';

/** A write to the Data Index, and when it becomes visible. */
export interface IndexWrite {
  visibleAt: number;
  row: IndexedInstance;
}

/**
 * What a Data Index is told while instances run, with all that makes reading it hard: many events in
 * the same millisecond, commits in another order than the events, instances that appear only when
 * they first wait or end, states that arrive before the time of the end or the error, failures that
 * leave `lastUpdate` alone, and retries.
 */
export function simulateHistory(options: {
  random: () => number;
  instances: number;
  from: number;
  spanMs: number;
  longestDelayMs: number;
}): IndexWrite[] {
  const { random } = options;
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
    };
    let visibleAt = start;
    const write = (change: Partial<IndexedInstance>, isSplit = false) => {
      const delay = random() < 0.5 ? pick(300) : pick(options.longestDelayMs);
      const full = { ...row, ...change };
      visibleAt = Math.max(visibleAt + 1, full.lastUpdate + delay);
      if (isSplit && random() < 0.5) {
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
    };
    const end = (state: string, at: number) =>
      write({ state, end: at, lastUpdate: at, error: undefined }, true);

    const blockedMs = random() < 0.2 ? pick(20_000) : 0;
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
      }
    }
  }
  return writes.sort((a, b) => a.visibleAt - b.visibleAt);
}

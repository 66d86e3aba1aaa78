import { monitorEventLoopDelay } from 'node:perf_hooks';
import { engineWorkflows } from './engineWorkflows';
import { Figure } from './Figure';
import { StartedEngine } from './StartedEngine';

/** Requests under way at once, as of a busy portal. */
const AT_ONCE = 32;
const WARM_UP_RUNS = 10_000;
const RUNS = 30_000;
const TEN_STATE_RUNS = 5_000;
const WAITING = 10_000;
const GOAL_PER_SECOND = 5_000;
const PACED_SECONDS = 6;

/** What the embedded engine manages, through its process and the port that the portal uses. */
export async function engineMeasures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  // A machine that is busy with other work may fall behind the pace for a while.
  const started = await StartedEngine.start(engineWorkflows, {
    instances: WAITING,
  });
  try {
    await many(started, 'no-op', WARM_UP_RUNS);
    figures.push(...(await throughput(started)), await pacedLatency(started));
    await many(started, 'ten-states', 1_000);
    figures.push(await tenStates(started));
  } finally {
    await started.stop();
  }
  return [...figures, ...(await waitingMemory())];
}

/** As many as it can take, and what that does to the portal's own process. */
async function throughput(started: StartedEngine): Promise<Figure[]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = cpuOf(started);
  const began = performance.now();
  delay.enable();
  await many(started, 'no-op', RUNS);
  delay.disable();
  const seconds = (performance.now() - began) / 1000;
  const after = cpuOf(started);
  return [
    {
      name: 'no-op executions',
      value: RUNS / seconds,
      unit: '/s',
      goal: { atLeast: GOAL_PER_SECOND },
    },
    {
      name: 'CPU of a no-op, engine process',
      value: ((after.engineMs - before.engineMs) * 1000) / RUNS,
      unit: 'µs',
    },
    {
      name: 'CPU of a no-op, portal process',
      value: ((after.portalMs - before.portalMs) * 1000) / RUNS,
      unit: 'µs',
    },
    {
      name: 'portal event-loop delay p99 meanwhile',
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      goal: { atMost: 20 },
    },
  ];
}

/** Runs are started at a steady rate, whether the ones before have ended or not. */
async function pacedLatency({ engine }: StartedEngine): Promise<Figure> {
  const perSecond = GOAL_PER_SECOND / 2;
  const total = perSecond * PACED_SECONDS;
  const times: number[] = [];
  const open: Promise<void>[] = [];
  const began = performance.now();
  while (open.length < total) {
    const due = Math.min(
      total,
      Math.floor(((performance.now() - began) / 1000) * perSecond),
    );
    while (open.length < due) {
      const dueMs = began + (open.length * 1000) / perSecond;
      open.push(
        run(engine, 'no-op', open.length).then(() => {
          times.push(performance.now() - dueMs);
        }),
      );
    }
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
  await Promise.all(open);
  times.sort((a, b) => a - b);
  return {
    name: `no-op p99 at ${perSecond}/s`,
    value: times[Math.floor(times.length * 0.99)],
    unit: 'ms',
    goal: { atMost: 20 },
  };
}

async function tenStates(started: StartedEngine): Promise<Figure> {
  const before = cpuOf(started);
  await many(started, 'ten-states', TEN_STATE_RUNS);
  const after = cpuOf(started);
  const cpuMs =
    after.engineMs - before.engineMs + after.portalMs - before.portalMs;
  return {
    name: 'CPU of 10 states with jq and switch, both processes',
    value: cpuMs / TEN_STATE_RUNS,
    unit: 'ms',
    goal: { atMost: 2 },
  };
}

async function waitingMemory(): Promise<Figure[]> {
  const started = await StartedEngine.start(engineWorkflows, {
    instances: WAITING + 1,
  });
  try {
    const engineMb = started.engineMemoryMb();
    const portalMb = process.memoryUsage().rss / 1_048_576;
    await many(started, 'waiting', WAITING);
    return [
      {
        name: `memory of ${WAITING} waiting instances, engine process`,
        value: started.engineMemoryMb() - engineMb,
        unit: 'MB',
        goal: { atMost: 200 },
      },
      {
        name: 'the same in the portal process',
        value: process.memoryUsage().rss / 1_048_576 - portalMb,
        unit: 'MB',
      },
      {
        name: 'whole engine process with them',
        value: started.engineMemoryMb(),
        unit: 'MB',
      },
    ];
  } finally {
    await started.stop();
  }
}

async function many(
  { engine }: StartedEngine,
  workflowId: string,
  runs: number,
): Promise<void> {
  let begun = 0;
  const worker = async () => {
    while (begun < runs) {
      begun += 1;
      await run(engine, workflowId, begun);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

let lastKey = 0;

async function run(
  engine: StartedEngine['engine'],
  workflowId: string,
  n: number,
): Promise<void> {
  lastKey += 1;
  const outcome = await engine.run({
    workflowId,
    input: { n: n % 7 },
    businessKey: `bench-${lastKey}`,
  });
  if (outcome.outcome !== 'started') {
    throw new Error(JSON.stringify(outcome));
  }
}

function cpuOf(started: StartedEngine): { engineMs: number; portalMs: number } {
  const { user, system } = process.cpuUsage();
  return {
    engineMs: started.engineCpuMs(),
    portalMs: (user + system) / 1000,
  };
}

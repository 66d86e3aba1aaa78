/* eslint-disable no-console */
import { parseWorkflow } from '../src/parse';
import { createWorkflowRuntime, WorkflowRuntime } from '../src/runtime';

const ROUNDS = 5;

const noOp = {
  id: 'no-op',
  version: '1.0',
  start: 'Only',
  states: [{ name: 'Only', type: 'inject', data: { done: true }, end: true }],
};

/** Ten states that compute, choose and filter. */
const tenStates = {
  id: 'ten-states',
  version: '1.0',
  start: 'Step1',
  functions: [
    {
      name: 'count',
      type: 'expression',
      operation: '{n: (.n + 1), seen: ((.seen // []) + [.n])}',
    },
  ],
  states: Array.from({ length: 5 }, (_, index) => [
    {
      name: `Step${index + 1}`,
      type: 'operation',
      actions: [{ functionRef: 'count' }],
      stateDataFilter: { output: '{n, seen, last: .seen[-1]}' },
      transition: `Choose${index + 1}`,
    },
    {
      name: `Choose${index + 1}`,
      type: 'switch',
      dataConditions: [{ condition: '.n > 100', end: true }],
      defaultCondition:
        index === 4 ? { end: true } : { transition: `Step${index + 2}` },
    },
  ]).flat(),
};

const waiting = {
  id: 'waiting',
  version: '1.0',
  start: 'Wait',
  states: [{ name: 'Wait', type: 'sleep', duration: 'P30D', end: true }],
};

function startRuntime(): WorkflowRuntime {
  const runtime = createWorkflowRuntime({
    http: { request: async () => Promise.reject(new Error('no calls here')) },
    limits: { instances: 1_000_000 },
  });
  for (const definition of [noOp, tenStates, waiting]) {
    const { workflow } = parseWorkflow(JSON.stringify(definition));
    if (workflow) {
      runtime.deploy({ workflow, revision: '1', resources: {} });
    }
  }
  return runtime;
}

/** Microseconds for one run of the workflow; the best round counts. */
async function measure(
  runtime: WorkflowRuntime,
  workflowId: string,
  runs: number,
): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    for (let run = 0; run < runs; run++) {
      const result = await runtime.run({ workflowId, input: { n: run % 7 } });
      if (result.outcome !== 'started') {
        throw new Error(result.message);
      }
      runtime.forget(result.instance.id);
    }
    best = Math.min(best, ((performance.now() - startMs) * 1000) / runs);
  }
  return best;
}

async function main(): Promise<void> {
  const runtime = startRuntime();
  const noOpUs = await measure(runtime, 'no-op', 20_000);
  console.log(
    `no-op: ${noOpUs.toFixed(1)} µs, ${Math.round(1e6 / noOpUs)} executions/s`,
  );
  const tenUs = await measure(runtime, 'ten-states', 2_000);
  console.log(`10 states with jq and switch: ${tenUs.toFixed(1)} µs`);
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 10_000; count++) {
    await runtime.run({ workflowId: 'waiting', input: {} });
  }
  const usedMb = (process.memoryUsage().heapUsed - before) / 1_048_576;
  console.log(`10,000 waiting instances: ${usedMb.toFixed(0)} MB of heap`);
  runtime.stop();
}

main();

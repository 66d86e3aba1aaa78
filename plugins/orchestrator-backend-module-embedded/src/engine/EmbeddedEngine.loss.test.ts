import type {
  EngineInstanceSummary,
  RunOutcome,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { realProcess, startEngine } from '../__testUtils__/startEngine';
import { WorkflowFolder } from '../__testUtils__/WorkflowFolder';
import { DEFAULT_LIMITS } from '../config';
import { EngineChild } from '../supervisor';
import { EmbeddedEngine } from './EmbeddedEngine';

jest.setTimeout(120_000);

const WORKFLOWS = {
  'quick.sw.yaml': `
id: quick
start: only
states:
  - { name: only, type: inject, data: { x: 1 }, end: true }
`,
  'waiting.sw.yaml': `
id: waiting
start: wait
events:
  - { name: done, type: done, kind: consumed, source: '' }
states:
  - { name: wait, type: sleep, duration: P1D, end: true }
`,
  'parent.sw.yaml': `
id: parent
start: call
states:
  - { name: call, type: operation, actions: [{ subFlowRef: waiting }], end: true }
`,
  'busy.sw.yaml': `
id: busy
start: one
states:
  - { name: one, type: inject, data: { x: 1 }, transition: two }
  - name: two
    type: switch
    dataConditions: [{ condition: .x == 1, transition: one }]
    defaultCondition: { end: true }
`,
  'hoarding.sw.yaml': `
id: hoarding
start: fill
functions:
  - { name: big, type: expression, operation: '{list: [range(200000) | {i: ., more: [.]}]}' }
states:
  - name: fill
    type: foreach
    inputCollection: '[range(100)]'
    iterationParam: i
    outputCollection: .all
    actions: [{ functionRef: big }]
    end: true
`,
};
const MIX = ['waiting', 'busy', 'parent', 'quick'];

let folder: WorkflowFolder;
let engine: EmbeddedEngine;
let children: EngineChild[];

async function start(memoryMb: number): Promise<void> {
  folder = WorkflowFolder.create(WORKFLOWS);
  children = [];
  engine = await startEngine(folder.path, {
    limits: { ...DEFAULT_LIMITS, memoryMb, dataBytes: 1_000_000_000 },
    fork: options => {
      const child = realProcess(options);
      children.push(child);
      return child;
    },
  });
}

/** Asks for 500 runs; gives their outcomes to come. */
function runMany(): Promise<RunOutcome>[] {
  return Array.from({ length: 500 }, (_, index) =>
    engine.run({
      workflowId: MIX[index % MIX.length],
      input: {},
      businessKey: `key-${index}`,
    }),
  );
}

async function everythingTold(): Promise<Map<string, EngineInstanceSummary>> {
  const told = new Map<string, EngineInstanceSummary>();
  let cursor: string | undefined;
  for (let more = true; more; ) {
    const changes = await engine.changes(cursor, 200);
    changes.summaries.forEach(each => told.set(each.engineInstanceId, each));
    cursor = changes.nextCursor;
    more = changes.more;
  }
  return told;
}

async function expectEachToldOnce(outcomes: RunOutcome[]): Promise<void> {
  const told = await everythingTold();
  const roots = [...told.values()].filter(({ parentId }) => !parentId);
  expect(new Set(roots.map(({ businessKey }) => businessKey)).size).toBe(
    roots.length,
  );
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ engineInstanceId: expect.any(String) });
    if ('engineInstanceId' in outcome) {
      expect(told.get(outcome.engineInstanceId)).toBeDefined();
    }
  }
  const unfinished = [...told.values()].filter(
    ({ state, endReason }) =>
      state !== 'COMPLETED' && endReason !== 'engine-lost',
  );
  // A failed instance stays failed until its details are gone.
  expect(unfinished.filter(({ state }) => state !== 'ERROR')).toEqual([]);
  const lost = roots.filter(({ state }) => state === 'ABORTED');
  const lostOf = (workflow: string) =>
    lost.filter(({ workflowId }) => workflowId === workflow).length;
  expect([lostOf('waiting'), lostOf('parent')]).toEqual([125, 125]);
  expect(lost.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
}

function runAfterwards(): Promise<RunOutcome> {
  return engine.run({
    workflowId: 'quick',
    input: {},
    businessKey: 'afterwards',
  });
}

afterEach(async () => {
  await engine.stop();
  folder.dispose();
});

describe('when the process ends in the middle of 500 instances', () => {
  it('by a signal, each lost one is told and new ones run', async () => {
    await start(256);
    const outcomes = runMany();
    await Promise.all(outcomes.filter((_, index) => index % 4 === 3));

    children[0].kill();

    await expectEachToldOnce(await Promise.all(outcomes));
    expect(await runAfterwards()).toMatchObject({ state: 'COMPLETED' });
  });

  it('for want of memory, each lost one is told and new ones run', async () => {
    await start(64);
    const outcomes = runMany();
    await Promise.all(outcomes.filter((_, index) => index % 4 === 3));

    const hoarding = engine.run({
      workflowId: 'hoarding',
      input: {},
      businessKey: 'hoarding',
    });

    expect(await children[0].ended).toContain('needed more than 64 MB');
    expect(await hoarding).toMatchObject({ state: 'ABORTED' });
    await expectEachToldOnce(await Promise.all(outcomes));
    expect(await runAfterwards()).toMatchObject({ state: 'COMPLETED' });
  });
});

import type {
  InstanceSnapshot,
  NodeSnapshot,
  WaitSnapshot,
} from '@open-orchestrator/serverless-workflow/runtime';
import { Redactor } from '../secrets';
import { describeInstance, describeSummary } from './describeInstance';

const NONE = Redactor.create([]);

function snapshot(more: Partial<InstanceSnapshot> = {}): InstanceSnapshot {
  return {
    id: 'i',
    workflowId: 'w',
    workflowVersion: '1.0',
    revision: 'r',
    state: 'ACTIVE',
    startedAt: '2026-01-01T00:00:00.000Z',
    waits: [],
    data: {},
    nodes: [],
    childIds: [],
    ...more,
  };
}

function node(number: number, more: Partial<NodeSnapshot> = {}): NodeSnapshot {
  return {
    id: `${number}`,
    definitionId: '1',
    name: 'n',
    type: 'ActionNode',
    status: 'completed',
    enter: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

const EVENT: WaitSnapshot = { kind: 'event', eventType: 'approval.decided' };
const TIMER: WaitSnapshot = { kind: 'timer', until: '2026-01-02T00:00:00Z' };

describe('describeSummary', () => {
  it.each<[string, WaitSnapshot[], string | undefined]>([
    ['nothing', [], undefined],
    ['an event', [EVENT], 'event approval.decided'],
    ['an event before a time', [TIMER, EVENT], 'event approval.decided'],
    [
      'one of several events',
      [EVENT, { kind: 'event', eventName: 'b' }, EVENT],
      'event approval.decided, b',
    ],
    ['a time', [TIMER], 'timer until 2026-01-02T00:00:00Z'],
    ['a time that is not told', [{ kind: 'timer' }], 'timer'],
  ])('says that an instance waits for %s', (_what, waits, expected) => {
    expect(describeSummary(snapshot({ waits }), NONE).waitingFor).toBe(
      expected,
    );
  });

  it('shortens long messages and hides secrets in them', () => {
    const { errorMessage } = describeSummary(
      snapshot({ error: { message: `secret ${'x'.repeat(5_000)}` } }),
      Redactor.create(['secret']),
    );

    expect(errorMessage).toHaveLength(1_000);
    expect(errorMessage).toMatch(/^\[hidden\] x/);
  });
});

describe('describeInstance', () => {
  it('hides secrets wherever data comes from, but not in names', () => {
    const text = 'a secret';

    const instance = describeInstance(
      snapshot({
        workflowId: 'secret',
        data: { text },
        input: { text },
        error: { message: text, url: `http://a/${text}` },
        nodes: [node(1, { input: text, output: [text], errorMessage: text })],
      }),
      Redactor.create(['secret']),
    );

    const { workflowId, ...rest } = instance;
    expect(workflowId).toBe('secret');
    expect(JSON.stringify(rest)).not.toContain('secret');
  });

  it('gives the first and the last nodes of very many', () => {
    const nodes = Array.from({ length: 9_000 }, (_, number) => node(number));

    const described = describeInstance(snapshot({ nodes }), NONE).nodes;

    expect(described).toHaveLength(5_000);
    expect(described[0].id).toBe('0');
    expect(described.at(-1)?.id).toBe('8999');
  });

  it('leaves out the data of nodes once it is too much', () => {
    const input = 'x'.repeat(1_500_000);
    const nodes = [1, 2, 3, 4].map(number => node(number, { input }));

    const described = describeInstance(snapshot({ nodes }), NONE).nodes;

    expect(described.map(each => each.input === undefined)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

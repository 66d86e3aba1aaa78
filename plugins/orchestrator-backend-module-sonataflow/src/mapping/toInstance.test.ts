import {
  APPROVAL_DETAIL,
  instanceRow,
  nodeRow,
} from '../__testUtils__/fixtures';
import { JsonRecord } from '../dataIndex/json';
import { toInstance } from './toInstance';

const EXIT = { exit: '2026-01-01T10:00:00.52Z' };

function waitingNodes(): JsonRecord[] {
  return [
    // The index lists them in no order.
    nodeRow('n-event', '10', '2026-01-01T10:00:00.513Z'),
    nodeRow('n-tell', '7', '2026-01-01T10:00:00.512Z', EXIT),
    nodeRow('n-script', '8', '2026-01-01T10:00:00.512Z', EXIT),
    nodeRow('n-start', '1', '2026-01-01T10:00:00.51Z', EXIT),
    nodeRow('n-embedded', '5', '2026-01-01T10:00:00.511Z', EXIT),
    nodeRow('n-state', '4', '2026-01-01T10:00:00.511Z'),
  ];
}

function map(row: JsonRecord, jobs: JsonRecord[] = []) {
  const instance = toInstance(row, jobs, APPROVAL_DETAIL);
  if (!instance) {
    throw new Error('not mapped');
  }
  return instance;
}

describe('toInstance', () => {
  it('maps an instance that waits for an event', () => {
    const instance = map(instanceRow({ nodes: waitingNodes() }));
    expect(instance).toMatchObject({
      engineInstanceId: 'i-1',
      workflowId: 'approval',
      workflowVersion: '1.0',
      state: 'ACTIVE',
      businessKey: 'key-1',
      startedAt: '2026-01-01T10:00:00.500Z',
      endedAt: undefined,
      parentId: undefined,
      waitingFor: 'event approval.decided',
      data: { item: 'laptop' },
      input: { item: 'laptop' },
      error: undefined,
      childIds: [],
      waits: [
        {
          kind: 'event',
          nodeName: 'AskForApproval',
          eventName: 'decided',
          eventType: 'approval.decided',
          since: '2026-01-01T10:00:00.513Z',
        },
      ],
    });
  });

  it('lists the nodes that an author knows, in order of entering', () => {
    const { nodes } = map(instanceRow({ nodes: waitingNodes() }));
    expect(
      nodes.map(({ name, stateName, status, parentNodeId }) => ({
        name,
        stateName,
        status,
        parentNodeId,
      })),
    ).toEqual([
      {
        name: 'Start',
        stateName: 'AskForApproval',
        status: 'completed',
        parentNodeId: undefined,
      },
      {
        name: 'AskForApproval',
        stateName: 'AskForApproval',
        status: 'waiting',
        parentNodeId: undefined,
      },
      {
        name: 'tellApprover',
        stateName: 'AskForApproval',
        status: 'completed',
        parentNodeId: 'n-state',
      },
      {
        name: 'decided',
        stateName: 'AskForApproval',
        status: 'waiting',
        parentNodeId: 'n-state',
      },
    ]);
  });

  it.each([
    ['Join-Write greeting', 'Join'],
    ['ExclusiveSplit_7', 'Split'],
    ['Join_tellApprover', 'Join'],
  ])('leaves out the connector %s', (name, type) => {
    const row = nodeRow('n', '99', '2026-01-01T10:00:01Z', { name, type });
    expect(map(instanceRow({ nodes: [row] })).nodes).toEqual([]);
  });

  it('tells until when a timer runs', () => {
    const instance = map(
      instanceRow({
        nodes: [
          nodeRow('n-timer', '99', '2026-01-01T10:00:01Z', {
            name: 'Snooze',
            type: 'TimerNode',
          }),
        ],
      }),
      [
        {
          nodeInstanceId: 'n-timer',
          expirationTime: '2026-01-02T00:00:00.1Z',
        },
      ],
    );
    expect(instance.waitingFor).toBe('timer until 2026-01-02T00:00:00.100Z');
    expect(instance.waits).toEqual([
      {
        kind: 'timer',
        nodeName: 'Snooze',
        since: '2026-01-01T10:00:01.000Z',
        until: '2026-01-02T00:00:00.100Z',
      },
    ]);
  });

  it('knows no end of a timer whose job another index keeps', () => {
    const instance = map(
      instanceRow({
        nodes: [
          nodeRow('n-timer', '99', '2026-01-01T10:00:01Z', {
            name: 'Snooze',
            type: 'TimerNode',
          }),
        ],
      }),
    );
    expect(instance.waitingFor).toBe('timer Snooze');
  });

  it('maps a failed instance', () => {
    const message =
      'org.kie.kogito.internal.process.workitem.WorkItemExecutionException - Request for endpoint http://stock.test:9191/stock/A1?apikey=secret failed with message: Internal Server Error';
    const instance = map(
      instanceRow({
        state: 'ERROR',
        error: {
          nodeDefinitionId: '7',
          nodeInstanceId: 'n-tell',
          message,
        },
        nodes: [
          nodeRow('n-state', '4', '2026-01-01T10:00:00.511Z'),
          nodeRow('n-tell', '7', '2026-01-01T10:00:00.512Z', {
            errorMessage: message,
          }),
        ],
      }),
    );
    expect(instance).toMatchObject({
      state: 'ERROR',
      endedAt: undefined,
      errorMessage:
        'Request for endpoint http://stock.test:9191/stock/A1 failed with message: Internal Server Error',
      errorNode: 'tellApprover',
      error: {
        message: expect.stringContaining('Internal Server Error'),
        nodeName: 'tellApprover',
        nodeDefinitionId: '7',
        url: 'http://stock.test:9191/stock/A1',
      },
    });
    expect(instance.nodes.map(({ status }) => status)).toEqual([
      'failed',
      'failed',
    ]);
    expect(instance.error?.statusCode).toBe(500);
    expect(JSON.stringify(instance)).not.toContain('secret');
  });

  it('maps a failure whose error has not arrived yet', () => {
    const instance = map(instanceRow({ state: 'ERROR', error: null }));
    expect(instance).toMatchObject({
      state: 'ERROR',
      error: undefined,
      errorMessage: undefined,
    });
  });

  it('maps a completion whose end has not arrived yet', () => {
    expect(map(instanceRow({ state: 'COMPLETED', end: null }))).toMatchObject({
      state: 'COMPLETED',
      endedAt: undefined,
    });
  });

  it('forgets the error of an instance that went on without the failed node', () => {
    expect(
      map(
        instanceRow({
          state: 'COMPLETED',
          end: '2026-01-01T10:01:00Z',
          error: { nodeDefinitionId: '7', message: 'boom' },
        }),
      ),
    ).toMatchObject({
      state: 'COMPLETED',
      endedAt: '2026-01-01T10:01:00.000Z',
      error: undefined,
      errorMessage: undefined,
      errorNode: undefined,
    });
  });

  it('keeps the failed attempt beside the one that went well', () => {
    const { nodes } = map(
      instanceRow({
        state: 'COMPLETED',
        nodes: [
          nodeRow('n-first', '7', '2026-01-01T10:00:00Z', {
            errorMessage: 'boom',
          }),
          nodeRow('n-second', '7', '2026-01-01T10:05:00Z', EXIT),
        ],
      }),
    );
    expect(nodes.map(({ id, status }) => [id, status])).toEqual([
      ['n-first', 'failed'],
      ['n-second', 'completed'],
    ]);
  });

  it('shows what an abort interrupted', () => {
    const instance = map(
      instanceRow({
        state: 'ABORTED',
        end: '2026-01-01T10:01:00Z',
        nodes: waitingNodes(),
      }),
    );
    expect(instance.endReason).toBe('aborted');
    expect(instance.waits).toEqual([]);
    expect(
      instance.nodes.filter(({ status }) => status === 'aborted'),
    ).toHaveLength(2);
  });

  it.each([
    ['ABORTED', 'aborted'],
    ['OBSOLETE', 'aborted'],
    ['SKIPPED', 'skipped'],
    ['ERROR', 'failed'],
  ])('takes the cancel type %s as %s', (cancelType, status) => {
    const { nodes } = map(
      instanceRow({
        nodes: [nodeRow('n', '7', '2026-01-01T10:00:00Z', { cancelType })],
      }),
    );
    expect(nodes[0].status).toBe(status);
  });

  it('links a sub-workflow with the node that started it', () => {
    const { nodes, childIds } = map(
      instanceRow({
        nodes: [
          nodeRow('n-a', '90', '2026-01-01T10:00:00Z', {
            name: 'ping',
            type: 'SubProcessNode',
          }),
          nodeRow('n-b', '91', '2026-01-01T10:00:05Z', {
            name: 'ping',
            type: 'SubProcessNode',
          }),
        ],
        childProcessInstances: [
          { id: 'c-b', processId: 'ping', start: '2026-01-01T10:00:05.1Z' },
          { id: 'c-a', processId: 'ping', start: '2026-01-01T10:00:00.1Z' },
        ],
      }),
    );
    expect(childIds).toEqual(['c-b', 'c-a']);
    expect(nodes.map(node => node.childInstanceId)).toEqual(['c-a', 'c-b']);
  });

  it('calls a foreach state by its name', () => {
    const row = nodeRow('n', '4', '2026-01-01T10:00:00Z', {
      name: 'ForEach',
      type: 'ForEachNode',
    });
    const [node] = map(instanceRow({ nodes: [row] })).nodes;
    expect(node.name).toBe('AskForApproval');
  });

  it('copes with a row that is nearly empty', () => {
    expect(
      map(
        instanceRow({
          variables: null,
          nodes: null,
          childProcessInstances: null,
          start: null,
          version: null,
        }),
      ),
    ).toMatchObject({ data: {}, input: undefined, nodes: [], childIds: [] });
  });

  it.each([
    ['no state', { state: null }],
    ['an unknown state', { state: 'MOVED' }],
    ['a state from elsewhere', { state: 'constructor' }],
    ['no id', { id: null }],
    ['no workflow', { processId: '' }],
  ])('leaves out a row with %s', (_what, more) => {
    expect(toInstance(instanceRow(more), [], APPROVAL_DETAIL)).toBeUndefined();
  });

  it('waits once at a node that was entered again', () => {
    const instance = map(
      instanceRow({
        nodes: [
          ...waitingNodes(),
          nodeRow('n-event-2', '10', '2026-01-01T10:00:07.1Z'),
        ],
      }),
    );
    expect(instance.waits).toMatchObject([
      { kind: 'event', since: '2026-01-01T10:00:07.100Z' },
    ]);
    expect(
      instance.nodes
        .filter(({ definitionId }) => definitionId === '10')
        .map(({ id, status }) => [id, status]),
    ).toEqual([
      ['n-event', 'aborted'],
      ['n-event-2', 'waiting'],
    ]);
  });

  it('tells the failed entry of a node from the one that was skipped', () => {
    const failed = { errorMessage: 'no', retrigger: false };
    const skipped = { ...EXIT, retrigger: null };
    const instance = map(
      instanceRow({
        state: 'COMPLETED',
        nodes: [
          nodeRow('n-state', '4', '2026-01-01T10:00:00.51Z', EXIT),
          nodeRow('n-failed', '7', '2026-01-01T10:00:00.512Z', failed),
          nodeRow('n-skipped', '7', '2026-01-01T10:00:09Z', skipped),
        ],
      }),
    );
    expect(instance.nodes.map(({ id, status }) => [id, status])).toEqual([
      ['n-state', 'completed'],
      ['n-failed', 'failed'],
      ['n-skipped', 'skipped'],
    ]);
  });

  describe('an aborted instance', () => {
    const endReason = (...jobs: JsonRecord[]) =>
      map(instanceRow({ state: 'ABORTED', end: '2026-01-01T10:00:30Z' }), jobs)
        .endReason;
    const limit = (status: string, expirationTime: string | null = null) => ({
      nodeInstanceId: null,
      status,
      expirationTime,
    });

    it('was ended by somebody unless its time was over', () => {
      expect(endReason()).toBe('aborted');
      expect(endReason(limit('CANCELED', '2026-01-01T10:00:30Z'))).toBe(
        'aborted',
      );
      expect(endReason(limit('SCHEDULED', '2026-01-01T10:05:00Z'))).toBe(
        'aborted',
      );
      expect(
        endReason({ ...limit('EXECUTED'), nodeInstanceId: 'n-timer' }),
      ).toBe('aborted');
    });

    it('took too long when the job of its time limit was executed', () => {
      expect(endReason(limit('EXECUTED'))).toBe('timed-out');
    });

    it('took too long when that job was due though the index does not know more yet', () => {
      expect(endReason(limit('SCHEDULED', '2026-01-01T10:00:30.2Z'))).toBe(
        'timed-out',
      );
      expect(endReason(limit('SCHEDULED'))).toBe('timed-out');
    });
  });

  it('does without the definition', () => {
    const instance = toInstance(
      instanceRow({ nodes: waitingNodes() }),
      [],
      undefined,
    );
    expect(instance?.waitingFor).toBe('event decided');
  });
});

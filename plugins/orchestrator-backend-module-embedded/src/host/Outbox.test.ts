import type { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Outbox } from './Outbox';

function open() {
  const told: [string, any][] = [];
  const outbox = Outbox.create({
    send: async message => {
      const { name, payload } = message as any;
      told.push([name, payload]);
    },
    flush: () => {},
  });
  return { outbox, told };
}

function summary(id: string, waitingFor?: string): EngineInstanceSummary {
  return { engineInstanceId: id, workflowId: 'w', state: 'ACTIVE', waitingFor };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('Outbox', () => {
  it('tells a new instance at once', () => {
    const { outbox, told } = open();

    outbox.changed(summary('a'), false);

    expect(told).toEqual([['changed', { summaries: [summary('a')] }]]);
  });

  it('gathers new instances that the portal waits for', () => {
    const { outbox, told } = open();

    outbox.changed(summary('a'), true);
    outbox.changed(summary('a', 'event x'), true);
    outbox.changed(summary('b'), true);
    expect(told).toEqual([]);
    outbox.flush();

    expect(told).toEqual([
      ['changed', { summaries: [summary('a', 'event x'), summary('b')] }],
    ]);
  });

  it('gathers further changes and tells the last of each instance', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'), false);
    told.length = 0;

    outbox.changed(summary('a', 'event x'), false);
    outbox.changed(summary('a', 'event y'), false);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(10);

    expect(told).toEqual([
      ['changed', { summaries: [summary('a', 'event y')] }],
    ]);
  });

  it('tells what has gathered when it has to', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'), false);
    outbox.changed(summary('a', 'event x'), false);
    told.length = 0;

    outbox.flush();
    outbox.flush();

    expect(told).toHaveLength(1);
  });

  it('tells nothing twice', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'), false);
    told.length = 0;

    outbox.changed(summary('a'), false);
    jest.advanceTimersByTime(10);

    expect(told).toEqual([]);
  });

  it('tells changes before the eviction of the same instance', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'), false);
    outbox.changed(summary('a', 'event x'), false);
    told.length = 0;

    outbox.evicted(['a']);

    expect(told.map(([name]) => name)).toEqual(['changed', 'evicted']);
  });

  it('leaves lines out when workflows print too much', () => {
    const { outbox, told } = open();

    for (let line = 0; line < 1_000; line++) {
      outbox.log('info', `line ${line}`);
    }

    expect(told).toHaveLength(100);
    expect(told.at(-1)).toEqual([
      'log',
      {
        level: 'warn',
        message: 'Workflows print too much; some lines are left out.',
      },
    ]);
    jest.advanceTimersByTime(1_001);
    outbox.log('info', 'later');
    expect(told.at(-1)).toEqual(['log', { level: 'info', message: 'later' }]);
  });

  it('prints one line, whatever a workflow prints', () => {
    const { outbox, told } = open();

    outbox.log('info', 'one\n2026-01-01 root info forged\r\u001b[31m\u2028two');
    outbox.log('info', 'x'.repeat(100_000));

    expect(told.map(([, { message }]) => message)).toEqual([
      'one\\n2026-01-01 root info forged\\u000d\\u001b[31m\\u2028two',
      'x'.repeat(10_000),
    ]);
  });
});

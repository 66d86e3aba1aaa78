import type { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Outbox } from './Outbox';

function open() {
  const told: [string, any][] = [];
  const outbox = Outbox.create({
    send: async message => {
      const { name, payload } = message as any;
      told.push([name, payload]);
    },
    onMessage: () => {},
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

    outbox.changed(summary('a'));

    expect(told).toEqual([['changed', { summaries: [summary('a')] }]]);
  });

  it('gathers further changes and tells the last of each instance', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'));
    told.length = 0;

    outbox.changed(summary('a', 'event x'));
    outbox.changed(summary('a', 'event y'));
    expect(told).toEqual([]);
    jest.advanceTimersByTime(10);

    expect(told).toEqual([
      ['changed', { summaries: [summary('a', 'event y')] }],
    ]);
  });

  it('tells what has gathered when it has to', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'));
    outbox.changed(summary('a', 'event x'));
    told.length = 0;

    outbox.flush();
    outbox.flush();

    expect(told).toHaveLength(1);
  });

  it('tells nothing twice', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'));
    told.length = 0;

    outbox.changed(summary('a'));
    jest.advanceTimersByTime(10);

    expect(told).toEqual([]);
  });

  it('tells changes before the eviction of the same instance', () => {
    const { outbox, told } = open();
    outbox.changed(summary('a'));
    outbox.changed(summary('a', 'event x'));
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
});

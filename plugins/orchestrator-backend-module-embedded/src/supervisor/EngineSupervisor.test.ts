import { mockServices } from '@backstage/backend-test-utils';
import type { StartParams } from '../channel';
import { DEFAULT_LIMITS, EmbeddedConfig } from '../config';
import { EngineChild } from './EngineChild';
import { EngineLostError } from './EngineProcess';
import { EngineNotRunningError, EngineSupervisor } from './EngineSupervisor';

const config: EmbeddedConfig = {
  workflows: '/flows',
  properties: '/flows/application.properties',
  secrets: {},
  egressAllow: ['*'],
  limits: DEFAULT_LIMITS,
};

/** What the tests make the portal ask. */
type ChildRequest = { orchestrator: 'request'; id: number } & (
  | { method: 'start'; params: StartParams }
  | { method: 'getInputSchema'; params: { workflowId: string } }
);

/** An engine process played by the test. */
class PlayedChild implements EngineChild {
  readonly starts: StartParams[] = [];
  readonly ended: Promise<string>;
  readonly port: EngineChild['port'];
  killed = false;
  #end: (reason: string) => void = () => {};
  #tell: (message: unknown) => void = () => {};

  constructor(startsUp: boolean) {
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
    this.port = {
      send: async messages => {
        for (const { id, method, params } of messages as ChildRequest[]) {
          if (method === 'start') {
            this.starts.push(params);
            if (startsUp) {
              this.#tell({ orchestrator: 'reply', id });
            }
          } else if (method === 'getInputSchema') {
            const result = { title: params.workflowId };
            this.#tell({ orchestrator: 'reply', id, result });
          }
        }
      },
      onMessage: listener => {
        this.#tell = listener;
      },
    };
  }

  event(name: string, payload: unknown = {}): void {
    this.#tell({ orchestrator: 'event', name, payload });
  }

  end(reason: string): void {
    this.#end(reason);
  }

  kill(): void {
    this.killed = true;
    this.#end('signal SIGKILL');
  }
}

function supervise(options: { startsUp?: (attempt: number) => boolean } = {}) {
  const children: PlayedChild[] = [];
  const onEvent = jest.fn();
  const onLost = jest.fn();
  const supervisor = EngineSupervisor.create({
    config,
    logger: mockServices.logger.mock(),
    spawn: () => {
      const child = new PlayedChild(
        options.startsUp?.(children.length) ?? true,
      );
      children.push(child);
      return child;
    },
    onEvent,
    onLost,
  });
  return { supervisor, children, onEvent, onLost };
}

/** Lets everything happen that is due within this time. */
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick'] });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('EngineSupervisor', () => {
  it('starts one process with the configuration and asks it', async () => {
    const { supervisor, children } = supervise();

    await supervisor.start();

    expect(children).toHaveLength(1);
    expect(children[0].starts).toEqual([
      { config, quarantine: [], retained: [] },
    ]);
    await expect(
      supervisor.request('getInputSchema', { workflowId: 'x' }),
    ).resolves.toEqual({ title: 'x' });
    await supervisor.stop();
  });

  it('refuses to start when no process gets ready, and leaves none behind', async () => {
    const { supervisor, children } = supervise({ startsUp: () => false });
    const started = supervisor.start().catch(error => error.message);

    await pass(0);
    for (let waited = 0; waited < 60_000; waited += 1_000) {
      children.at(-1)?.end('exit code 1');
      await pass(1_000);
    }

    expect(await started).toBe(
      'The engine process did not start within 60 s: exit code 1.',
    );
    const launched = children.length;
    await pass(120_000);
    expect(children).toHaveLength(launched);
  });

  it('reports a lost process first, then rejects its requests, then starts another', async () => {
    const { supervisor, children, onLost } = supervise();
    await supervisor.start();
    const order: string[] = [];
    onLost.mockImplementation(() => order.push('lost'));
    const request = supervisor
      .request('getInstance', { id: '1' })
      .catch(error => {
        order.push('rejected');
        return error;
      });

    await pass(0);
    children[0].end('signal SIGSEGV');

    expect(await request).toBeInstanceOf(EngineLostError);
    expect(order).toEqual(['lost', 'rejected']);
    await pass(100);
    expect(children).toHaveLength(2);
    await supervisor.stop();
  });

  it('lets requests wait for the next process', async () => {
    const { supervisor, children } = supervise();
    await supervisor.start();
    children[0].end('exit code 1');
    await pass(0);

    const request = supervisor.request('getInputSchema', { workflowId: 'x' });
    await pass(100);

    await expect(request).resolves.toEqual({ title: 'x' });
    await supervisor.stop();
  });

  it('does not let them wait for long', async () => {
    const { supervisor, children } = supervise({
      startsUp: attempt => attempt === 0,
    });
    await supervisor.start();
    children[0].end('exit code 1');
    await pass(0);

    const request = supervisor
      .request('getInputSchema', { workflowId: 'x' })
      .catch(error => error);
    await pass(5_000);

    expect(await request).toBeInstanceOf(EngineNotRunningError);
    await supervisor.stop();
  });

  it('restarts with growing pauses', async () => {
    const { supervisor, children } = supervise();
    await supervisor.start();
    const pauses: number[] = [];
    for (let crash = 0; crash < 6; crash++) {
      const launched = children.length;
      children.at(-1)?.end('exit code 1');
      let pause = 0;
      for (; children.length === launched; pause += 100) {
        await pass(100);
      }
      pauses.push(pause);
    }

    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200]);
    await supervisor.stop();
  });

  it('ends a process that no longer responds', async () => {
    const { supervisor, children, onLost } = supervise();
    await supervisor.start();
    for (let beat = 0; beat < 20; beat++) {
      children[0].event('heartbeat');
      await pass(1_000);
    }
    expect(children[0].killed).toBe(false);

    await pass(20_000);

    expect(children[0].killed).toBe(true);
    expect(onLost).toHaveBeenCalledWith('it did not respond for 15 seconds');
    await supervisor.stop();
  });

  it('puts the file whose loading ended a process in quarantine and goes on at once', async () => {
    const { supervisor, children } = supervise({
      startsUp: attempt => attempt > 0,
    });
    const started = supervisor.start();
    await pass(0);
    children[0].event('loading', { path: 'good.sw.yaml', hash: '1' });
    children[0].event('loaded');
    children[0].event('loading', { path: 'bomb.sw.yaml', hash: '2' });
    children[0].end('signal SIGABRT');
    await pass(0);

    await started;
    expect(children[1].starts[0].quarantine).toEqual([
      { path: 'bomb.sw.yaml', hash: '2' },
    ]);
    await supervisor.stop();
  });

  it('hands the last good files to the next process', async () => {
    const { supervisor, children } = supervise();
    await supervisor.start();
    const file = (path: string, text: string) => ({
      path,
      text,
      resources: {},
    });
    children[0].event('retain', file('a.sw.yaml', 'first'));
    children[0].event('retain', file('a.sw.yaml', 'second'));
    children[0].event('retain', file('b.sw.yaml', 'gone'));
    children[0].event('release', { path: 'b.sw.yaml' });

    children[0].end('exit code 1');
    await pass(100);

    expect(children[1].starts[0].retained).toEqual([
      file('a.sw.yaml', 'second'),
    ]);
    await supervisor.stop();
  });

  it('passes events of instances on until it is stopped', async () => {
    const { supervisor, children, onEvent, onLost } = supervise();
    await supervisor.start();
    children[0].event('changed', { summaries: [] });
    children[0].event('heartbeat');

    await supervisor.stop();
    children[0].event('changed', { summaries: [] });

    expect(onEvent.mock.calls).toEqual([['changed', { summaries: [] }]]);
    expect(onLost).not.toHaveBeenCalled();
    expect(children[0].killed).toBe(true);
  });
});

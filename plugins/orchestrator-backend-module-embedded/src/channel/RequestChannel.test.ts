import { EngineFailure } from './ChannelMessage';
import { ChannelPort } from './ChannelPort';
import { RequestChannel } from './RequestChannel';
import { Served, serveRequests } from './serveRequests';

interface Methods {
  add(params: { a: number; b: number }): number;
  nothing(params: {}): undefined;
  refuse(params: {}): void;
  crash(params: {}): void;
  wait(params: {}): string;
}

/** Two ends in one process; messages travel as JSON text, as between processes. */
function portPair(): [ChannelPort, ChannelPort] {
  const listeners: ((message: unknown) => void)[] = [];
  const port = (self: number, other: number): ChannelPort => ({
    async send(message) {
      const text = JSON.stringify(message);
      queueMicrotask(() => listeners[other]?.(JSON.parse(text)));
    },
    onMessage(listener) {
      listeners[self] = listener;
    },
  });
  return [port(0, 1), port(1, 0)];
}

function connect(methods: Partial<Served<Methods>> = {}) {
  const [portal, engine] = portPair();
  const events: [string, unknown][] = [];
  const beforeReply = jest.fn();
  serveRequests<Methods>(
    engine,
    {
      add: ({ a, b }) => a + b,
      nothing: () => undefined,
      refuse: () => {
        throw new EngineFailure('refused', 'not now');
      },
      crash: () => {
        throw new TypeError('broken');
      },
      wait: () => new Promise<string>(() => {}),
      ...methods,
    },
    beforeReply,
  );
  const channel = RequestChannel.open<Methods>(portal, (...event) =>
    events.push(event),
  );
  return { channel, portal, engine, events, beforeReply };
}

describe('RequestChannel', () => {
  it('gives each request its own answer', async () => {
    const { channel } = connect();

    await expect(
      Promise.all([
        channel.request('add', { a: 1, b: 2 }),
        channel.request('add', { a: 3, b: 4 }),
        channel.request('nothing', {}),
      ]),
    ).resolves.toEqual([3, 7, undefined]);
  });

  it('passes errors on with their code', async () => {
    const { channel } = connect();

    await expect(channel.request('refuse', {})).rejects.toMatchObject({
      name: 'EngineFailure',
      code: 'refused',
      message: 'not now',
    });
    await expect(channel.request('crash', {})).rejects.toMatchObject({
      code: 'failed',
      message: 'broken',
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'unheardOf'])(
    'serves no method called %s',
    async method => {
      const { channel } = connect();

      await expect(channel.request(method as 'nothing', {})).rejects.toThrow(
        `The engine process has no method ${method}.`,
      );
    },
  );

  it('runs what must be told before the answer', async () => {
    const { channel, beforeReply } = connect();

    await channel.request('nothing', {});

    expect(beforeReply).toHaveBeenCalledTimes(1);
  });

  it('gives events to the listener', async () => {
    const { channel, engine, events } = connect();

    await engine.send({ orchestrator: 'event', name: 'changed', payload: 1 });
    await channel.request('nothing', {});

    expect(events).toEqual([['changed', 1]]);
  });

  it('ignores what others send through the same pipe', async () => {
    const { channel, portal, engine, events } = connect();

    for (const port of [portal, engine]) {
      await port.send({ type: 'watch', path: 'a.ts' });
      await port.send(null);
      await port.send('text');
      await port.send({ orchestrator: 'reply', id: 99 });
    }

    await expect(channel.request('add', { a: 1, b: 1 })).resolves.toBe(2);
    expect(events).toEqual([]);
  });

  it('rejects with the reason of an aborted signal and tells the other side', async () => {
    const aborted = jest.fn();
    const { channel } = connect({
      wait: (_params, { signal }) =>
        new Promise<string>(() => signal.addEventListener('abort', aborted)),
    });
    const controller = new AbortController();
    const request = channel.request('wait', {}, { signal: controller.signal });

    await channel.request('nothing', {});
    controller.abort(new Error('no longer needed'));

    await expect(request).rejects.toThrow('no longer needed');
    await channel.request('nothing', {});
    expect(aborted).toHaveBeenCalled();
  });

  it('sends nothing when the signal is aborted already', async () => {
    const add = jest.fn();
    const { channel } = connect({ add });

    await expect(
      channel.request(
        'add',
        { a: 1, b: 1 },
        { signal: AbortSignal.abort('late') },
      ),
    ).rejects.toBe('late');
    expect(add).not.toHaveBeenCalled();
  });

  it('gives up after the time limit', async () => {
    const { channel } = connect();

    await expect(
      channel.request('wait', {}, { timeoutMs: 5 }),
    ).rejects.toMatchObject({
      name: 'RequestTimeoutError',
      message: 'No answer to wait in 5 ms.',
    });
  });

  it('rejects what is pending and what follows once it is closed', async () => {
    const { channel } = connect();
    const pending = channel.request('wait', {});

    channel.close(new Error('process ended'));

    await expect(pending).rejects.toThrow('process ended');
    await expect(channel.request('nothing', {})).rejects.toThrow(
      'process ended',
    );
  });

  it('rejects when the message can not be sent', async () => {
    const channel = RequestChannel.open<Methods>(
      {
        send: async () => {
          throw new Error('pipe is closed');
        },
        onMessage: () => {},
      },
      () => {},
    );

    await expect(channel.request('nothing', {})).rejects.toThrow(
      'pipe is closed',
    );
  });
});

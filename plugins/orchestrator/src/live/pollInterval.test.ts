import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { OrchestratorError } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { pollEvery } from './pollInterval';

const ask = jest.fn();

const refusal = (status: number) =>
  OrchestratorError.fromReply(new Response(null, { status }), undefined);

describe('pollEvery', () => {
  let client: QueryClient;
  let asked: number[];
  let startedAt: number;

  beforeEach(() => {
    jest.useFakeTimers();
    ask.mockReset();
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  });

  afterEach(() => {
    client.clear();
    jest.useRealTimers();
  });

  const poll = () => {
    startedAt = Date.now();
    asked = [];
    new QueryObserver(client, {
      queryKey: ['polled'],
      queryFn: async () => {
        asked.push(Math.round((Date.now() - startedAt) / 1000));
        return ask();
      },
      refetchInterval: pollEvery(2000),
    }).subscribe(() => {});
  };

  /** A little more, since an answer takes a moment. */
  const pass = (seconds: number) =>
    jest.advanceTimersByTimeAsync(seconds * 1000 + 100);

  it('asks in even steps while it is answered', async () => {
    ask.mockReturnValue('answer');
    poll();
    await pass(6);

    expect(asked).toEqual([0, 2, 4, 6]);
  });

  it.each([
    ['the way there', new TypeError('Failed to fetch')],
    ['the server', refusal(503)],
    ['a limit', refusal(429)],
  ])('backs off while %s fails it, up to a minute', async (_, error) => {
    ask.mockRejectedValue(error);
    poll();
    await pass(180);

    expect(asked).toEqual([0, 4, 12, 28, 60, 120, 180]);
  });

  it('asks as often as before once it is answered again', async () => {
    ask
      .mockReturnValueOnce('answer')
      .mockRejectedValueOnce(refusal(503))
      .mockRejectedValueOnce(refusal(503))
      .mockReturnValueOnce('answer')
      .mockRejectedValueOnce(refusal(503))
      .mockReturnValue('answer');
    poll();
    await pass(24);

    expect(asked).toEqual([0, 2, 6, 14, 16, 20, 22, 24]);
  });

  it.each([401, 403, 404])('does not ask again after a %d', async status => {
    ask.mockReturnValueOnce('answer').mockRejectedValue(refusal(status));
    poll();
    await pass(600);

    expect(asked).toEqual([0, 2]);
  });

  it('goes on when a refusal is over by the time that someone asks', async () => {
    ask.mockRejectedValueOnce(refusal(403)).mockReturnValue('answer');
    poll();
    await pass(10);
    await client.refetchQueries({ queryKey: ['polled'] });
    await pass(4);

    expect(asked).toEqual([0, 10, 12, 14]);
  });
});

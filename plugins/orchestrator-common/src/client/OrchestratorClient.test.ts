import { OrchestratorClient } from './OrchestratorClient';
import { OrchestratorError } from './OrchestratorError';

const discoveryApi = {
  getBaseUrl: async (pluginId: string) => `http://portal.test/api/${pluginId}`,
};

function clientAnswering(status: number, body: unknown, headers = {}) {
  const requests: Request[] = [];
  const client = OrchestratorClient.create({
    discoveryApi,
    fetchApi: {
      fetch: async (input, init) => {
        requests.push(new Request(input, init));
        return new Response(
          typeof body === 'string' ? body : JSON.stringify(body),
          {
            status,
            headers: { 'Content-Type': 'application/json', ...headers },
          },
        );
      },
    },
  });
  return { client, requests };
}

describe('OrchestratorClient', () => {
  it('writes filters as the API reads them', async () => {
    const { client, requests } = clientAnswering(200, { items: [] });

    await client.listInstances({
      workflowId: ['greet', 'a b'],
      state: ['ACTIVE', 'ERROR'],
      initiator: 'me',
      sort: '-createdAt',
    });

    const { pathname, searchParams } = new URL(requests[0].url);
    expect(pathname).toBe('/api/orchestrator/instances');
    expect(Object.fromEntries(searchParams)).toEqual({
      workflowId: 'greet,a b',
      state: 'ACTIVE,ERROR',
      initiator: 'me',
      sort: '-createdAt',
    });
  });

  it('sends one event or a batch in the formats of CloudEvents', async () => {
    const { client, requests } = clientAnswering(202, { items: [] });
    const event = {
      specversion: '1.0' as const,
      id: 'e1',
      source: '/shop',
      type: 'order.placed',
    };

    await client.sendEvents(event);
    await client.sendEvents([event]);

    expect(
      await Promise.all(
        requests.map(async request => [
          request.headers.get('Content-Type'),
          await request.json(),
        ]),
      ),
    ).toEqual([
      ['application/cloudevents+json', event],
      ['application/cloudevents-batch+json', [event]],
    ]);
  });

  it('escapes ids in the path', async () => {
    const { client, requests } = clientAnswering(200, {});

    await client.getWorkflow('a b/../c');

    expect(new URL(requests[0].url).pathname).toBe(
      '/api/orchestrator/workflows/a%20b%2F..%2Fc',
    );
  });

  it('lets each of several middlewares look at a request with a body', async () => {
    const bodies: string[] = [];
    const client = OrchestratorClient.create({
      discoveryApi,
      fetchApi: {
        fetch: async (input, init) => {
          bodies.push(await new Request(input, init).text());
          bodies.push(await new Request(input, init).text());
          return new Response('{}');
        },
      },
    });

    await client.abortInstance('i-1', { reason: 'no longer needed' });

    expect(bodies).toEqual(Array(2).fill('{"reason":"no longer needed"}'));
  });

  it('runs a workflow under an idempotency key', async () => {
    const { client, requests } = clientAnswering(202, { id: 'i-1' });

    const instance = await client.runWorkflow(
      'greet',
      { input: { name: 'Ada' } },
      { idempotencyKey: 'key-1', token: 'secret' },
    );

    expect(instance).toEqual({ id: 'i-1' });
    expect(requests[0].method).toBe('POST');
    expect(requests[0].headers.get('Idempotency-Key')).toBe('key-1');
    expect(requests[0].headers.get('Authorization')).toBe('Bearer secret');
    expect(await requests[0].json()).toEqual({ input: { name: 'Ada' } });
  });

  it('throws what the API says is wrong', async () => {
    const { client } = clientAnswering(400, {
      error: {
        name: 'InputError',
        message: 'The input does not fit the schema',
        details: [{ path: '/name', message: 'must be string' }],
      },
      response: { statusCode: 400 },
    });

    const error = await client.runWorkflow('greet', {}).catch(e => e);

    expect(error).toBeInstanceOf(OrchestratorError);
    expect(error).toMatchObject({
      name: 'InputError',
      status: 400,
      message: 'The input does not fit the schema',
      details: [{ path: '/name', message: 'must be string' }],
    });
  });

  it('tells when to try again', async () => {
    const { client } = clientAnswering(
      429,
      { error: { name: 'TooManyRequestsError', message: 'Slow down' } },
      { 'Retry-After': '7' },
    );

    await expect(client.runWorkflow('greet', {})).rejects.toMatchObject({
      status: 429,
      retryAfterSeconds: 7,
    });
  });

  it.each(['<html>Bad gateway</html>', '""', '{}'])(
    'tells a foreign error reply %j by its status',
    async body => {
      const { client } = clientAnswering(502, body);

      await expect(client.getMode()).rejects.toMatchObject({
        status: 502,
        message: expect.stringContaining('502'),
        details: [],
      });
    },
  );

  it('passes on that there was no answer', async () => {
    const client = OrchestratorClient.create({
      discoveryApi,
      fetchApi: {
        fetch: async () => {
          throw new TypeError('Failed to fetch');
        },
      },
    });

    await expect(client.getMode()).rejects.toThrow('Failed to fetch');
  });
});

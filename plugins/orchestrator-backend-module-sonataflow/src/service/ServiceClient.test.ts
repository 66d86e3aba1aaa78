import { mockServices } from '@backstage/backend-test-utils';
import { EngineNotCalledError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import { Handler, Reaction, TestServer } from '../__testUtils__/TestServer';
import { ServiceRule } from '../config/SonataFlowConfig';
import { AddressPattern } from './AddressPattern';
import { ServiceClient } from './ServiceClient';
import { ServiceClients } from './ServiceClients';

const INSTANCE = {
  workflowId: 'greet',
  engineInstanceId: '465955de-7e1e-46f6-a4cb-d1a56c002ce5',
};

describe('ServiceClient', () => {
  let server: TestServer;
  let clients: ServiceClients;
  let client: ServiceClient;

  function connect(rule: Partial<ServiceRule> = {}) {
    clients = ServiceClients.create({
      rules: [
        {
          match: AddressPattern.parse('http://127.0.0.1:*'),
          allowPrivate: true,
          tls: {},
          timeoutMs: 30_000,
          ...rule,
        },
      ],
      clock: new FakeClock(),
      logger: mockServices.logger.mock(),
    });
    const found = clients.find(server.url);
    if (!found) {
      throw new Error('the rule does not match');
    }
    client = found;
  }

  async function reconnect(rule: Partial<ServiceRule>) {
    await clients.close();
    connect(rule);
  }

  beforeEach(async () => {
    server = await TestServer.start(() => ({ status: 500 }));
    connect();
  });

  afterEach(async () => {
    await clients.close();
    await server.close();
  });

  const answer =
    (reaction: Reaction): Handler =>
    () =>
      reaction;
  const start = (signal?: AbortSignal) =>
    client.start({
      workflowId: 'greet',
      businessKey: 'key 1&x=2',
      input: { name: 'Ada', workflowdata: 'mine' },
      headers: {
        'X-Correlation': '7',
        'X-KOGITO-StartFromNode': '4',
        KogitoProcRefId: 'another',
        'ce-id': '1',
        'Content-Encoding': 'gzip',
        'Transfer-Encoding': 'identity',
        Connection: 'upgrade',
        Host: 'evil.test',
      },
      signal,
    });

  describe('starting an instance', () => {
    it('sends the input wrapped, with the business key and the own headers only', async () => {
      server.handle(answer({ status: 201, body: { id: 'new' } }));
      await start();
      expect(server.requests).toEqual([
        expect.objectContaining({
          method: 'POST',
          url: '/greet?businessKey=key+1%26x%3D2',
          body: '{"workflowdata":{"name":"Ada","workflowdata":"mine"}}',
        }),
      ]);
      const { headers } = server.requests[0];
      expect(headers['content-type']).toBe('application/json');
      expect(headers['x-correlation']).toBe('7');
      expect(headers.connection).toBe('close');
      expect(Object.keys(headers)).toEqual(
        expect.not.arrayContaining([
          expect.stringMatching(/kogito|^ce-|encoding/),
        ]),
      );
      expect(headers.host).toBe(new URL(server.url).host);
    });

    it('sends the token of the service', async () => {
      await reconnect({ token: 'sesame' });
      server.handle(answer({ status: 201, body: { id: 'new' } }));
      await start();
      expect(server.requests[0].headers.authorization).toBe('Bearer sesame');
    });

    const failure = {
      id: 'i-1',
      failedNodeId: '6',
      message: 'java.net.ConnectException - Connection refused',
    };

    it.each<[string, Reaction, object]>([
      [
        'a 201 with an id',
        { status: 201, body: { id: 'i-1', workflowdata: {} } },
        { outcome: 'started', engineInstanceId: 'i-1' },
      ],
      [
        'a 201 whose body was lost, but not its address',
        {
          status: 201,
          headers: { location: 'http://wf:8080/greet/465955de-7e1e-46f6' },
          body: '',
        },
        { outcome: 'started', engineInstanceId: '465955de-7e1e-46f6' },
      ],
      [
        'a 500 with an id',
        { status: 500, body: failure },
        {
          outcome: 'failed',
          engineInstanceId: 'i-1',
          message: 'Connection refused',
        },
      ],
      [
        'a 404 with an id, which a failing call of the workflow causes',
        { status: 404, body: { ...failure, errorCode: '404' } },
        { outcome: 'failed', engineInstanceId: 'i-1' },
      ],
      [
        'a 400 listing violations of the schema',
        {
          status: 400,
          body: {
            id: null,
            failedNodeId: null,
            message:
              'There are JsonSchema validation errors:\n$.name: is missing but it is required\n$.team.members[0].mail: does not match: ^.+@.+$',
          },
        },
        {
          outcome: 'refused',
          reason: 'input',
          problems: [
            { path: '/name', message: 'is missing but it is required' },
            {
              path: '/team/members/0/mail',
              message: 'does not match: ^.+@.+$',
            },
          ],
        },
      ],
      [
        'a 400 for a workflow that starts by an event',
        {
          status: 400,
          body: {
            message: 'There is no start node that matches the trigger none',
          },
        },
        {
          outcome: 'refused',
          reason: 'engine',
          message: 'The workflow starts only by an event',
        },
      ],
      [
        'a 400 in plain text',
        { status: 400, body: 'Not able to deserialize data provided.' },
        {
          outcome: 'refused',
          reason: 'engine',
          message: expect.stringContaining('Not able to deserialize'),
        },
      ],
      [
        'a 404 web page',
        { status: 404, body: '<html><h1>Resource not found</h1></html>' },
        { outcome: 'refused', reason: 'unknown-workflow' },
      ],
      [
        'a 403',
        { status: 403, body: '' },
        {
          outcome: 'refused',
          reason: 'engine',
          message: expect.stringContaining('credentials'),
        },
      ],
      [
        'a 429',
        { status: 429, body: '' },
        { outcome: 'refused', reason: 'limit' },
      ],
      ['a 408 of a gateway', { status: 408, body: '' }, { outcome: 'unknown' }],
      [
        'a 500 without an id',
        { status: 500, body: {} },
        { outcome: 'unknown' },
      ],
      ['a 502', { status: 502, body: 'Bad Gateway' }, { outcome: 'unknown' }],
      ['a 503', { status: 503, body: '' }, { outcome: 'unknown' }],
      ['a 504', { status: 504, body: '' }, { outcome: 'unknown' }],
      [
        'a 200 of something else',
        { status: 200, body: '<html>sign in</html>' },
        { outcome: 'unknown' },
      ],
      [
        'a redirect',
        { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
        { outcome: 'unknown' },
      ],
      [
        'a connection cut before the answer',
        { cut: 'before-answer' },
        { outcome: 'unknown' },
      ],
      [
        'a connection cut within the answer',
        { cut: 'within-answer' },
        { outcome: 'unknown' },
      ],
    ])('understands %s', async (_what, reaction, expected) => {
      server.handle(answer(reaction));
      await expect(start()).resolves.toMatchObject(expected);
      expect(server.requests).toHaveLength(1);
    });

    it('proves by a refused connection that nothing started', async () => {
      await server.close();
      await expect(start()).resolves.toMatchObject({
        outcome: 'refused',
        reason: 'unreachable',
      });
      await server.listen();
    });

    it('cannot tell after a time-out', async () => {
      await reconnect({ timeoutMs: 100 });
      server.handle(answer({ hang: true }));
      await expect(start()).resolves.toMatchObject({ outcome: 'unknown' });
    });

    it('finds the instance behind an answer that is too large to read', async () => {
      server.handle(
        answer({
          status: 201,
          headers: { location: `${server.url}/greet/465955de-7e1e-46f6` },
          body: { id: 'x', workflowdata: 'x'.repeat(9 * 1024 * 1024) },
        }),
      );
      await expect(start()).resolves.toEqual({
        outcome: 'started',
        engineInstanceId: '465955de-7e1e-46f6',
      });
    });

    it('ends with the reason of a caller who gives up', async () => {
      const controller = new AbortController();
      const reason = new Error('shutting down');
      server.handle(() => {
        controller.abort(reason);
        return { hang: true };
      });
      await expect(start(controller.signal)).rejects.toBe(reason);
    });

    it('spells headers with capitals, which SonataFlow needs not to pass them on', async () => {
      server.handle(answer({ status: 201, body: { id: 'new' } }));
      await start();
      expect(server.requests[0].headerNames).toEqual(
        expect.arrayContaining([
          'Host',
          'Connection',
          'Content-Length',
          'Content-Type',
          'Accept',
        ]),
      );
    });

    it('sends each start on a connection of its own', async () => {
      server.handle(answer({ status: 201, body: { id: 'new' } }));
      await start();
      await start();
      server.requests.forEach(({ headers }) =>
        expect(headers.connection).toBe('close'),
      );
    });

    it('stops calling a dead service, and then refuses at once', async () => {
      server.handle(answer({ cut: 'before-answer' }));
      for (let i = 0; i < 5; i++) {
        await expect(start()).resolves.toMatchObject({ outcome: 'unknown' });
      }
      await expect(start()).resolves.toMatchObject({
        outcome: 'refused',
        reason: 'unreachable',
      });
      expect(server.requests).toHaveLength(5);
    });
  });

  describe('aborting', () => {
    it('deletes the instance', async () => {
      server.handle(answer({ status: 200, body: { id: 'x' } }));
      await client.instances.abort(INSTANCE);
      expect(
        server.requests.map(({ method, url }) => `${method} ${url}`),
      ).toEqual([
        `DELETE /management/processes/greet/instances/${INSTANCE.engineInstanceId}`,
      ]);
    });

    it('says so when the service does not run it', async () => {
      server.handle(
        answer({
          status: 404,
          body: `Process instance with id ${INSTANCE.engineInstanceId} not found`,
        }),
      );
      await expect(client.instances.abort(INSTANCE)).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
      expect(server.requests).toHaveLength(1);
    });

    it('goes without the management add-on', async () => {
      server.handle(({ url }) =>
        url.startsWith('/management')
          ? { status: 404, body: '<html>Resource not found</html>' }
          : { status: 200, body: {} },
      );
      await client.instances.abort(INSTANCE);
      expect(server.requests.at(-1)).toMatchObject({
        method: 'DELETE',
        url: `/greet/${INSTANCE.engineInstanceId}`,
      });
    });

    it.each([
      [503, 'EngineUnreachableError'],
      [504, 'EngineTimeoutError'],
      [408, 'EngineTimeoutError'],
      [500, 'EngineProtocolError'],
      [403, 'EngineRefusedError'],
    ])('turns %i into %s', async (status, name) => {
      server.handle(answer({ status, body: '' }));
      await expect(client.instances.abort(INSTANCE)).rejects.toMatchObject({
        name,
      });
      expect(server.requests).toHaveLength(1);
    });
  });

  describe('retrying', () => {
    it('retriggers the instance', async () => {
      server.handle(answer({ status: 200, body: { id: 'x' } }));
      await client.instances.retrigger(INSTANCE);
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        url: `/management/processes/greet/instances/${INSTANCE.engineInstanceId}/retrigger`,
      });
    });

    it('tells that the instance failed again', async () => {
      server.handle(
        answer({
          status: 500,
          body: {
            id: INSTANCE.engineInstanceId,
            failedNodeId: '6',
            message: 'again',
          },
        }),
      );
      await expect(client.instances.retrigger(INSTANCE)).resolves.toEqual({
        errorMessage: 'again',
      });
    });

    it('says so when there is nothing to retry', async () => {
      server.handle(
        answer({
          status: 400,
          body: `Process instance with id ${INSTANCE.engineInstanceId} is not in error state`,
        }),
      );
      await expect(client.instances.retrigger(INSTANCE)).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('is not in error state'),
      });
    });
  });

  describe('skipping the failed node', () => {
    it('posts to the management add-on', async () => {
      server.handle(answer({ status: 200, body: { id: 'x' } }));
      await client.instances.skip(INSTANCE);
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        url: `/management/processes/greet/instances/${INSTANCE.engineInstanceId}/skip`,
      });
    });

    it('tells that a later node failed', async () => {
      server.handle(
        answer({
          status: 500,
          body: { id: INSTANCE.engineInstanceId, message: 'later' },
        }),
      );
      await expect(client.instances.skip(INSTANCE)).resolves.toEqual({
        errorMessage: 'later',
      });
    });

    it('is refused without the add-on', async () => {
      server.handle(answer({ status: 404, body: '<html>not found</html>' }));
      await expect(client.instances.skip(INSTANCE)).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('no process management add-on'),
      });
    });
  });

  describe('entering a node again', () => {
    const again = () => client.instances.retriggerNode(INSTANCE, 'n/1');

    it('posts to the node', async () => {
      server.handle(answer({ status: 200, body: {} }));
      await again();
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        url: `/management/processes/greet/instances/${INSTANCE.engineInstanceId}/nodeInstances/n%2F1`,
      });
    });

    it('tells that it failed again', async () => {
      server.handle(
        answer({
          status: 500,
          body: { id: INSTANCE.engineInstanceId, message: 'again' },
        }),
      );
      await expect(again()).resolves.toEqual({ errorMessage: 'again' });
    });

    it('tells a node that is not open from an instance that is not there', async () => {
      server.handle(
        answer({
          status: 404,
          body: { message: 'Node instance with id n/1 not found within …' },
        }),
      );
      await expect(again()).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('not open'),
      });
      server.handle(
        answer({ status: 404, body: 'Process instance with id x not found' }),
      );
      await expect(again()).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
    });
  });

  describe('changing the data', () => {
    it('sends the patch wrapped', async () => {
      server.handle(answer({ status: 200, body: {} }));
      await client.instances.patchData(INSTANCE, { workflowdata: 1 });
      expect(server.requests[0]).toMatchObject({
        method: 'PATCH',
        url: `/greet/${INSTANCE.engineInstanceId}`,
        body: '{"workflowdata":{"workflowdata":1}}',
      });
    });

    it('says so when there is no such unfinished instance', async () => {
      server.handle(
        answer({ status: 404, body: { message: 'HTTP 404 Not Found' } }),
      );
      await expect(
        client.instances.patchData(INSTANCE, {}),
      ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
    });
  });

  describe('asking what is deployed', () => {
    it('tells version and schema', async () => {
      server.handle(
        answer({
          status: 200,
          body: {
            id: 'greet',
            version: '1.1',
            inputSchema: { type: 'object' },
          },
        }),
      );
      await expect(client.deployedWorkflow('greet')).resolves.toEqual({
        kind: 'deployed',
        version: '1.1',
        inputSchema: { type: 'object' },
      });
    });

    it('tells an unknown workflow from a missing add-on', async () => {
      server.handle(
        answer({ status: 404, body: 'Process with id greet not found' }),
      );
      await expect(client.deployedWorkflow('greet')).resolves.toEqual({
        kind: 'not-deployed',
      });
      server.handle(answer({ status: 404, body: '<html>not found</html>' }));
      await expect(client.deployedWorkflow('greet')).resolves.toEqual({
        kind: 'untold',
      });
    });

    it('asks once more when the connection breaks', async () => {
      server.handle(() =>
        server.requests.length === 1
          ? { cut: 'before-answer' }
          : { status: 200, body: { version: '1.0' } },
      );
      await expect(client.deployedWorkflow('greet')).resolves.toMatchObject({
        kind: 'deployed',
      });
    });
  });

  it('says that a service takes no events', async () => {
    server.handle(answer({ status: 404, body: '' }));
    await expect(
      client.sendEvent({ specversion: '1.0', id: 'e', source: 's', type: 't' }),
    ).rejects.toMatchObject({
      name: 'EngineRefusedError',
      message: expect.stringContaining('takes no events'),
    });
  });

  it.each([
    [401, 'does not accept the credentials of the portal'],
    [403, 'does not accept the credentials of the portal'],
    [407, 'The proxy does not accept the credentials'],
    [429, 'has too much to do at present'],
  ])(
    'does not take a %i for a word on the event: it is worth being sent later',
    async (status, reason) => {
      server.handle(answer({ status, body: '' }));
      const sent = client.sendEvent({
        ...{ specversion: '1.0', id: 'e', source: 's', type: 't' },
      });
      await expect(sent).rejects.toThrow(EngineNotCalledError);
      await expect(sent).rejects.toThrow(reason);
    },
  );

  it('keeps odd ids inside their place of the path', async () => {
    server.handle(answer({ status: 200, body: {} }));
    await client.instances.abort({
      workflowId: '../a?x=1#y',
      engineInstanceId: 'b/c',
    });
    expect(server.requests[0].url).toBe(
      '/management/processes/..%2Fa%3Fx%3D1%23y/instances/b%2Fc',
    );
  });

  it.each(['..', '.', ''])('calls nothing for the id %j', async id => {
    await expect(
      client.instances.abort({ workflowId: 'greet', engineInstanceId: id }),
    ).rejects.toMatchObject({ name: 'EngineRefusedError' });
    expect(server.requests).toEqual([]);
  });
});

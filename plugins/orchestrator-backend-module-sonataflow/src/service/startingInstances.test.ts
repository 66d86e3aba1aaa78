import { ServiceBed } from '../__testUtils__/ServiceBed';
import { Reaction } from '../__testUtils__/TestServer';

describe('starting an instance', () => {
  const bed = ServiceBed.forTests();

  const start = (signal?: AbortSignal) =>
    bed.client.start({
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

  it('sends the input wrapped, with the business key and the own headers only', async () => {
    bed.answer({ status: 201, body: { id: 'new' } });
    await start();
    expect(bed.server.requests).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: '/greet?businessKey=key+1%26x%3D2',
        body: '{"workflowdata":{"name":"Ada","workflowdata":"mine"}}',
      }),
    ]);
    const { headers } = bed.server.requests[0];
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-correlation']).toBe('7');
    expect(headers.connection).toBe('close');
    expect(Object.keys(headers)).toEqual(
      expect.not.arrayContaining([
        expect.stringMatching(/kogito|^ce-|encoding/),
      ]),
    );
    expect(headers.host).toBe(new URL(bed.server.url).host);
  });

  it('sends the token of the service', async () => {
    await bed.reconnect({ token: 'sesame' });
    bed.answer({ status: 201, body: { id: 'new' } });
    await start();
    expect(bed.server.requests[0].headers.authorization).toBe('Bearer sesame');
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
    ['a 500 without an id', { status: 500, body: {} }, { outcome: 'unknown' }],
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
    bed.answer(reaction);
    await expect(start()).resolves.toMatchObject(expected);
    expect(bed.server.requests).toHaveLength(1);
  });

  it('proves by a refused connection that nothing started', async () => {
    await bed.server.close();
    await expect(start()).resolves.toMatchObject({
      outcome: 'refused',
      reason: 'unreachable',
    });
    await bed.server.listen();
  });

  it('cannot tell after a time-out', async () => {
    await bed.reconnect({ timeoutMs: 100 });
    bed.answer({ hang: true });
    await expect(start()).resolves.toMatchObject({ outcome: 'unknown' });
  });

  it('finds the instance behind an answer that is too large to read', async () => {
    bed.answer({
      status: 201,
      headers: { location: `${bed.server.url}/greet/465955de-7e1e-46f6` },
      body: { id: 'x', workflowdata: 'x'.repeat(9 * 1024 * 1024) },
    });
    await expect(start()).resolves.toEqual({
      outcome: 'started',
      engineInstanceId: '465955de-7e1e-46f6',
    });
  });

  it('ends with the reason of a caller who gives up', async () => {
    const controller = new AbortController();
    const reason = new Error('shutting down');
    bed.server.handle(() => {
      controller.abort(reason);
      return { hang: true };
    });
    await expect(start(controller.signal)).rejects.toBe(reason);
  });

  it('spells headers with capitals, which SonataFlow needs not to pass them on', async () => {
    bed.answer({ status: 201, body: { id: 'new' } });
    await start();
    expect(bed.server.requests[0].headerNames).toEqual(
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
    bed.answer({ status: 201, body: { id: 'new' } });
    await start();
    await start();
    bed.server.requests.forEach(({ headers }) =>
      expect(headers.connection).toBe('close'),
    );
  });

  it('stops calling a dead service, and then refuses at once', async () => {
    bed.answer({ cut: 'before-answer' });
    for (let i = 0; i < 5; i++) {
      await expect(start()).resolves.toMatchObject({ outcome: 'unknown' });
    }
    await expect(start()).resolves.toMatchObject({
      outcome: 'refused',
      reason: 'unreachable',
    });
    expect(bed.server.requests).toHaveLength(5);
  });
});

import { EngineNotCalledError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { EngineBed } from '../__testUtils__/EngineBed';
import { Handler, Reaction } from '../__testUtils__/TestServer';

type Call = (bed: EngineBed) => Promise<unknown>;

/** The questions of the port that only the Data Index can answer. */
const QUESTIONS: Array<[string, Call]> = [
  ['changes', ({ engine }) => engine.changes(undefined, 10)],
  ['summaries', ({ engine }) => engine.summaries(['one'])],
  [
    'window',
    ({ engine }) =>
      engine.window(
        { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
        { offset: 0, limit: 10 },
      ),
  ],
  ['getInstance', ({ engine }) => engine.getInstance('one')],
  ['listWorkflows', ({ engine }) => engine.listWorkflows()],
  ['abort', ({ engine }) => engine.abort('one')],
];

const errors = (classification: string): Reaction => ({
  status: 200,
  body: {
    data: null,
    errors: [
      {
        message: 'relation "secret" at 10.0.0.7 does not exist',
        extensions: { classification },
      },
    ],
  },
});

const cutJson: Reaction = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"data":{"ProcessInstances":[{"id":"10.0.0.7',
};

const FAULTS: Array<[string, Reaction, { name: string; message: RegExp }]> = [
  [
    'HTTP 200 with errors',
    errors('ExecutionAborted'),
    { name: 'EngineProtocolError', message: /an error \(ExecutionAborted\)/ },
  ],
  [
    'a storage that fails for a while',
    errors('DataFetchingException'),
    {
      name: 'EngineProtocolError',
      message: /an error \(DataFetchingException\)/,
    },
  ],
  [
    'another schema',
    errors('ValidationError'),
    {
      name: 'EngineProtocolError',
      message: /does not have what the portal asks for.*9\.9 to 10\.2/,
    },
  ],
  [
    'a schema that may not be asked for',
    { status: 200, body: { data: { __type: null } } },
    { name: 'EngineProtocolError', message: /has to allow introspection/ },
  ],
  [
    'HTTP 500',
    { status: 500, body: { details: 'Error id 10.0.0.7', stack: '' } },
    { name: 'EngineProtocolError', message: /HTTP 500 and no GraphQL result/ },
  ],
  [
    'JSON that is cut',
    cutJson,
    { name: 'EngineProtocolError', message: /HTTP 200 and no GraphQL result/ },
  ],
  [
    'a web page',
    { status: 200, body: '<html>Sign in at 10.0.0.7</html>' },
    { name: 'EngineProtocolError', message: /HTTP 200 and no GraphQL result/ },
  ],
  [
    'a redirect',
    { status: 302, headers: { location: 'http://10.0.0.7/' } },
    { name: 'EngineProtocolError', message: /HTTP 302/ },
  ],
  [
    'refused credentials',
    { status: 403, body: '10.0.0.7' },
    {
      name: 'EngineProtocolError',
      message: /refused the portal's credentials/,
    },
  ],
  [
    'a gateway that finds nobody',
    { status: 503, body: '10.0.0.7' },
    { name: 'EngineUnreachableError', message: /cannot be reached/ },
  ],
  [
    'a connection cut before the answer',
    { cut: 'before-answer' },
    { name: 'EngineUnreachableError', message: /cannot be reached/ },
  ],
  [
    'a connection cut within the answer',
    { cut: 'within-answer' },
    { name: 'EngineUnreachableError', message: /cannot be reached/ },
  ],
];

describe('a Data Index that fails', () => {
  let bed: EngineBed;
  const works: Handler = ({ url }) => ({
    status: 200,
    body: url.startsWith('/management/processes/work')
      ? { version: '1.0' }
      : {},
  });

  async function start(indexTimeoutMs?: number) {
    bed = await EngineBed.start({ services: [works], indexTimeoutMs });
    bed.define('work', bed.services[0]);
    bed.put('one', bed.services[0]);
  }

  afterEach(() => bed.close());

  const changesAtService = () =>
    bed.services[0].requests.filter(({ method }) => method !== 'GET');

  /** Everything is well again, without anybody restarting anything. */
  async function recovered() {
    bed.indexServer.handle(bed.index.handler);
    bed.clock.advance(60_000);
    for (const [, ask] of QUESTIONS) {
      await ask(bed);
    }
    return bed.engine.health();
  }

  describe.each(FAULTS)('with %s', (_what, reaction, expected) => {
    it('is told in a sentence, never in its own words, and recovers', async () => {
      await start();
      bed.indexServer.handle(() => reaction);
      for (const [, ask] of QUESTIONS) {
        const error = await ask(bed).then(
          () => new Error('answered'),
          (e: Error) => e,
        );
        // After some failures in a row it is left alone for a while.
        expect(error.name).toMatch(/^Engine/);
        expect(error.message).toMatch(/^The Data Index /);
        expect(String(error)).not.toContain('10.0.0.7');
      }
      bed.clock.advance(60_000);
      await expect(bed.engine.summaries(['one'])).rejects.toMatchObject({
        name: expected.name,
        message: expect.stringMatching(expected.message),
      });
      const health = await bed.engine.health();
      expect(health.reachable).toBe(false);

      expect(await recovered()).toMatchObject({ reachable: true });
    });

    it('lets no action reach a service, and says so', async () => {
      await start();
      bed.indexServer.handle(() => reaction);
      for (const act of ['abort', 'retry', 'skip'] as const) {
        const error = await bed.engine[act]('one').catch(e => e);
        expect(error).toBeInstanceOf(EngineNotCalledError);
        expect(error.message).toMatch(/^The Data Index /);
      }
      expect(changesAtService()).toEqual([]);
    });

    it('starts nothing', async () => {
      await start();
      bed.indexServer.handle(() => reaction);
      await expect(
        bed.engine.run({ workflowId: 'work', input: {}, businessKey: 'k' }),
      ).resolves.toMatchObject({
        outcome: 'refused',
        reason: 'unreachable',
        message: expect.stringMatching(/^The Data Index /),
      });
      expect(changesAtService()).toEqual([]);
    });
  });

  it('by hanging is told as too slow, is then left alone, and recovers', async () => {
    await start(200);
    bed.indexServer.handle(() => ({ hang: true }));
    for (let i = 0; i < 5; i++) {
      await expect(bed.engine.summaries(['one'])).rejects.toMatchObject({
        name: 'EngineTimeoutError',
        message: 'The Data Index did not answer in time',
      });
    }
    const asked = bed.indexServer.requests.length;
    await expect(bed.engine.summaries(['one'])).rejects.toMatchObject({
      name: 'EngineUnreachableError',
    });
    expect(bed.indexServer.requests).toHaveLength(asked);
  });

  it.each([
    ['than it is given', 200, undefined],
    ['than the caller waits', undefined, 200],
  ])(
    'by taking longer %s lets no action reach a service',
    async (_, indexTimeoutMs, callerMs) => {
      await start(indexTimeoutMs);
      await bed.engine.summaries(['one']);
      bed.indexServer.handle(() => ({ hang: true }));
      const signal = callerMs ? AbortSignal.timeout(callerMs) : undefined;
      const error = await bed.engine.abort('one', { signal }).catch(e => e);
      expect(error).toBeInstanceOf(EngineNotCalledError);
      expect(error.message).toBe('The Data Index did not answer in time');
      expect(changesAtService()).toEqual([]);
    },
  );

  it('and failed before the portal’s first question is learnt of later', async () => {
    await start();
    await bed.indexServer.close();
    await bed.engine.start();
    await bed.indexServer.listen();
    expect(await recovered()).toMatchObject({ reachable: true });
  });

  it('with counts that are null tells of no count, and of all else', async () => {
    await start();
    bed.indexServer.handle(request =>
      request.body.includes('CountProcessInstances')
        ? { status: 200, body: { data: { CountProcessInstances: null } } }
        : bed.index.answer(request),
    );
    const window = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
    await expect(bed.engine.count(window)).resolves.toBeUndefined();
    await expect(
      bed.engine.window(window, { offset: 0, limit: 10 }),
    ).resolves.toMatchObject({ summaries: [{ engineInstanceId: 'one' }] });
  });

  it('for one question lets the others through', async () => {
    await start();
    bed.indexServer.handle(request =>
      request.body.includes('InstanceDetail')
        ? errors('ExecutionAborted')
        : bed.index.answer(request),
    );
    for (let i = 0; i < 10; i++) {
      await expect(bed.engine.getInstance('one')).rejects.toMatchObject({
        name: 'EngineProtocolError',
      });
    }
    await expect(bed.engine.summaries(['one'])).resolves.toMatchObject({
      summaries: [{ engineInstanceId: 'one' }],
    });
  });
});

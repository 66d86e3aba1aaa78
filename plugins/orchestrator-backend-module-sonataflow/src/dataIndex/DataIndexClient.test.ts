import { mockServices } from '@backstage/backend-test-utils';
import { FakeClock } from '../__testUtils__/FakeClock';
import { SimulatedDataIndex } from '../__testUtils__/SimulatedDataIndex';
import { Handler, TestServer } from '../__testUtils__/TestServer';
import { exactHostGuard } from '../http/exactHostGuard';
import { HttpTransport } from '../http/HttpTransport';
import { DataIndexClient } from './DataIndexClient';
import {
  INSTANCE_DETAIL,
  INSTANCE_SUMMARIES,
  selectedTypes,
} from './documents';

describe('DataIndexClient', () => {
  let server: TestServer;
  let clock: FakeClock;
  let index: SimulatedDataIndex;
  let client: DataIndexClient;
  let transport: HttpTransport;
  let logger: ReturnType<typeof mockServices.logger.mock>;

  function connect(timeoutMs = 30_000, token?: string) {
    const url = new URL(`${server.url}/graphql`);
    transport = HttpTransport.create({
      guard: exactHostGuard(url),
      tls: {},
      timeoutMs,
    });
    return DataIndexClient.create({
      config: { url, token, timeoutMs, tls: {} },
      transport,
      clock,
      logger,
    });
  }

  beforeEach(async () => {
    clock = new FakeClock();
    logger = mockServices.logger.mock();
    index = new SimulatedDataIndex();
    index.put({
      id: 'one',
      processId: 'greet',
      version: '1.0',
      state: 'COMPLETED',
      start: clock.now(),
      lastUpdate: clock.now(),
    });
    server = await TestServer.start(index.handler);
    client = connect();
  });

  afterEach(async () => {
    await transport.close();
    await server.close();
  });

  const everything = () => client.rows(INSTANCE_SUMMARIES, {});

  /** Lets introspection pass and reacts to anything else. */
  function afterIntrospection(handler: Handler): Handler {
    return request =>
      request.body.includes('__type(')
        ? index.answer(request)
        : handler(request);
  }

  it('reads rows', async () => {
    await expect(everything()).resolves.toEqual([
      expect.objectContaining({ id: 'one', state: 'COMPLETED' }),
    ]);
  });

  it('introspects once, one type a request', async () => {
    await Promise.all([everything(), everything()]);
    await everything();
    const introspections = index.documents.filter(text =>
      text.includes('__type('),
    );
    expect(introspections).toHaveLength(selectedTypes().length);
  });

  it('introspects again when the Data Index was replaced by an older version', async () => {
    await client.rows(INSTANCE_DETAIL, {});
    const older = new SimulatedDataIndex({
      schema: SimulatedDataIndex.schemaWithout('errorMessage', 'variables'),
    });
    server.handle(older.handler);
    await expect(client.rows(INSTANCE_DETAIL, {})).resolves.toEqual([]);
  });

  it('introspects when the Data Index comes up later than the portal', async () => {
    server.handle(() => ({ status: 503, body: 'starting' }));
    await expect(everything()).rejects.toMatchObject({
      name: 'EngineUnreachableError',
    });
    server.handle(index.handler);
    await expect(everything()).resolves.toHaveLength(1);
  });

  it.each([
    ['9.9', ['executionSummary']],
    ['10.1', []],
    ['1', ['executionSummary', 'createdBy']],
  ])(
    'tells the release line %s by what the schema has',
    async (line, without) => {
      const other = new SimulatedDataIndex({
        schema: SimulatedDataIndex.schemaWithout(...without),
      });
      server.handle(other.handler);
      await expect(client.ping()).resolves.toMatchObject({ version: line });
    },
  );

  it('sends the bearer token', async () => {
    await transport.close();
    client = connect(30_000, 'sesame');
    await everything();
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer sesame');
  });

  it.each([
    [`"}}){id}} mutation{ProcessInstanceAbort(id:"one")}#`],
    [`one" } } ) { id } }`],
    ['one\n\r\u0000\u2028'],
    ['{{one}}'],
    [`'; DROP TABLE processes; --`],
    ['\\"\\u0022'],
  ])('takes %j as nothing but an id', async id => {
    index.put({
      id,
      processId: 'greet',
      version: '1.0',
      state: 'ACTIVE',
      start: clock.now(),
      lastUpdate: clock.now(),
    });
    const rows = await client.rows(INSTANCE_SUMMARIES, {
      where: { id: { equal: id } },
    });
    expect(rows.map(row => row.id)).toEqual([id]);
    const texts = new Set(
      index.documents.filter(text => text.includes('InstanceSummaries')),
    );
    expect(texts.size).toBe(1);
  });

  describe('when the answer is an error', () => {
    it('refuses HTTP 200 with errors, and tells no upstream detail', async () => {
      server.handle(
        afterIntrospection(() => ({
          status: 200,
          body: {
            data: null,
            errors: [
              {
                message: 'ERROR: relation "secret_table" does not exist',
                path: ['ProcessInstances'],
                extensions: { classification: 'ExecutionAborted' },
              },
            ],
          },
        })),
      );
      const error = await everything().catch(e => e);
      expect(error.name).toBe('EngineProtocolError');
      expect(String(error)).toContain('ExecutionAborted');
      expect(String(error)).not.toContain('secret_table');
    });

    it('uses the data when an error spoilt only a field below', async () => {
      server.handle(
        afterIntrospection(() => ({
          status: 200,
          body: {
            data: { ProcessInstances: [{ id: 'one', error: null }] },
            errors: [{ message: 'no', path: ['ProcessInstances', 0, 'error'] }],
          },
        })),
      );
      await expect(everything()).resolves.toEqual([{ id: 'one', error: null }]);
    });

    describe('that spoilt a whole row', () => {
      const reported = {
        message: 'Cannot return null for a field that is never null',
        path: ['ProcessInstances', 0, 'id'],
      };

      beforeEach(() =>
        server.handle(
          afterIntrospection(() => ({
            status: 200,
            body: {
              data: { ProcessInstances: [null, { id: 'one' }] },
              errors: [reported],
            },
          })),
        ),
      );

      it('gives no answer to who needs all rows', async () => {
        await expect(everything()).rejects.toMatchObject({
          name: 'EngineProtocolError',
          message: expect.stringContaining('The Data Index answered in part'),
        });
      });

      it('counts the row for who can do without it, and logs it once', async () => {
        const read = () => client.readableRows(INSTANCE_SUMMARIES, {});
        await read();
        await expect(read()).resolves.toEqual({
          rows: [{ id: 'one' }],
          unreadable: 1,
        });
        expect(logger.warn).toHaveBeenCalledTimes(1);
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining('InstanceSummaries'),
          { detail: reported.message },
        );
      });
    });

    it.each([
      ['rows that are null', { data: { ProcessInstances: null } }],
      ['no data at all', {}],
      ['something else', ['ProcessInstances']],
    ])('refuses %s', async (_what, body) => {
      server.handle(afterIntrospection(() => ({ status: 200, body })));
      await expect(everything()).rejects.toMatchObject({
        name: 'EngineProtocolError',
      });
    });

    it('refuses a 500 of the Data Index', async () => {
      server.handle(
        afterIntrospection(() => ({
          status: 500,
          body: { details: 'Error id 39fb1e26', stack: '' },
        })),
      );
      await expect(everything()).rejects.toThrow('HTTP 500');
    });

    it('names refused credentials', async () => {
      server.handle(() => ({ status: 401, body: '' }));
      await expect(everything()).rejects.toThrow('credentials');
    });

    it('does not follow a redirect', async () => {
      server.handle(() => ({
        status: 302,
        headers: { location: 'http://169.254.169.254/' },
      }));
      await expect(everything()).rejects.toThrow('HTTP 302');
    });

    it('tries a failed fetch again', async () => {
      await everything();
      let attempts = 0;
      server.handle(request => {
        attempts += 1;
        return attempts < 3
          ? {
              status: 200,
              body: {
                errors: [
                  { extensions: { classification: 'DataFetchingException' } },
                ],
              },
            }
          : index.answer(request);
      });
      await expect(everything()).resolves.toHaveLength(1);
      expect(attempts).toBe(3);
    });
  });

  describe('when there is no answer', () => {
    it('tries a cut connection again, and only so often', async () => {
      await everything();
      server.handle(() => ({ cut: 'before-answer' }));
      const before = server.requests.length;
      await expect(everything()).rejects.toMatchObject({
        name: 'EngineUnreachableError',
      });
      expect(server.requests.length - before).toBe(3);
    });

    it('gives up on a hanging Data Index without trying again', async () => {
      await everything();
      await transport.close();
      client = connect(100);
      await everything();
      server.handle(() => ({ hang: true }));
      const before = server.requests.length;
      await expect(everything()).rejects.toMatchObject({
        name: 'EngineTimeoutError',
      });
      expect(server.requests.length - before).toBe(1);
    });

    it('ends with the reason of the caller who gives up', async () => {
      await everything();
      const reason = new Error('left the page');
      const controller = new AbortController();
      server.handle(() => {
        controller.abort(reason);
        return { hang: true };
      });
      await expect(
        client.rows(INSTANCE_SUMMARIES, {}, controller.signal),
      ).rejects.toBe(reason);
    });

    it('stops reading an answer that is too large', async () => {
      await everything();
      const filler = 'x'.repeat(1024 * 1024);
      server.handle(() => ({
        status: 200,
        body: { data: { ProcessInstances: Array(33).fill({ id: filler }) } },
      }));
      await expect(everything()).rejects.toThrow('more than the portal reads');
    });

    it('stops calling after repeated failures, and recovers by itself', async () => {
      await everything();
      server.handle(() => ({ cut: 'before-answer' }));
      await expect(everything()).rejects.toThrow();
      await expect(everything()).rejects.toThrow();
      const before = server.requests.length;
      await expect(everything()).rejects.toThrow('cannot be reached');
      expect(server.requests.length).toBe(before);

      server.handle(index.handler);
      clock.advance(60_000);
      await expect(everything()).resolves.toHaveLength(1);
    });
  });
});

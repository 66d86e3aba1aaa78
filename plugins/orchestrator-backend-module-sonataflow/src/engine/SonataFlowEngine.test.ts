import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { APPROVAL_SOURCE } from '../__testUtils__/fixtures';
import { FakeClock } from '../__testUtils__/FakeClock';
import { SimulatedDataIndex } from '../__testUtils__/SimulatedDataIndex';
import { Handler, TestServer } from '../__testUtils__/TestServer';
import { AddressPattern } from '../service/AddressPattern';
import { SonataFlowEngine } from './SonataFlowEngine';

const PATIENCE_MS = 30_000;
const NOW = Date.parse('2026-01-01T12:00:00Z');

/** What a service answers about the workflows it has. */
function deployed(
  workflows: Record<string, { version: string; inputSchema?: object }>,
  otherwise: Handler = () => ({ status: 404, body: 'nothing here' }),
): Handler {
  return request => {
    const id = /^\/management\/processes\/([^/]+)$/.exec(request.url)?.[1];
    if (!id) {
      return otherwise(request);
    }
    return workflows[id]
      ? { status: 200, body: { id, ...workflows[id] } }
      : { status: 404, body: `Process with id ${id} not found` };
  };
}

describe('SonataFlowEngine', () => {
  let indexServer: TestServer;
  let service: TestServer;
  let other: TestServer;
  let sink: TestServer;
  let index: SimulatedDataIndex;
  let clock: FakeClock;
  let engine: SonataFlowEngine;

  function connect(options?: { sink?: boolean; services?: string[] }) {
    const services = options?.services ?? [service.url, other.url];
    return SonataFlowEngine.create({
      config: {
        dataIndex: {
          url: new URL(`${indexServer.url}/graphql`),
          timeoutMs: 5_000,
          tls: {},
        },
        services: services.map(url => ({
          match: AddressPattern.parse(url),
          allowPrivate: true,
          tls: {},
          timeoutMs: 5_000,
        })),
        sink: options?.sink
          ? { url: new URL(`${sink.url}/default`), timeoutMs: 5_000, tls: {} }
          : undefined,
      },
      logger: mockServices.logger.mock(),
      clock,
      // As long as it takes: this machine may be busy.
      patienceMs: 20_000,
    });
  }

  beforeEach(async () => {
    clock = new FakeClock(new Date(NOW).toISOString());
    index = new SimulatedDataIndex();
    indexServer = await TestServer.start(index.handler);
    service = await TestServer.start(
      deployed({ approval: { version: '2.0' } }),
    );
    other = await TestServer.start(deployed({ approval: { version: '1.0' } }));
    sink = await TestServer.start(() => ({ status: 202 }));
    index.definitions.push(
      definition('1.0', other.url),
      definition('2.0', service.url),
    );
    engine = connect();
  });

  afterEach(async () => {
    await engine.stop();
    await Promise.all(
      [indexServer, service, other, sink].map(each => each.close()),
    );
  });

  function definition(version: string, serviceUrl: string) {
    return {
      id: 'approval',
      version,
      name: 'Approval',
      type: 'SW',
      description: 'Waits for a decision',
      annotations: ['people', 'approval'],
      metadata: { Tags: ['people'] },
      serviceUrl,
      endpoint: `${serviceUrl}/approval`,
      source: APPROVAL_SOURCE,
    };
  }

  function putInstance(id: string, serviceUrl: string, state = 'ACTIVE') {
    index.put({
      id,
      processId: 'approval',
      version: '1.0',
      state,
      start: NOW,
      lastUpdate: NOW,
      serviceUrl,
      endpoint: `${serviceUrl}/approval`,
    });
  }

  const availabilities = async () =>
    Object.fromEntries(
      (await engine.listWorkflows()).map(({ version, availability }) => [
        version,
        [availability.state, availability.reason],
      ]),
    );

  describe('workflows', () => {
    it('are listed with all that is known', async () => {
      const workflows = await engine.listWorkflows();
      expect(workflows.map(({ version }) => version).sort()).toEqual([
        '1.0',
        '2.0',
      ]);
      expect(workflows[0]).toMatchObject({
        id: 'approval',
        name: 'Approval',
        description: 'Waits for a decision',
        annotations: ['approval', 'people'],
        metadata: { Tags: ['people'] },
        consumedEventTypes: ['approval.decided'],
        startsByEvent: false,
        availability: { state: 'available' },
        revision: expect.stringMatching(/^[0-9a-f]{12}$/),
      });
    });

    it('leave out what is no Serverless Workflow', async () => {
      index.definitions.push({ id: 'order', version: '1', type: 'BPMN' });
      const ids = (await engine.listWorkflows()).map(({ id }) => id);
      expect(ids).not.toContain('order');
    });

    it('cope with a definition of which the index knows next to nothing', async () => {
      index.definitions.push({ id: 'bare', version: '1.0' });
      const bare = (await engine.listWorkflows()).find(
        ({ id }) => id === 'bare',
      );
      expect(bare).toMatchObject({
        name: 'bare',
        annotations: [],
        metadata: {},
        availability: {
          state: 'unavailable',
          reason: 'The Data Index names no service for it',
        },
      });
    });

    it('are unavailable when another version took their place', async () => {
      other.handle(deployed({ approval: { version: '1.1' } }));
      await expect(availabilities()).resolves.toMatchObject({
        '1.0': [
          'unavailable',
          'Version not deployed: the service runs version 1.1',
        ],
        '2.0': ['available', undefined],
      });
    });

    it('are unavailable when their service no longer has them', async () => {
      other.handle(deployed({}));
      await expect(availabilities()).resolves.toMatchObject({
        '1.0': ['unavailable', 'The service no longer has the workflow'],
      });
    });

    it('are unavailable when their service may not be called', async () => {
      await engine.stop();
      engine = connect({ services: [service.url] });
      await expect(availabilities()).resolves.toMatchObject({
        '1.0': [
          'unavailable',
          `No entry of orchestrator.sonataflow.services matches ${other.url}`,
        ],
        '2.0': ['available', undefined],
      });
      expect(other.requests).toEqual([]);
    });

    it('become available again with their service, which is asked less and less', async () => {
      await other.close();
      await expect(availabilities()).resolves.toMatchObject({
        '1.0': ['unavailable', 'The service does not answer'],
        '2.0': ['available', undefined],
      });
      await other.listen();
      await expect(availabilities()).resolves.toMatchObject({
        '1.0': ['unavailable', 'The service does not answer'],
      });
      clock.advance(5_000);
      await eventually(PATIENCE_MS, async () =>
        expect(await availabilities()).toMatchObject({
          '1.0': ['available', undefined],
        }),
      );
    });

    it('become available again soon, however long their service was away', async () => {
      await other.close();
      for (let minute = 0; minute < 10; minute++) {
        clock.advance(60_000);
        await eventually(PATIENCE_MS, async () =>
          expect(await availabilities()).toMatchObject({
            '1.0': ['unavailable', 'The service does not answer'],
          }),
        );
      }
      await other.listen();
      clock.advance(30_000);
      await eventually(PATIENCE_MS, async () =>
        expect(await availabilities()).toMatchObject({
          '1.0': ['available', undefined],
        }),
      );
    });

    it('have a definition', async () => {
      await expect(
        engine.getDefinition({ workflowId: 'approval', version: '1.0' }),
      ).resolves.toMatchObject({ format: 'json', source: APPROVAL_SOURCE });
      await expect(
        engine.getDefinition({ workflowId: 'approval', version: '9' }),
      ).resolves.toBeUndefined();
      await expect(
        engine.getDefinition({ workflowId: 'nothing' }),
      ).resolves.toBeUndefined();
    });

    it('have a definition that only their service knows', async () => {
      index.definitions[1].source = undefined;
      service.handle(
        deployed({}, ({ url }) =>
          url.endsWith('/source')
            ? { status: 200, body: 'id: approval\n' }
            : { status: 404 },
        ),
      );
      await expect(
        engine.getDefinition({ workflowId: 'approval', version: '2.0' }),
      ).resolves.toMatchObject({ format: 'yaml', source: 'id: approval\n' });
    });
  });

  describe('the input schema', () => {
    const inputSchema = { type: 'object', required: ['amount'] };

    it('comes from the service of the version', async () => {
      other.handle(deployed({ approval: { version: '1.0', inputSchema } }));
      await expect(
        engine.getInputSchema({ workflowId: 'approval', version: '1.0' }),
      ).resolves.toEqual(inputSchema);
      await expect(
        engine.validateInput({ workflowId: 'approval', version: '1.0' }, {}),
      ).resolves.toEqual([{ path: '/amount', message: 'amount is required' }]);
    });

    it('is absent when the service has none', async () => {
      await expect(
        engine.getInputSchema({ workflowId: 'approval' }),
      ).resolves.toBeUndefined();
      await expect(
        engine.validateInput({ workflowId: 'approval' }, { any: 1 }),
      ).resolves.toEqual([]);
    });

    it('is read from the definition while the service is away', async () => {
      await service.close();
      await expect(
        engine.getInputSchema({ workflowId: 'approval', version: '2.0' }),
      ).resolves.toEqual({ type: 'object', required: ['item'] });
      await service.listen();
    });

    it('is not passed over when it stands in a file of a service that is away', async () => {
      index.definitions[1].source = '{"dataInputSchema":"schema.json"}';
      await service.close();
      await expect(
        engine.validateInput({ workflowId: 'approval', version: '2.0' }, {}),
      ).rejects.toMatchObject({ name: 'EngineUnreachableError' });
      await service.listen();
    });
  });

  describe('a run', () => {
    const run = (version?: string) =>
      engine.run({
        workflowId: 'approval',
        version,
        input: { item: 'laptop' },
        businessKey: 'key-1',
      });

    beforeEach(() => {
      service.handle(
        deployed({ approval: { version: '2.0' } }, () => ({
          status: 201,
          body: { id: 'started-on-2' },
        })),
      );
      other.handle(
        deployed({ approval: { version: '1.0' } }, () => ({
          status: 201,
          body: { id: 'started-on-1' },
        })),
      );
    });

    it('goes to the newest version', async () => {
      await expect(run()).resolves.toEqual({
        outcome: 'started',
        engineInstanceId: 'started-on-2',
      });
    });

    it('goes to the service of the chosen version', async () => {
      await expect(run('1.0')).resolves.toMatchObject({
        engineInstanceId: 'started-on-1',
      });
    });

    it('goes to an older version when the newest is not deployed', async () => {
      service.handle(deployed({}));
      await expect(run()).resolves.toMatchObject({
        engineInstanceId: 'started-on-1',
      });
    });

    it('is refused for a version that was replaced, and calls nothing', async () => {
      other.handle(deployed({ approval: { version: '1.1' } }));
      await expect(run('1.0')).resolves.toMatchObject({
        outcome: 'refused',
        message: expect.stringContaining('the service runs version 1.1'),
      });
      expect(other.requests.some(({ method }) => method === 'POST')).toBe(
        false,
      );
    });

    it('is refused for an unknown workflow or version', async () => {
      await expect(run('7')).resolves.toMatchObject({
        outcome: 'refused',
        reason: 'unknown-workflow',
      });
    });

    it('finds a workflow that was deployed a moment ago', async () => {
      await engine.listWorkflows();
      index.definitions.push({
        ...definition('2.0', service.url),
        id: 'fresh',
      });
      service.handle(
        deployed({ fresh: { version: '2.0' } }, () => ({
          status: 201,
          body: { id: 'fresh-1' },
        })),
      );
      clock.advance(1_500);
      await expect(
        engine.run({ workflowId: 'fresh', input: {}, businessKey: 'k' }),
      ).resolves.toMatchObject({ engineInstanceId: 'fresh-1' });
    });

    it('is refused, nothing started, while the Data Index is away', async () => {
      await indexServer.close();
      await expect(run()).resolves.toMatchObject({
        outcome: 'refused',
        reason: 'unreachable',
      });
      await indexServer.listen();
    });

    it('of a workflow that is known needs no Data Index', async () => {
      await run();
      await indexServer.close();
      for (const laterMs of [10_000, 3_600_000]) {
        clock.advance(laterMs);
        await expect(run()).resolves.toMatchObject({
          engineInstanceId: 'started-on-2',
        });
      }
      await indexServer.listen();
    });

    it('does not wait while the service is asked again what it has', async () => {
      await run();
      clock.advance(12_000);
      service.handle(request =>
        request.method === 'GET'
          ? { hang: true }
          : { status: 201, body: { id: 'started-on-2' } },
      );
      await expect(run()).resolves.toMatchObject({
        engineInstanceId: 'started-on-2',
      });
      expect(service.unanswered).toBeGreaterThan(0);
    });

    it('of a workflow that an event starts is refused, and calls nothing', async () => {
      index.definitions.push({
        ...definition('2.0', service.url),
        id: 'ordered',
        name: 'Ordered',
        source: '{"states":[{"name":"Wait","type":"event"}]}',
      });
      service.handle(deployed({ ordered: { version: '2.0' } }));
      await expect(
        engine.run({ workflowId: 'ordered', input: {}, businessKey: 'k' }),
      ).resolves.toEqual({
        outcome: 'refused',
        reason: 'engine',
        message: 'Ordered starts only by an event',
      });
      expect(service.requests.some(({ method }) => method === 'POST')).toBe(
        false,
      );
    });

    it('can be aborted before the index shows it', async () => {
      await run('1.0');
      other.handle(() => ({ status: 200, body: {} }));
      await engine.abort('started-on-1');
      expect(other.requests.at(-1)).toMatchObject({
        method: 'DELETE',
        url: '/management/processes/approval/instances/started-on-1',
      });
    });
  });

  describe('an instance', () => {
    it('is unknown when the index does not have it', async () => {
      await expect(engine.getInstance('nobody')).resolves.toBeUndefined();
      await expect(engine.abort('nobody')).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
      await expect(engine.retry('nobody')).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
    });

    it('is reached at its own service, not at that of the newest version', async () => {
      putInstance('old', other.url, 'ERROR');
      other.handle(() => ({ status: 200, body: {} }));
      await engine.retry('old');
      expect(other.requests.at(-1)?.url).toBe(
        '/management/processes/approval/instances/old/retrigger',
      );
      expect(service.requests).toEqual([]);
    });

    it('is not acted on at a service that is not configured', async () => {
      putInstance('strange', 'http://169.254.169.254');
      await expect(engine.abort('strange')).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('orchestrator.sonataflow.services'),
      });
    });

    it('is shown with its data', async () => {
      putInstance('one', other.url);
      await expect(engine.getInstance('one')).resolves.toMatchObject({
        engineInstanceId: 'one',
        state: 'ACTIVE',
        workflowVersion: '1.0',
        nodes: [],
        waits: [],
      });
    });

    it('of a service that the configuration lacks is still shown', async () => {
      putInstance('strange', 'http://elsewhere.test');
      await expect(engine.getInstance('strange')).resolves.toMatchObject({
        state: 'ACTIVE',
      });
    });
  });

  describe('an event', () => {
    const event = {
      specversion: '1.0' as const,
      id: 'e-1',
      source: 'people',
      type: 'approval.decided',
      data: { approved: true },
    };

    const received = (server: TestServer) =>
      server.requests
        .filter(({ method }) => method === 'POST')
        .map(({ url, headers, body }) => ({
          url,
          type: headers['content-type'],
          body: JSON.parse(body),
        }));

    it('for an instance goes to its service and names the instance', async () => {
      putInstance('one', other.url);
      other.handle(() => ({ status: 202 }));
      await engine.sendEvent(event, {
        kind: 'instance',
        engineInstanceId: 'one',
      });
      expect(received(other)).toEqual([
        {
          url: '/',
          type: 'application/cloudevents+json',
          body: { ...event, kogitoprocrefid: 'one' },
        },
      ]);
    });

    it('for a workflow goes to its newest service', async () => {
      service.handle(
        deployed({ approval: { version: '2.0' } }, () => ({ status: 202 })),
      );
      await engine.sendEvent(event, {
        kind: 'workflow',
        workflowId: 'approval',
      });
      expect(received(service)).toEqual([
        expect.objectContaining({ url: '/', body: event }),
      ]);
    });

    it('for a workflow goes to the broker when there is one', async () => {
      await engine.stop();
      engine = connect({ sink: true });
      await engine.sendEvent(event, {
        kind: 'workflow',
        workflowId: 'approval',
      });
      expect(received(sink)).toEqual([
        expect.objectContaining({ url: '/default', body: event }),
      ]);
      expect(received(service)).toEqual([]);
    });

    it.each([
      [400, 'EngineRefusedError'],
      [401, 'EngineUnreachableError'],
      [429, 'EngineUnreachableError'],
      [503, 'EngineUnreachableError'],
    ])('that the broker answers with %i fails as %s', async (status, name) => {
      await engine.stop();
      engine = connect({ sink: true });
      sink.handle(() => ({ status }));
      await expect(
        engine.sendEvent(event, { kind: 'workflow', workflowId: 'approval' }),
      ).rejects.toMatchObject({ name });
    });

    it('for an unknown workflow is refused', async () => {
      await expect(
        engine.sendEvent(event, { kind: 'workflow', workflowId: 'nothing' }),
      ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
    });
  });

  describe('health', () => {
    it('tells the release line', async () => {
      await expect(engine.health()).resolves.toMatchObject({
        reachable: true,
        version: '10.1',
      });
    });

    it('never rejects, and the engine starts without a Data Index', async () => {
      await indexServer.close();
      await expect(engine.health()).resolves.toEqual({
        reachable: false,
        message: 'The Data Index cannot be reached',
      });
      await expect(engine.start()).resolves.toBeUndefined();
      await indexServer.listen();
    });
  });
});

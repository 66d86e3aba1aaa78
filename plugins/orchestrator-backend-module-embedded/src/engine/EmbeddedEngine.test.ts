import { LoggerService } from '@backstage/backend-plugin-api';
import type { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ContractService } from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { EventEmitter, once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  realProcess,
  startEngine,
  StartOptions,
} from '../__testUtils__/startEngine';
import { WorkflowFolder } from '../__testUtils__/WorkflowFolder';
import { DEFAULT_LIMITS } from '../config';
import { EngineChild } from '../supervisor';
import { EmbeddedEngine } from './EmbeddedEngine';

jest.setTimeout(60_000);

const WAITING = `
id: waiting
start: wait
events:
  - { name: done, type: done, kind: consumed, source: '' }
functions:
  - { name: print, type: custom, operation: sysout }
states:
  - name: wait
    type: callback
    action:
      functionRef: { refName: print, arguments: { message: waiting } }
    eventRef: done
    end: true
`;

function inject(id: string, data: string, more = ''): string {
  return `id: ${id}\nstart: only\n${more}states:\n  - { name: only, type: inject, data: ${data}, end: true }\n`;
}

/** Calls a service and waits for its answer. */
function calling(port: number, path: string, args = '{}'): string {
  return `
id: calling
start: call
functions:
  - { name: call, type: custom, operation: 'rest:get:http://127.0.0.1:${port}${path}' }
states:
  - name: call
    type: operation
    actions:
      - functionRef: { refName: call, arguments: ${args} }
    end: true
`;
}

const folders: WorkflowFolder[] = [];
const engines: EmbeddedEngine[] = [];
const servers: { close(): void }[] = [];

function folderWith(files: Record<string, string>): WorkflowFolder {
  const folder = WorkflowFolder.create(files);
  folders.push(folder);
  return folder;
}

async function start(
  folder: WorkflowFolder,
  options?: StartOptions,
): Promise<EmbeddedEngine> {
  const engine = await startEngine(folder.path, options);
  engines.push(engine);
  return engine;
}

/** A service that lets every request hang. */
async function hangingService(): Promise<{
  port: number;
  called: Promise<void>;
}> {
  let server: Server | undefined;
  const called = new Promise<void>(resolve => {
    server = createServer(() => resolve());
  });
  await new Promise<void>(resolve => {
    server?.listen(0, '127.0.0.1', resolve);
  });
  servers.push({
    close: () => {
      server?.closeAllConnections();
      server?.close();
    },
  });
  return { port: (server?.address() as AddressInfo).port, called };
}

async function run(
  engine: EmbeddedEngine,
  workflowId: string,
  input: Record<string, unknown> = {},
): Promise<string> {
  const outcome = await engine.run({ workflowId, input, businessKey: 'key' });
  if (!('engineInstanceId' in outcome)) {
    throw new Error(outcome.message);
  }
  return outcome.engineInstanceId;
}

/** Resolves once something holds; asked again whenever the engine tells that its workflows changed. */
async function onceWorkflows(
  engine: EmbeddedEngine,
  hold: () => Promise<boolean>,
): Promise<void> {
  const changes = new EventEmitter();
  const stop = engine.onWorkflowsChanged(() => changes.emit('changed'));
  for (;;) {
    const changed = once(changes, 'changed');
    if (await hold()) {
      break;
    }
    await changed;
  }
  stop();
}

async function get(engine: EmbeddedEngine, id: string) {
  return (await engine.getInstance(id)) as EngineInstance;
}

afterEach(async () => {
  await Promise.all(engines.splice(0).map(engine => engine.stop()));
  servers.splice(0).forEach(server => server.close());
  folders.splice(0).forEach(folder => folder.dispose());
});

describe('EmbeddedEngine', () => {
  describe('deployment', () => {
    it('starts without a folder, says so, and loads it when it appears', async () => {
      const folder = folderWith({});
      folder.remove();
      const engine = await start(folder);
      expect(await engine.deployment()).toMatchObject({
        folder: folder.path,
        errorCount: 1,
        files: [{ path: '.', status: 'failed' }],
      });

      folder.write('a.sw.yaml', inject('a', '{ x: 1 }'));
      await onceWorkflows(
        engine,
        async () => (await engine.listWorkflows()).length === 1,
      );

      expect((await get(engine, await run(engine, 'a'))).data).toEqual({
        x: 1,
      });
      expect((await engine.deployment()).errorCount).toBe(0);
    });

    it('runs a saved file while running instances keep their revision', async () => {
      const folder = folderWith({ 'waiting.sw.yaml': WAITING });
      const engine = await start(folder);
      const running = await run(engine, 'waiting');
      const [before] = await engine.listWorkflows();

      folder.replace('waiting.sw.yaml', inject('waiting', '{ new: true }'));
      await onceWorkflows(
        engine,
        async () =>
          (await engine.listWorkflows())[0].revision !== before.revision,
      );

      const fresh = await get(engine, await run(engine, 'waiting'));
      expect(fresh.data).toEqual({ new: true });
      const kept = await get(engine, running);
      expect(kept).toMatchObject({
        state: 'ACTIVE',
        revision: before.revision,
      });
      const definition = await engine.getDefinition({
        workflowId: 'waiting',
        revision: before.revision,
      });
      expect(definition?.source).toBe(WAITING);
    });

    it('uses changed properties', async () => {
      const service = await ContractService.start();
      servers.push({ close: () => void service.stop() });
      const folder = folderWith({
        'a.sw.yaml': calling(1, '/').replace(/http:\/\/127.0.0.1:1/, ''),
        'application.properties': 'kogito.sw.functions.call.host=localhost',
      });
      const engine = await start(folder, { egressAllow: ['127.0.0.1'] });
      const settings = (await engine.deployment()).reloads.length;
      expect((await get(engine, await run(engine, 'calling'))).state).toBe(
        'ERROR',
      );

      folder.write(
        'application.properties',
        `kogito.sw.functions.call.host=127.0.0.1\nkogito.sw.functions.call.port=${service.port}`,
      );
      let instance: EngineInstance;
      do {
        instance = await get(engine, await run(engine, 'calling'));
      } while (instance.state === 'ERROR');

      expect(instance.data).toMatchObject({ isWell: true });
      expect((await engine.deployment()).reloads).toHaveLength(settings);
    });
  });

  describe('lets one step into an instance', () => {
    const STEPPING = `
id: stepping
start: call
functions:
  - { name: call, type: custom, operation: 'rest:get:http://127.0.0.1:1/' }
states:
  - name: call
    type: operation
    actions: [{ functionRef: call }]
    transition: rest
  - { name: rest, type: sleep, duration: P1D, end: true }
`;

    it('by skipping, changing data, entering a node again and rescheduling', async () => {
      const engine = await start(folderWith({ 'a.sw.yaml': STEPPING }));
      const id = await run(engine, 'stepping');
      expect((await get(engine, id)).state).toBe('ERROR');

      await engine.skip(id);
      await engine.updateData(id, { by: 'hand' });
      const sleeping = await get(engine, id);
      expect(sleeping).toMatchObject({ state: 'ACTIVE', data: { by: 'hand' } });
      const node = sleeping.nodes.find(({ status }) => status === 'waiting');
      await engine.retriggerNode(id, node?.id ?? '');
      const [{ timerId, until }] = (await get(engine, id)).waits;
      expect(timerId).not.toBe(sleeping.waits[0].timerId);
      expect(until).toEqual(expect.any(String));
      const ended = new Promise<void>(resolve => {
        engine.onChange(async () => {
          const { summaries } = await engine.summaries([id]);
          if (summaries[0].state === 'COMPLETED') {
            resolve();
          }
        });
      });
      await engine.rescheduleTimer(
        id,
        timerId ?? '',
        new Date(0).toISOString(),
      );
      await ended;

      expect(await get(engine, id)).toMatchObject({
        state: 'COMPLETED',
        data: { by: 'hand' },
      });
    });

    it('says why not', async () => {
      const engine = await start(
        folderWith({ 'a.sw.yaml': STEPPING, 'w.sw.yaml': WAITING }),
      );
      const id = await run(engine, 'waiting');
      const now = new Date().toISOString();
      await expect(engine.skip(id)).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('has not failed'),
      });
      await expect(engine.retriggerNode(id, 'x')).rejects.toMatchObject({
        name: 'EngineRefusedError',
      });
      await expect(engine.rescheduleTimer(id, 'x', now)).rejects.toMatchObject({
        name: 'EngineRefusedError',
      });
      await expect(
        engine.rescheduleTimer(id, 'x', 'soon'),
      ).rejects.toMatchObject({ message: '"soon" is no time.' });
      for (const attempt of [
        engine.skip('nobody'),
        engine.retriggerNode('nobody', 'x'),
        engine.rescheduleTimer('nobody', 'x', now),
        engine.updateData('nobody', {}),
      ]) {
        await expect(attempt).rejects.toMatchObject({
          name: 'InstanceNotFoundError',
        });
      }
    });
  });

  describe('when its process ends', () => {
    async function startKillable(files: Record<string, string>) {
      const children: EngineChild[] = [];
      const folder = folderWith(files);
      const engine = await start(folder, {
        egressAllow: ['127.0.0.1'],
        fork: options => {
          const child = realProcess(options);
          children.push(child);
          return child;
        },
      });
      return { engine, kill: () => children.at(-1)?.kill() };
    }

    it('ends what it ran, tells of it, and goes on', async () => {
      const { engine, kill } = await startKillable({
        'waiting.sw.yaml': WAITING,
        'a.sw.yaml': inject('a', '{ x: 1 }'),
      });
      const waiting = await run(engine, 'waiting');
      const finished = await run(engine, 'a');
      const { nextCursor } = await engine.changes(undefined, 100);

      kill();

      let told;
      do {
        const changes = new EventEmitter();
        const stop = engine.onChange(() => changes.emit('changed'));
        const changed = once(changes, 'changed');
        told = (await engine.changes(nextCursor, 100)).summaries;
        if (told.length === 0) {
          await changed;
        }
        stop();
      } while (told.length === 0);
      expect(told).toEqual([
        expect.objectContaining({
          engineInstanceId: waiting,
          state: 'ABORTED',
          endReason: 'engine-lost',
          endedAt: expect.any(String),
        }),
      ]);
      expect(await get(engine, finished)).toMatchObject({
        state: 'COMPLETED',
        detailsGone: true,
      });
      expect((await get(engine, await run(engine, 'a'))).data).toEqual({
        x: 1,
      });
    });

    it('tells what became of a run that had no answer yet', async () => {
      const service = await hangingService();
      const { engine, kill } = await startKillable({
        'calling.sw.yaml': calling(service.port, '/'),
      });
      const pending = engine.run({
        workflowId: 'calling',
        input: {},
        businessKey: 'pending',
      });
      await service.called;

      kill();

      const outcome = await pending;
      expect(outcome).toEqual({
        outcome: 'started',
        engineInstanceId: expect.any(String),
        state: 'ABORTED',
      });
      const { summaries } = await engine.changes(undefined, 100);
      expect(summaries).toEqual([
        expect.objectContaining({
          ...('engineInstanceId' in outcome && {
            engineInstanceId: outcome.engineInstanceId,
          }),
          businessKey: 'pending',
          endReason: 'engine-lost',
        }),
      ]);
    });
  });

  describe('bounds', () => {
    it('the unfinished instances', async () => {
      const engine = await start(folderWith({ 'waiting.sw.yaml': WAITING }), {
        limits: { ...DEFAULT_LIMITS, instances: 1 },
      });
      await run(engine, 'waiting');

      expect(
        await engine.run({
          workflowId: 'waiting',
          input: {},
          businessKey: 'second',
        }),
      ).toMatchObject({ outcome: 'refused', reason: 'limit' });
    });

    it('the steps of an instance', async () => {
      const engine = await start(
        folderWith({
          'a.sw.yaml':
            'id: a\nstart: one\nstates:\n  - { name: one, type: inject, data: { x: 1 }, transition: two }\n  - { name: two, type: switch, dataConditions: [{ condition: .x == 1, transition: one }], defaultCondition: { end: true } }\n',
        }),
        { limits: { ...DEFAULT_LIMITS, steps: 100 } },
      );

      expect(await get(engine, await run(engine, 'a'))).toMatchObject({
        state: 'ERROR',
        errorMessage: expect.stringContaining('steps'),
      });
    });

    it('the data of an instance', async () => {
      const engine = await start(
        folderWith({
          'a.sw.yaml':
            'id: a\nstart: grow\nfunctions:\n  - { name: double, type: expression, operation: "{x: (.x + .x)}" }\nstates:\n  - { name: grow, type: operation, actions: [{ functionRef: double }], transition: again }\n  - { name: again, type: switch, dataConditions: [{ condition: .x != "", transition: grow }], defaultCondition: { end: true } }\n',
        }),
        { limits: { ...DEFAULT_LIMITS, dataBytes: 10_000 } },
      );

      expect(
        await get(engine, await run(engine, 'a', { x: 'x' })),
      ).toMatchObject({
        state: 'ERROR',
        errorMessage: expect.stringContaining('dataBytes'),
      });
    });

    it('the details that it keeps', async () => {
      const engine = await start(
        folderWith({ 'a.sw.yaml': inject('a', '{ x: 1 }') }),
        { limits: { ...DEFAULT_LIMITS, finished: 1 } },
      );

      const first = await run(engine, 'a');
      const second = await run(engine, 'a');

      expect(await get(engine, second)).toMatchObject({ data: { x: 1 } });
      expect(await get(engine, first)).toMatchObject({
        state: 'COMPLETED',
        detailsGone: true,
        nodes: [],
      });
    });

    it('the time that a schema takes', async () => {
      const engine = await start(
        folderWith({
          'a.sw.yaml': inject('a', '{}', 'dataInputSchema: s.json\n'),
          's.json':
            '{"properties":{"x":{"type":"string","pattern":"^(a+)+$"}}}',
        }),
      );
      const input = { x: `${'a'.repeat(50)}!` };

      expect(await engine.validateInput({ workflowId: 'a' }, input)).toEqual([
        {
          path: '',
          message: 'The schema takes longer than 1000 ms to check the data.',
        },
      ]);
      expect(
        await engine.run({ workflowId: 'a', input, businessKey: 'x' }),
      ).toMatchObject({ outcome: 'refused', reason: 'input' });
      expect(await engine.health()).toMatchObject({ reachable: true });
    });
  });

  it('lets no secret out', async () => {
    const CANARY = 'canary-4711/secret';
    const service = await ContractService.start();
    servers.push({ close: () => void service.stop() });
    service.fail();
    const logs: unknown[] = [];
    const write = (...line: unknown[]) => logs.push(line);
    const logger: LoggerService = {
      error: write,
      warn: write,
      info: write,
      debug: write,
      child: () => logger,
    };
    const folder = folderWith({
      'calling.sw.yaml': calling(
        service.port,
        '/{token}',
        '{ token: $SECRET.TOKEN }',
      ),
      'print.sw.yaml': `
id: print
start: print
functions:
  - { name: print, type: custom, operation: sysout }
  - { name: take, type: expression, operation: '{ token: $SECRET.TOKEN, other: $SECRET["kogito.password"] }' }
states:
  - name: print
    type: operation
    actions:
      - functionRef: { refName: print, arguments: { message: $SECRET.TOKEN } }
      - functionRef: take
    end: true
`,
      'application.properties': `kogito.password=${CANARY}2`,
    });
    const engine = await start(folder, {
      egressAllow: ['127.0.0.1'],
      secrets: { TOKEN: CANARY },
      logger,
    });

    const outcome = await engine.run({
      workflowId: 'calling',
      input: {},
      businessKey: 'x',
    });
    const printed = await get(engine, await run(engine, 'print'));

    const { summaries } = await engine.changes(undefined, 100);
    const instances = await Promise.all(
      summaries.map(({ engineInstanceId }) => get(engine, engineInstanceId)),
    );
    expect(outcome.outcome).toBe('failed');
    expect(printed.data).toMatchObject({ token: '[hidden]' });
    expect(JSON.stringify(logs)).toContain('[hidden]');
    const everything = JSON.stringify([outcome, summaries, instances, logs]);
    expect(everything).not.toContain(CANARY);
    expect(everything).not.toContain(encodeURIComponent(CANARY));
  });

  it('calls no address that is not allowed', async () => {
    const service = await ContractService.start();
    servers.push({ close: () => void service.stop() });
    const engine = await start(
      folderWith({ 'calling.sw.yaml': calling(service.port, '/') }),
    );

    expect(await get(engine, await run(engine, 'calling'))).toMatchObject({
      state: 'ERROR',
      errorMessage: expect.stringContaining(
        'orchestrator.embedded.egress.allow',
      ),
    });
  });

  it('answers nothing after it was stopped', async () => {
    const engine = await start(folderWith({}));
    const listener = jest.fn();
    engine.onChange(listener);

    await engine.stop();

    expect(await engine.health()).toMatchObject({ reachable: false });
    await expect(engine.listWorkflows()).rejects.toMatchObject({
      name: 'EngineUnreachableError',
    });
    expect(listener).not.toHaveBeenCalled();
  });
});

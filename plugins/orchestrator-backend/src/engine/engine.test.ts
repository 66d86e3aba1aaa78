import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, startPortal } from '../__testUtils__/startPortal';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { EventInbox } from '../events';
import { FeedState, Lease } from '../feed';
import { InstanceWriter, WorkflowStore } from '../store';
import { EngineRegistry } from './EngineRegistry';
import { ExclusiveStart } from './ExclusiveStart';

describe('EngineRegistry', () => {
  const registryOf = (...ids: string[]) => {
    const registry = EngineRegistry.create();
    ids.forEach(id => registry.addEngine(new ScriptedEngine({ id })));
    return registry;
  };

  it('picks the only engine without a setting', () => {
    expect(registryOf('a').pick(undefined).id).toBe('a');
  });

  it('picks the engine of the setting', () => {
    expect(registryOf('a', 'b').pick('b').id).toBe('b');
  });

  it('says what to add when there is none', () => {
    expect(() => registryOf().pick(undefined)).toThrow(
      'add an engine module to the backend',
    );
  });

  it('wants to be told which one of several', () => {
    expect(() => registryOf('a', 'b').pick(undefined)).toThrow(
      'Several workflow engines are installed (a, b)',
    );
  });

  it('says which engines there are when it does not know the wanted one', () => {
    expect(() => registryOf('a', 'b').pick('c')).toThrow(
      '"c" of orchestrator.engine is not installed; installed: a, b.',
    );
  });

  it('takes no engine twice', () => {
    expect(() => registryOf('a', 'a')).toThrow('"a" is registered twice');
  });

  it('never starts an engine that is not picked', async () => {
    const [used, unused] = ['used', 'unused'].map(id => {
      const engine = new ScriptedEngine({ id });
      engine.start = jest.fn(async () => {});
      return engine;
    });
    const portal = await startPortal({
      engines: [used, unused],
      config: { engine: 'used' },
    });
    await portal.stop();
    expect(used.start).toHaveBeenCalledTimes(1);
    expect(unused.start).not.toHaveBeenCalled();
  });
});

describe.each(databaseIds)('a dev engine on %s', databaseId => {
  let knex: Knex;
  const started: ExclusiveStart[] = [];

  const start = (mode: 'dev' | 'production', holder: string) => {
    const scope = { knex, engine: 'scripted' };
    const lease = Lease.create({
      knex,
      name: 'feed:scripted',
      holder,
      expiryMs: 60_000,
    });
    const exclusive = ExclusiveStart.create({
      engine: new ScriptedEngine({ mode }),
      lease,
      writer: InstanceWriter.create(scope),
      workflows: WorkflowStore.create(scope),
      inbox: EventInbox.create(scope),
      state: FeedState.create(scope),
      // A predecessor is given no time at all.
      expiryMs: -1_000,
    });
    started.push(exclusive);
    return exclusive.prepare();
  };

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(() => clearDatabase(knex));

  afterEach(() => started.splice(0).forEach(each => each.handOver()));

  afterAll(() => knex.destroy());

  it('refuses to share its database with another process', async () => {
    await start('dev', 'first');
    await expect(start('dev', 'second')).rejects.toThrow(
      'serves one backend process only',
    );
  });

  it('keeps its database while the portal takes long to start', async () => {
    await start('dev', 'first');
    const expiry = async () =>
      Number((await knex('lease').first('expires_at')).expires_at);
    await knex('lease').update({ expires_at: 1 });
    await eventually(expiry, at => expect(at).toBeGreaterThan(Date.now()));
  });

  it('does not mind when the engine is one for production', async () => {
    await expect(start('production', 'second')).resolves.toBeUndefined();
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { instanceRecord } from '../__testUtils__/records';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { InstanceStore, InstanceWriter } from '../store';
import { EntityOwners } from './EntityOwners';

const component = (name: string, ...owners: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
});

describe.each(databaseIds)('EntityOwners on %s', databaseId => {
  let knex: Knex;

  const ownersWith = (catalog: ReturnType<typeof catalogServiceMock>) =>
    EntityOwners.create({
      knex,
      engine: { id: 'scripted' },
      catalog,
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
    });

  const pass = (startedAt: number) => ({
    startedAt,
    signal: new AbortController().signal,
    ask: <T>(question: () => Promise<T>) => question(),
    checkLease: async () => {},
  });

  const ownersOfInstance = async (id: string) => {
    const store = InstanceStore.create({ knex, engine: 'scripted' });
    const [resource] = await store.resourcesOf([id]);
    return resource?.entityOwners.sort();
  };

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    const writer = InstanceWriter.create({ knex, engine: 'scripted' });
    await writer.insert(
      instanceRecord({ id: 'pay', entityRef: 'component:default/pay' }),
    );
    await writer.insert(
      instanceRecord({ id: 'gone', entityRef: 'component:default/gone' }),
    );
    await writer.insert(instanceRecord({ id: 'none' }));
  });

  afterAll(() => knex.destroy());

  it('knows who owns what instances are about', async () => {
    const catalog = catalogServiceMock({
      entities: [component('pay', 'group:default/A', 'user:default/ada')],
    });
    await ownersWith(catalog).run(pass(1_000));

    expect(await ownersOfInstance('pay')).toEqual([
      'group:default/a',
      'user:default/ada',
    ]);
    expect(await ownersOfInstance('gone')).toEqual([]);
    expect(await ownersOfInstance('none')).toEqual([]);
  });

  it('follows a change of owner after a minute', async () => {
    const entities = [component('pay', 'group:default/a')];
    const catalog = catalogServiceMock({ entities });
    const owners = ownersWith(catalog);
    await owners.run(pass(1_000));
    jest.spyOn(catalog, 'getEntitiesByRefs').mockResolvedValue({
      items: [undefined, component('pay', 'group:default/b')],
    });

    await owners.run(pass(60_999));
    expect(await ownersOfInstance('pay')).toEqual(['group:default/a']);
    await owners.run(pass(61_000));
    expect(await ownersOfInstance('pay')).toEqual(['group:default/b']);
  });

  it('asks for what instances of its engine are about only', async () => {
    const writer = InstanceWriter.create({ knex, engine: 'other' });
    await writer.insert(
      instanceRecord({
        id: 'foreign',
        engine: 'other',
        entityRef: 'component:default/foreign',
      }),
    );
    const catalog = catalogServiceMock({ entities: [] });
    const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
    await ownersWith(catalog).run(pass(1_000));
    expect(asked.mock.calls.flatMap(([{ entityRefs }]) => entityRefs)).toEqual([
      'component:default/gone',
      'component:default/pay',
    ]);
  });

  it('waits no longer than a run can for a catalog that hangs', async () => {
    const catalog = catalogServiceMock({
      entities: [component('pay', 'group:default/a')],
    });
    const owners = ownersWith(catalog);
    await owners.refresh('component:default/pay');
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockReturnValue(new Promise(() => {}));

    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    try {
      const refreshed = owners.refresh('component:default/pay');
      await jest.advanceTimersByTimeAsync(3_000);
      await refreshed;
    } finally {
      jest.useRealTimers();
    }
    expect(await ownersOfInstance('pay')).toEqual(['group:default/a']);
  });

  it('keeps what it knew while the catalog does not answer', async () => {
    const catalog = catalogServiceMock({
      entities: [component('pay', 'group:default/a')],
    });
    const owners = ownersWith(catalog);
    await owners.refresh('component:default/pay');
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('no catalog'));

    await owners.run(pass(1_000));
    await owners.refresh('component:default/pay');
    expect(await ownersOfInstance('pay')).toEqual(['group:default/a']);
  });
});

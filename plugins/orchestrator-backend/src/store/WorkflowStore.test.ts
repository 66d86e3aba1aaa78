import { EngineWorkflow } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { WorkflowStore } from './WorkflowStore';

const READ: EngineWorkflow = {
  id: 'ship',
  version: '1.0',
  revision: 'abc',
  name: 'Ship',
  description: 'Sends parcels',
  annotations: ['parcels', 'secret'],
  metadata: {},
  hasInputSchema: true,
  startsByEvent: true,
  consumedEventTypes: ['order.placed'],
  startingEventTypes: ['order.placed'],
  serviceUrl: 'http://one.test',
  availability: { state: 'available' },
};

/** The same, as an engine tells it that can't read the definition. */
const UNREAD: EngineWorkflow = {
  ...READ,
  revision: 'guess',
  description: undefined,
  annotations: [],
  hasInputSchema: false,
  startsByEvent: false,
  consumedEventTypes: [],
  startingEventTypes: [],
  isUnread: true,
};

describe.each(databaseIds)('WorkflowStore on %s', databaseId => {
  let knex: Knex;
  let store: WorkflowStore;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });

  beforeEach(async () => {
    await clearDatabase(knex);
    store = WorkflowStore.create({ knex, engine: 'scripted' });
  });

  afterAll(() => knex.destroy());

  describe('told of a version whose definition can’t be read', () => {
    it('keeps what it knows from it, and takes what is known of its service', async () => {
      await store.replaceAll([READ], 1);
      await store.replaceAll(
        [
          {
            ...UNREAD,
            serviceUrl: 'http://two.test',
            availability: { state: 'unavailable', reason: 'It is down' },
          },
        ],
        2,
      );

      expect(await store.list({ rows: 'all' })).toMatchObject([
        {
          id: 'ship',
          labels: ['parcels', 'secret'],
          versions: [
            {
              revision: 'abc',
              description: 'Sends parcels',
              hasInputSchema: true,
              startsByEvent: true,
              consumedEventTypes: ['order.placed'],
              startingEventTypes: ['order.placed'],
              serviceUrl: 'http://two.test',
              availability: 'unavailable',
              availabilityReason: 'It is down',
              seenAt: 2,
            },
          ],
        },
      ]);
    });

    it('keeps its labels beside those of the versions that can be read', async () => {
      await store.replaceAll([READ], 1);
      const next = { ...READ, version: '2.0', annotations: ['express'] };
      await store.replaceAll([UNREAD, next], 2);
      expect((await store.find('ship'))?.labels).toEqual([
        'express',
        'parcels',
        'secret',
      ]);
    });

    it('takes what is told without the definition all the same', async () => {
      await store.replaceAll([UNREAD], 1);
      await store.replaceAll(
        [
          {
            ...UNREAD,
            description: 'Sends parcels',
            hasInputSchema: true,
            annotations: ['parcels'],
          },
        ],
        2,
      );
      expect(await store.find('ship')).toMatchObject({
        labels: ['parcels'],
        versions: [{ description: 'Sends parcels', hasInputSchema: true }],
      });
    });

    it('takes away labels that one which tells of labels has no longer', async () => {
      await store.replaceAll([READ], 1);
      await store.replaceAll([{ ...UNREAD, annotations: ['parcels'] }], 2);
      expect((await store.find('ship'))?.labels).toEqual(['parcels']);
    });

    it('takes it as it is told when it is new', async () => {
      await store.replaceAll([UNREAD], 1);
      expect(await store.find('ship')).toMatchObject({
        labels: [],
        versions: [{ revision: 'guess', consumedEventTypes: [] }],
      });
    });

    it('goes by the definition again once it can be read', async () => {
      await store.replaceAll([READ], 1);
      await store.replaceAll([UNREAD], 2);
      await store.replaceAll(
        [{ ...READ, revision: 'def', annotations: [] }],
        3,
      );
      expect(await store.find('ship')).toMatchObject({
        labels: [],
        versions: [{ revision: 'def' }],
      });
    });
  });

  it('takes each label once, however many versions have it', async () => {
    await store.replaceAll([READ, { ...READ, version: '2.0' }], 1);
    expect((await store.find('ship'))?.labels).toEqual(['parcels', 'secret']);
  });
});

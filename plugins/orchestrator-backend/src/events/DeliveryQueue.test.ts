import { Knex } from 'knex';
import {
  clearDatabase,
  createDatabase,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DeliveryQueue } from './DeliveryQueue';
import { EventInbox } from './EventInbox';

const NOW = 1_000;

describe.each(databaseIds)('DeliveryQueue on %s', databaseId => {
  let knex: Knex;
  let queue: DeliveryQueue;
  let inbox: EventInbox;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    queue = DeliveryQueue.create({ knex, engine: 'e' });
    inbox = EventInbox.create({ knex, engine: 'e' });
  });
  afterAll(() => knex.destroy());

  /** An event of a lane of its own. */
  const take = (id: string, target: string, at = NOW) =>
    inbox.take(
      [
        {
          event: {
            specversion: '1.0',
            id,
            source: 's',
            type: 't',
            subject: id,
          },
          targets: [{ target, name: target, workflowId: 'w' }],
        },
      ],
      'sender',
      at,
    );

  it('finds so many lanes of each target at most, those due longest first', async () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      await take(id, 'busy');
    }
    await take('e', 'idle');
    await take('later', 'idle', NOW + 1);
    const due = await queue.dueLanes(NOW, 2);
    expect(due.map(({ target }) => target).sort()).toEqual([
      'busy',
      'busy',
      'idle',
    ]);
    const fronts = await Promise.all(
      due.map(({ lane }) => queue.front(lane, NOW)),
    );
    expect(fronts.map(front => front?.eventId).sort()).toEqual(['a', 'b', 'e']);
  });

  it('gives nothing of another engine', async () => {
    await take('a', 'busy');
    const other = DeliveryQueue.create({ knex, engine: 'other' });
    expect(await other.dueLanes(NOW, 2)).toEqual([]);
    const [{ lane }] = await queue.dueLanes(NOW, 2);
    expect(await other.front(lane, NOW)).toBeUndefined();
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually } from '../__testUtils__/startPortal';
import { createDatabase } from '../__testUtils__/testDatabases';
import { Lease } from '../feed';
import { Delivery, DeliveryQueue } from './DeliveryQueue';
import { EventDelivery } from './EventDelivery';
import { EventInbox } from './EventInbox';

const ENGINE = 'scripted';

describe('EventDelivery', () => {
  let knex: Knex;
  let now: jest.SpyInstance;

  beforeEach(async () => {
    knex = await createDatabase('SQLITE_3');
    now = jest.spyOn(Date, 'now');
  });

  afterEach(async () => {
    now.mockRestore();
    await knex.destroy();
  });

  it('does not send when it took so long to begin that another may be sending by now', async () => {
    const engine = new ScriptedEngine().setWorkflows({ id: 'ship' });
    const queue = DeliveryQueue.create({ knex, engine: ENGINE });
    const begun: Delivery[] = [];
    const begin = queue.begin.bind(queue);
    queue.begin = async (delivery, ...rest) => {
      const isBegun = await begin(delivery, ...rest);
      // The process sleeps before it reads the answer of its database.
      const before = Date.now();
      now.mockReturnValue(before + 11_000);
      begun.push(delivery);
      return isBegun;
    };
    await EventInbox.create({ knex, engine: ENGINE }).take(
      [
        {
          event: { specversion: '1.0', id: 'e', source: 's', type: 't' },
          targets: [{ target: 'ship', name: 'ship', workflowId: 'ship' }],
        },
      ],
      'sender',
      Date.now(),
    );
    const delivery = EventDelivery.create({
      engine,
      queue,
      lease: Lease.create({
        knex,
        name: 'events',
        holder: 'me',
        expiryMs: 60_000,
      }),
      logger: mockServices.logger.mock(),
      auditor: mockServices.auditor.mock(),
      settings: { attempts: 5, giveUpAfterMs: 60_000, retentionMs: 60_000 },
    });
    delivery.start();
    await eventually(
      async () => begun,
      each => expect(each).toHaveLength(1),
    );
    await delivery.stop();
    expect(engine.sent).toEqual([]);
    expect(await knex('event_delivery').first()).toMatchObject({
      state: 'waiting',
      attempts: 1,
    });
  });
});

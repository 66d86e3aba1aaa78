import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ScriptedEngine } from './ScriptedEngine';
import { eventually, Portal, PortalOptions, startPortal } from './startPortal';
import { clearDatabase, createDatabase, databaseIds } from './testDatabases';

export const STRUCTURED = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';
export const ADA = 'user:default/ada';
export const BOB = 'user:default/bob';

/** An event that starts the workflow `ship`. */
export const order = (fields: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: 'e1',
  source: '/shop',
  type: 'order.placed',
  data: { amount: 7 },
  ...fields,
});

/** A portal that takes events for an engine with some workflows that consume them. */
export class EventBed {
  knex!: Knex;
  engine!: ScriptedEngine;
  portal!: Portal;

  /** For the tests of the describe block around: each has an empty database, and starts the portal. */
  static forTestsOn(databaseId: (typeof databaseIds)[number][0]): EventBed {
    const bed = new EventBed();
    beforeAll(async () => {
      bed.knex = await createDatabase(databaseId);
    });
    beforeEach(() => clearDatabase(bed.knex));
    afterEach(() => bed.portal.stop());
    afterAll(() => bed.knex.destroy());
    return bed;
  }

  private constructor() {}

  readonly start = async (options: PortalOptions = {}) => {
    this.engine = new ScriptedEngine().setWorkflows(
      {
        id: 'ship',
        startsByEvent: true,
        consumedEventTypes: ['order.placed'],
      },
      { id: 'approve', consumedEventTypes: ['order.approved'] },
      {
        id: 'bill',
        serviceUrl: 'http://one.test',
        consumedEventTypes: ['order.closed'],
      },
      {
        id: 'thank',
        serviceUrl: 'http://one.test',
        consumedEventTypes: ['order.closed'],
      },
    );
    const { engine, knex } = this;
    this.portal = await (
      await startPortal({ engine, knex, ...options })
    ).workflowsLoaded();
  };

  readonly send = (body: unknown, type = STRUCTURED, user = ADA) =>
    this.portal.post('/events', body, user).set('Content-Type', type);

  readonly undelivered = async (query = '') =>
    (await this.portal.get(`/events/undelivered${query}`)).body.items;

  /** Ids of the events that the engine took, in order. */
  readonly arrived = async () => this.engine.sent.map(({ event }) => event.id);

  /** Waits for these attempts at the only event, each made without the pause before it. */
  readonly attemptedInVain = async (each: number[]) => {
    for (const attempts of each) {
      await eventually(this.undelivered, ([event]) =>
        expect(event).toMatchObject({ attempts, state: 'waiting' }),
      );
      await this.knex('event_delivery').update({ next_attempt_at: 0 });
    }
  };
}

import { UndeliveredEventList } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { PortalApi } from '../support/PortalApi';
import { Bed } from './support/Bed';
import { figure } from './support/figure';
import { IndexedInstance, indexedInstances } from './support/IndexedInstance';
import { inParallel } from './support/inParallel';
import { expect, isShort, promise } from './support/promise';

const COUNT = isShort ? 50 : 1_000;
const BATCH = 25;
const SOURCE = '/promises';

/** Starts an instance of `promise_intake`. */
const ARRIVED = 'promise.parcel.arrived';

/** What an order waits for; the newest version of the order is told. */
const DELIVERED = 'promise.order.delivered';

interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  data: { parcel: number };
}

promise(
  `of ${COUNT} events sent while the service is down, doubled and out of order, each takes effect once`,
  { tag: '@short' },
  async ({ bed }) => {
    await bed.knows(['promise_quick']);
    const api = await bed.left.signIn();
    const before = new Set(
      (await indexedInstances(bed.dataIndexUrl, 'promise_intake')).map(
        ({ id }) => id,
      ),
    );
    const prefix = `parcel-${Date.now()}`;
    const events = Array.from({ length: COUNT }, (_, parcel) =>
      eventOf(`${prefix}-${parcel}`, ARRIVED, parcel),
    );
    await bed.first.kill();
    const batches = batchesOf(shuffled([...events, ...events]), BATCH);
    const answers = await inParallel(batches, 4, async batch => {
      const answer = await send(api, batch);
      expect(answer.status).toBe(202);
      const { items } = await answer.json();
      return items as { duplicate: boolean }[];
    });
    const taken = answers.flat().filter(({ duplicate }) => !duplicate);
    expect(taken).toHaveLength(COUNT);
    const waiting = await undelivered(api);
    expect(waiting.items.map(({ type }) => type)).toContain(ARRIVED);
    const restartedAt = Date.now();
    await bed.first.start();

    const effects = async () =>
      (await indexedInstances(bed.dataIndexUrl, 'promise_intake')).filter(
        ({ id }) => !before.has(id),
      );
    await expect
      .poll(async () => (await effects()).length, { timeout: 600_000 })
      .toBeGreaterThanOrEqual(COUNT);
    const seconds = (Date.now() - restartedAt) / 1000;
    figure(
      `${COUNT} events took effect ${seconds.toFixed(
        0,
      )} s after the service was started again`,
    );
    await expect.poll(async () => (await undelivered(api)).items).toEqual([]);
    // A double would be on its way: whatever was delivered took effect before this.
    const last = eventOf(`${prefix}-last`, ARRIVED, COUNT);
    await send(api, [last]);
    await expect
      .poll(async () => (await parcelsOf(bed, await effects())).at(-1))
      .toBe(COUNT);
    expect(await parcelsOf(bed, await effects())).toEqual(
      [...events, last].map(({ data }) => data.parcel),
    );
  },
);

promise(
  'an event that its service refuses is put aside, visible, and delivered when asked again',
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const event = eventOf(`refused-${Date.now()}`, DELIVERED, 1);
    const isEvent = (method?: string, url?: string) =>
      method === 'POST' && url === '/';
    bed.secondProxy.spoil(({ method, url }) =>
      isEvent(method, url) ? { status: 400, body: '{}' } : undefined,
    );
    const delivered = () =>
      bed.secondProxy.passed.filter(line => line === 'POST /').length;
    const before = delivered();
    expect((await send(api, [event])).status).toBe(202);
    const parked = async () =>
      (await undelivered(api)).items.find(
        ({ eventId, state }) =>
          eventId === event.id && state === 'undeliverable',
      );
    await expect.poll(parked).toBeTruthy();
    expect((await parked())?.lastError).toMatch(/[a-z ]{20,}/);
    expect(delivered()).toBe(before);

    bed.secondProxy.heal();
    const again = await api.post(
      `/events/${(await parked())?.id}/redeliver`,
      {},
    );
    expect(again.status).toBe(202);
    await expect.poll(delivered).toBe(before + 1);
    await expect.poll(parked).toBeUndefined();
  },
);

/** The parcels that instances were started for, in their order. */
async function parcelsOf(
  bed: Bed,
  instances: IndexedInstance[],
): Promise<number[]> {
  const rows = await bed.databases.index.rows<{ parcel: string }>(
    `SELECT variables::jsonb #>> '{workflowdata,parcel}' AS parcel
     FROM processes WHERE id = ANY($1)`,
    [instances.map(({ id }) => id)],
  );
  return rows.map(({ parcel }) => Number(parcel)).sort(byNumber);
}

function eventOf(id: string, type: string, parcel: number): CloudEvent {
  return { specversion: '1.0', id, source: SOURCE, type, data: { parcel } };
}

function send(api: PortalApi, events: CloudEvent[]): Promise<Response> {
  return api.post('/events', events, {
    'content-type': 'application/cloudevents-batch+json',
  });
}

async function undelivered(api: PortalApi): Promise<UndeliveredEventList> {
  const answer = await api.get('/events/undelivered?limit=25');
  return answer.json();
}

function batchesOf<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, batch) =>
    items.slice(batch * size, (batch + 1) * size),
  );
}

function shuffled<T>(items: T[]): T[] {
  return items
    .map(item => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function byNumber(a: number, b: number): number {
  return a - b;
}

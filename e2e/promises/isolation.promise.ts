import { InstanceList } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { PortalApi } from '../support/PortalApi';
import { Bed } from './support/Bed';
import { figure } from './support/figure';
import { freePort } from './support/freePort';
import { HostileService, Misbehaviour } from './support/HostileService';
import { median } from './support/median';
import { expect, isShort, promise } from './support/promise';
import { until } from './support/until';

const WORKFLOWS_EACH = isShort ? 4 : 25;
const ROUNDS = isShort ? 5 : 40;

/** Measured twice in calm, one may well be half again as slow as the other. */
const KEPT_SPEED = 2;

/** For what takes a few milliseconds only; far below the time limits of calls to services. */
const GRACE_MS = 250;

promise(
  'services that hang, crash or answer 50 MB slow down neither lists nor other workflows',
  { tag: '@short' },
  async ({ bed }) => {
    await until('the portal knows that the service is up', async () => {
      const api = await bed.left.signIn();
      const body = { input: {} };
      return (await api.post('/workflows/promise_quick/instances', body)).ok;
    });
    const calm = await measure(bed);
    const services = await startHostileServices(bed);
    const ids = services.flatMap(({ workflowIds }) => workflowIds);
    await until('the portal lists their workflows', async () => {
      const api = await bed.left.signIn();
      const answer = await api.get('/workflows');
      const { items } = await answer.json();
      const known = new Set(items.map(({ id }: { id: string }) => id));
      return ids.every(id => known.has(id));
    });
    const api = await bed.left.signIn();
    const attempts = ids.map(id => attempt(api, id));
    const troubled = await measure(bed, round => {
      services.forEach(({ workflowIds }) =>
        attempts.push(attempt(api, workflowIds[round % workflowIds.length])),
      );
    });

    for (const { status, body } of await Promise.all(attempts)) {
      // Asked without an answer, or known to be down: never a bare failure.
      expect([202, 502, 503, 504]).toContain(status);
      expect(body.error?.message ?? body.state).toBeTruthy();
    }
    for (const { url, asked } of services) {
      expect({ url, isAsked: asked > 0 }).toEqual({ url, isAsked: true });
    }
    await Promise.all(services.map(service => service.stop()));
    figure(`${attempts.length} runs of hostile services were asked for`);
    figure(
      `list, median: ${calm.listMs} ms calm, ${troubled.listMs} ms troubled`,
    );
    figure(
      `run until seen to be over: ${calm.runMs} ms calm, ${troubled.runMs} ms troubled`,
    );
    figure(`oldest list: ${calm.ageMs} ms calm, ${troubled.ageMs} ms troubled`);
    const allowed = (calmMs: number) => KEPT_SPEED * calmMs + GRACE_MS;
    expect(troubled.listMs).toBeLessThan(allowed(calm.listMs));
    expect(troubled.runMs).toBeLessThan(allowed(calm.runMs));
    // A machine that is too busy to be up to date in calm proves nothing here.
    expect(troubled.isStale && !calm.isStale).toBe(false);
  },
);

async function startHostileServices(bed: Bed): Promise<HostileService[]> {
  const misbehaviours: Misbehaviour[] = ['hangs', 'crashes', 'answers 50 MB'];
  return Promise.all(
    misbehaviours.map(async misbehaviour =>
      HostileService.start({
        misbehaviour,
        port: await freePort(),
        workflows: WORKFLOWS_EACH,
        dataIndexUrl: bed.dataIndexUrl,
      }),
    ),
  );
}

/** Asks for a run without waiting for it. */
async function attempt(api: PortalApi, id: string) {
  const answer = await api.post(`/workflows/${id}/instances`, { input: {} });
  return { status: answer.status, body: await answer.json() };
}

/** What people feel: how long lists take and how old they are, and how soon a run is seen. */
async function measure(bed: Bed, beside: (round: number) => void = () => {}) {
  const api = await bed.left.signIn();
  const lists: { tookMs: number; ageMs: number; stale: boolean }[] = [];
  const runMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    beside(round);
    const startedAt = Date.now();
    const id = await api.run('promise_quick', {});
    await until('the run is over', async () => {
      const { items, ...list } = await list25(api);
      lists.push(list);
      return items.some(item => item.id === id && item.state === 'COMPLETED');
    });
    runMs.push(Date.now() - startedAt);
  }
  return {
    listMs: median(lists.map(({ tookMs }) => tookMs)),
    runMs: median(runMs),
    ageMs: Math.max(...lists.map(({ ageMs }) => ageMs)),
    isStale: lists.some(({ stale }) => stale),
  };
}

async function list25(api: PortalApi) {
  const askedAt = Date.now();
  // Of this workflow, since a list of all begins with what was asked of the hostile services.
  const answer = await api.get('/instances?workflowId=promise_quick&limit=25');
  const { items, asOf, stale }: InstanceList = await answer.json();
  return {
    items,
    stale,
    tookMs: Date.now() - askedAt,
    ageMs: askedAt - Date.parse(asOf),
  };
}

import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { BenchDatabases } from './BenchDatabases';
import { CountingProxy } from './CountingProxy';
import { Figure } from './Figure';
import { percentile, repeat } from './repeat';
import { StartedPortal } from './StartedPortal';

/** A JVM that has just started compiles on the processors that the portal needs too. */
const SERVICE_WARM_UP_RUNS = 2_000;
const WARM_UP_RUNS = 1_000;
const RUNS = 1_000;

interface Bed {
  api: PortalApi;
  service: CountingProxy;
  databases: BenchDatabases;
}

/**
 * What the portal adds to the time that the workflow service takes for the same run. What is not the
 * portal's own is measured beside it: the way to the service through the proxy that times it, an
 * answer of Backstage that does nothing, and one row that is safely on the disk.
 */
export async function measureOverhead(
  portal: StartedPortal,
  bed: Bed,
): Promise<Figure[]> {
  const { api, service, databases } = bed;
  await repeat('warm up the service', SERVICE_WARM_UP_RUNS, () =>
    timed(() => runDirectly(service)),
  );
  await databases.analyze();
  const beyondService = async (work: () => Promise<unknown>) =>
    (await timed(work)) - service.lastMs;
  const run = () => beyondService(() => api.run('greeting', samples.greeting));
  await repeat('warm up the portal', WARM_UP_RUNS, run);
  const times = await repeat('run', RUNS, run);
  const direct = await repeat('run without portal', RUNS, () =>
    beyondService(() => runDirectly(service)),
  );
  return [
    ...figures('run, over the workflow service', times, { atMost: 10 }),
    ...figures('for comparison: the same without the portal', direct),
    ...(await measureShares(portal, bed)),
  ];
}

/** What none of it is the plugin's own. */
async function measureShares(
  portal: StartedPortal,
  { databases }: Bed,
): Promise<Figure[]> {
  const viewer = await portal.signIn('victor');
  const refused = await repeat('refused run', RUNS, () =>
    timed(() => refusedRun(viewer)),
  );
  const alive = await repeat('answer of Backstage', RUNS, () =>
    timed(() => isAlive(portal.url)),
  );
  const inserts = await databases.timeInserts(RUNS);
  return [
    ...figures('of it until a run is allowed or refused', refused),
    ...figures('for comparison: Backstage says that it is alive', alive),
    ...figures('for comparison: PostgreSQL stores one row', inserts),
  ];
}

function figures(
  name: string,
  times: readonly number[],
  goal?: Figure['goal'],
): Figure[] {
  return [50, 99].map(percent => ({
    name: `${name}, p${percent}`,
    unit: 'ms',
    goal,
    value: percentile(times, percent),
  }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function runDirectly(service: CountingProxy): Promise<void> {
  const answer = await fetch(`${service.url}/greeting`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(samples.greeting),
  });
  await answer.text();
}

/** Backstage's sign-in check and permission policy: the whole of a run that is refused. */
async function refusedRun(viewer: PortalApi): Promise<void> {
  const answer = await viewer.post('/workflows/greeting/instances', {
    input: samples.greeting,
  });
  await answer.text();
  if (answer.status !== 403) throw new Error('A viewer may run');
}

async function isAlive(url: string): Promise<void> {
  const answer = await fetch(`${url}/.backstage/health/v1/liveness`);
  await answer.text();
}

import { setTimeout as pause } from 'node:timers/promises';
import installPortal from '../production-portal/support/installPortal';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { BenchDatabases } from './BenchDatabases';
import { CountingProxy } from './CountingProxy';
import { Figure } from './Figure';
import { measureOverhead } from './overheadMeasures';
import { percentile, repeat } from './repeat';
import { StartedPortal } from './StartedPortal';
import { StartedProgram } from './StartedProgram';

/** With more instances than that the Data Index needs indexes which it does not make itself. */
const INDEXES_FROM = 200_000;

const PAGES = 50;

/** So many that one request for each can't be taken for the feed's. */
const COUNTED_PAGES = 300;
const FEED_WATCHED_MS = 20_000;

const DELAYS = 20;
const POLL_MS = 20;

/**
 * What the portal, built as it is deployed, costs over SonataFlow and its Data Index.
 *
 * @param instances - that the Data Index has already
 */
export async function productionMeasures(instances: number): Promise<Figure[]> {
  const servicePort = Number(process.env.SONATAFLOW_PORT ?? 8180);
  const serviceUrl = `http://127.0.0.1:${servicePort}`;
  installPortal();
  const databases = await BenchDatabases.connect();
  const ends: Array<() => unknown> = [() => databases.drop()];
  try {
    const service = await StartedProgram.start(
      [
        'e2e/sonataflow/start.mjs',
        ...['--port', String(servicePort)],
        ...['--database', databases.dataIndex],
      ],
      databases.environment,
      /End it with/,
    );
    ends.unshift(() => service.stop());
    await databases.fillDataIndex(instances, {
      endpoint: `${serviceUrl}/greeting`,
      indexes: instances >= INDEXES_FROM,
    });

    const index = await CountingProxy.start(serviceUrl);
    const greeting = await CountingProxy.start(serviceUrl);
    ends.unshift(() => [index.stop(), greeting.stop()]);

    const starting = StartedPortal.start({
      database: databases.portal,
      dataIndexUrl: index.url,
      services: [{ match: serviceUrl, rewrite: greeting.url }],
    });
    const backFill = await measureBackFill(databases, instances);
    const started = await starting;
    ends.unshift(() => started.stop());

    const api = await started.signIn('olga');
    return [
      backFill,
      ...(await measureReads(api)),
      ...(await measureOverhead(started, {
        api,
        service: greeting,
        databases,
      })),
      await measureListPage(api, index),
      ...(await measureDelay(api, serviceUrl)),
    ];
  } finally {
    for (const end of ends) await end();
  }
}

/** How fast a portal that starts learns what the Data Index knows already. */
async function measureBackFill(
  databases: BenchDatabases,
  instances: number,
): Promise<Figure> {
  const steps: Array<{ at: number; rows: number }> = [];
  for (;;) {
    const rows = await databases.portalRows();
    if (rows > 0) {
      process.stderr.write(`back-fill: ${rows} of ${instances} rows\r`);
      steps.push({ at: performance.now(), rows });
    }
    if (rows >= instances) break;
    // Counting a million takes a while itself.
    await pause(Math.max(200, instances / 500));
  }
  process.stderr.write('\n');
  const [first] = steps;
  const last = steps[steps.length - 1];
  const rate = Math.round(
    ((last.rows - first.rows) / (last.at - first.at)) * 1000,
  );
  return {
    name: `back-fill of ${instances} instances`,
    unit: 'rows/s',
    goal: { atLeast: 2000 },
    value: rate,
  };
}

/** What pages ask for, for comparison. */
async function measureReads(api: PortalApi): Promise<Figure[]> {
  const reads = {
    'list page of 100 instances': '/instances?limit=100',
    'failed ones of a workflow':
      '/instances?workflowId=greeting&state=ERROR&limit=100',
    'search for a text': '/instances?search=nothing+has+this&limit=100',
    'counts by state': '/instances/counts',
    'one workflow with its statistics': '/workflows/greeting',
    'all workflows with their statistics': '/workflows',
  };
  const figures: Figure[] = [];
  for (const [name, path] of Object.entries(reads)) {
    const times = await repeat(name, PAGES, async () => {
      const began = performance.now();
      await (await api.get(path)).json();
      return performance.now() - began;
    });
    figures.push({ name, unit: 'ms', value: percentile(times, 50) });
  }
  return figures;
}

/** How many requests to the Data Index a page of instances causes, beside those of the feed. */
async function measureListPage(
  api: PortalApi,
  index: CountingProxy,
): Promise<Figure> {
  const feedPerMs = await ratePerMs(index, () => pause(FEED_WATCHED_MS));
  const began = { at: performance.now(), count: index.count };
  await repeat('list page', COUNTED_PAGES, async () => {
    const answer = await api.get('/instances?limit=100');
    const { items } = await answer.json();
    if (items.length !== 100) throw new Error('The page is not full');
    return index.count;
  });
  const byFeed = feedPerMs * (performance.now() - began.at);
  const byPages = index.count - began.count - byFeed;
  return {
    name: 'list page of 100 instances: asks the Data Index, on average',
    unit: 'requests',
    // Less than one for every fifth page: what the feed happened to ask more than before.
    goal: { atMost: 0.2 },
    value: Math.max(0, byPages / COUNTED_PAGES),
  };
}

/** How many requests come to a server while something goes on. */
async function ratePerMs(
  server: CountingProxy,
  meanwhile: () => Promise<unknown>,
): Promise<number> {
  const began = { at: performance.now(), count: server.count };
  await meanwhile();
  return (server.count - began.count) / (performance.now() - began.at);
}

/** How long it takes until the portal lists what ended elsewhere. */
async function measureDelay(
  api: PortalApi,
  serviceUrl: string,
): Promise<Figure[]> {
  const times = await repeat('delay', DELAYS, async () => {
    const answer = await fetch(`${serviceUrl}/greeting`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(samples.greeting),
    });
    const { id } = await answer.json();
    const began = performance.now();
    for (;;) {
      const found = await api.get(`/instances?search=${id}`);
      const { items } = await found.json();
      if (items[0]?.state === 'COMPLETED') return performance.now() - began;
      await pause(POLL_MS);
    }
  });
  return [50, 100].map(percent => ({
    name: `Data Index to portal, p${percent}`,
    unit: 'ms',
    goal: { atMost: 2000 },
    value: percentile(times, percent),
  }));
}

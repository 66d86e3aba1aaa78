import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';
import { endWithUs } from './endWithUs.mjs';
import { requireTools } from './findTools.mjs';
import { CACHE } from './folders.mjs';

const READY_WITHIN_MS = 180_000;
const POLL_MS = 500;

/**
 * Starts a built service and waits until it is ready.
 *
 * @param name - names the log
 * @param application - the folder of the built service
 * @param properties - settings by key, which outdo those of the build
 * @returns its address, its process id, a promise of its end, and functions that end it: `stop`
 *   lets it finish, `kill` does not
 */
export async function startService({
  name = 'samples',
  application,
  port,
  postgres,
  database,
  properties = {},
  cache = CACHE,
}) {
  mkdirSync(cache, { recursive: true });
  const logFile = join(cache, `${name}-${port}.log`);
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...ownProperties({ port, url, postgres, database }),
    ...properties,
  };
  // The Java that built it: the one on the PATH may be older.
  const child = spawn(requireTools().java, argumentsOf(settings), {
    cwd: application,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Credentials are no arguments: every user of the machine can read those.
    env: {
      ...process.env,
      QUARKUS_DATASOURCE_USERNAME: postgres.user,
      QUARKUS_DATASOURCE_PASSWORD: postgres.password,
    },
  });
  endWithUs(child);
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  let isRunning = true;
  const ended = new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', code => {
      isRunning = false;
      done(code ?? 0);
    });
  });
  const end = signal => async () => {
    child.kill(signal);
    await ended;
  };
  const service = {
    url,
    pid: child.pid,
    logFile,
    ended,
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  };
  const obstacle = await obstacleOf(url, () => isRunning);
  if (obstacle !== undefined) {
    await service.kill();
    throw new Problem(
      waitsForTurn(obstacle)
        ? `Another SonataFlow service uses the database ${database}: end it, or give this one another database by SONATAFLOW_DATABASE.`
        : `The SonataFlow service "${name}" did not start; ${logFile} tells why.`,
    );
  }
  return service;
}

function ownProperties({ port, url, postgres, database }) {
  return {
    'quarkus.http.host': '127.0.0.1',
    'quarkus.http.port': port,
    'kogito.service.url': url,
    'quarkus.datasource.jdbc.url': `jdbc:postgresql://${postgres.host}:${postgres.port}/${database}`,
  };
}

function argumentsOf(settings) {
  return [
    '-Xmx512m',
    ...Object.entries(settings).map(([key, value]) => `-D${key}=${value}`),
    '-jar',
    'quarkus-run.jar',
  ];
}

/** Undefined when it became ready; else what keeps it from that, as far as it says so. */
async function obstacleOf(url, isRunning) {
  const deadline = Date.now() + READY_WITHIN_MS;
  let health = '';
  while (isRunning() && Date.now() < deadline) {
    const answer = await fetch(`${url}/q/health/ready`).catch(() => undefined);
    if (answer?.ok) {
      return undefined;
    }
    health = (await answer?.text().catch(() => undefined)) ?? health;
    await pause(POLL_MS);
  }
  return health;
}

/** Timers are kept by one service of a database at a time; the others wait for their turn. */
function waitsForTurn(health) {
  return /"Leader Instance",\s*"status":\s*"DOWN"/.test(health);
}

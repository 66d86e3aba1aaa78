import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';

const cache = resolve(import.meta.dirname, '../../../.cache/sonataflow');
const READY_WITHIN_MS = 180_000;
const POLL_MS = 500;

/**
 * Starts a built service and waits until it is ready.
 *
 * @returns its address, a promise of its end, and a function that ends it
 */
export async function startService({ application, port, postgres, database }) {
  mkdirSync(cache, { recursive: true });
  const logFile = join(cache, 'service.log');
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('java', argumentsOf({ port, url, postgres, database }), {
    cwd: application,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Credentials are no arguments: every user of the machine can read those.
    env: {
      ...process.env,
      QUARKUS_DATASOURCE_USERNAME: postgres.user,
      QUARKUS_DATASOURCE_PASSWORD: postgres.password,
    },
  });
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
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const isReady = await becomesReady(url, () => isRunning);
  if (!isReady) {
    await stop();
    throw new Problem(
      `The SonataFlow service did not start; ${logFile} tells why.`,
    );
  }
  return { url, ended, stop };
}

function argumentsOf({ port, url, postgres, database }) {
  const { host, port: postgresPort } = postgres;
  return [
    '-Xmx512m',
    `-Dquarkus.http.host=127.0.0.1`,
    `-Dquarkus.http.port=${port}`,
    `-Dkogito.service.url=${url}`,
    `-Dquarkus.datasource.jdbc.url=jdbc:postgresql://${host}:${postgresPort}/${database}`,
    '-jar',
    'quarkus-run.jar',
  ];
}

async function becomesReady(url, isRunning) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (isRunning() && Date.now() < deadline) {
    const answer = await fetch(`${url}/q/health/ready`).catch(() => undefined);
    if (answer?.ok) {
      return true;
    }
    await pause(POLL_MS);
  }
  return false;
}

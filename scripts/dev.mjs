// Starts the portal for development and says when it can be used. Arguments go
// to `backstage-cli repo start`.
import { spawn } from 'node:child_process';
import { explain } from '../.yarn/bootstrap/explain.mjs';
import { openInBrowser } from './dev/openInBrowser.mjs';
import { portalAddresses } from './dev/portalAddresses.mjs';
import { requireFreePorts } from './dev/requireFreePorts.mjs';
import { waitForPeople } from './dev/waitForPeople.mjs';
import { waitUntilReady } from './dev/waitUntilReady.mjs';

/** How long the portal may take to end. */
const PATIENCE_MS = 8000;

await explain(async () => {
  const startedAt = Date.now();
  const { app, backend } = portalAddresses(process.env);
  await requireFreePorts({ app, backend });

  process.stdout.write('Starting the portal …\n');
  const portal = start(process.argv.slice(2));
  const waiting = new AbortController();
  const stopWaiting = () => waiting.abort();
  portal.ended.then(stopWaiting, stopWaiting);
  const ready = await waitUntilReady({
    app,
    backend,
    say: message => process.stdout.write(message),
    signal: waiting.signal,
  });
  if (ready) {
    await waitForPeople({ backend, signal: waiting.signal });
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stdout.write(
      `\nThe portal is ready after ${seconds} s: ${app.origin}\nEnd it with Ctrl-C.\n\n`,
    );
    openInBrowser(app.origin);
  }
  process.exitCode = await portal.ended;
});

/** Starts app and backend as one process group, so that none is left behind. */
function start(args) {
  const child = spawn('backstage-cli', ['repo', 'start', ...args], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The browser opens when the backend answers too, not before.
    env: { ...process.env, BROWSER: 'none' },
  });
  const end = signal => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      // The whole group has ended already.
      if (error.code !== 'ESRCH') {
        throw error;
      }
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      end('SIGTERM');
      setTimeout(end, PATIENCE_MS, 'SIGKILL').unref();
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      end('SIGTERM');
      resolve(code ?? (signal ? 143 : 1));
    });
  });
  return { ended };
}

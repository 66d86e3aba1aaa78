// Starts the portal in production mode: a real SonataFlow service, its Data Index and PostgreSQL.
// Arguments go to `backstage-cli repo start`.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { explain } from '../.yarn/bootstrap/explain.mjs';
import { bringUp } from '../e2e/sonataflow/bed/bringUp.mjs';
import { environmentOf } from '../e2e/sonataflow/bed/database.mjs';
import { sampleServices } from '../e2e/sonataflow/bed/sampleServices.mjs';
import { portalAddresses } from './dev/portalAddresses.mjs';
import { requireFreePorts } from './dev/requireFreePorts.mjs';

const CONFIGS = ['app-config.yaml', 'e2e/sonataflow/app-config.yaml'];

await explain(async () => {
  const addresses = portalAddresses(process.env);
  // Before a build of minutes.
  await requireFreePorts(addresses);
  const service = await bringUp({
    properties: sampleServices(addresses.backend),
    env: process.env,
    say: text => process.stdout.write(text),
  });
  const portal = startPortal(service);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach(signal => process.on(signal, () => portal.kill('SIGTERM')));
  service.ended.then(() => portal.kill('SIGTERM'));
  try {
    process.exitCode = await new Promise((done, fail) => {
      portal.once('error', fail);
      portal.once('exit', code => done(code ?? 1));
    });
  } finally {
    await service.stop();
  }
});

function startPortal({ url, postgres }) {
  const args = CONFIGS.flatMap(path => ['--config', resolve(path)]);
  return spawn(
    process.execPath,
    ['scripts/dev.mjs', ...args, ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        SONATAFLOW_URL: url,
        ...environmentOf(postgres),
      },
    },
  );
}

// Starts SonataFlow with the sample workflows, without a portal. With --contract it has the
// workflows of the engine contract too.
import { explain } from '../../.yarn/bootstrap/explain.mjs';
import { bringUp } from './bed/bringUp.mjs';

await explain(async () => {
  const service = await bringUp({
    withContract: process.argv.includes('--contract'),
    env: process.env,
    say: text => process.stdout.write(text),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => service.stop());
  }
  process.stdout.write('End it with Ctrl-C.\n');
  await service.ended;
});

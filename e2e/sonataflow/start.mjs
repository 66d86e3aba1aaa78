// Starts SonataFlow with the sample workflows, or with others, without a portal.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem, explain } from '../../.yarn/bootstrap/explain.mjs';
import { bringUp } from './bed/bringUp.mjs';
import { bringUpDefinitions } from './bed/bringUpDefinitions.mjs';
import { contractService } from './bed/contractService.mjs';
import { CONTRACT, SAMPLES } from './bed/folders.mjs';

const USAGE = `node e2e/sonataflow/start.mjs [--port PORT] [--database NAME]
    [--contract [--services-port PORT]]
    [--definitions DIR [--cases FILE [--services-port PORT]]]`;
const SERVICES_PORT = '8099';

const OPTIONS = {
  port: { type: 'string' },
  database: { type: 'string' },
  contract: { type: 'boolean', default: false },
  definitions: { type: 'string' },
  cases: { type: 'string' },
  'services-port': { type: 'string', default: SERVICES_PORT },
};

await explain(async () => {
  const options = read(process.argv.slice(2));
  const service = await start(options, {
    ...(options.database && { database: options.database }),
    ...(options.port && { port: Number(options.port) }),
    env: process.env,
    say: text => process.stdout.write(text),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => service.stop());
  }
  process.stdout.write('End it with Ctrl-C.\n');
  await service.ended;
});

function read(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n${USAGE}`);
  }
}

function start(options, common) {
  const servicesPort = Number(options['services-port']);
  if (options.definitions) {
    return bringUpDefinitions({
      folder: resolve(options.definitions),
      casesFile: options.cases && resolve(options.cases),
      servicesPort,
      ...common,
    });
  }
  if (options.contract) {
    return bringUp({
      name: 'contract',
      folders: [SAMPLES, CONTRACT],
      database: 'orchestrator_sonataflow_contract',
      properties: contractService(servicesPort),
      ...common,
    });
  }
  return bringUp(common);
}

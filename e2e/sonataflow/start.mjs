// Starts SonataFlow with the sample workflows, or with others, without a portal.
import { parseArgs } from 'node:util';
import { Problem, explain } from '../../.yarn/bootstrap/explain.mjs';
import { bringUp } from './bed/bringUp.mjs';
import { contractService } from './bed/contractService.mjs';
import { CONTRACT, SAMPLES } from './bed/folders.mjs';

const USAGE =
  'node e2e/sonataflow/start.mjs [--contract [--contract-service-port PORT]] [--port PORT] [--database NAME]';
const CONTRACT_SERVICE_PORT = '8099';

const OPTIONS = {
  contract: { type: 'boolean', default: false },
  'contract-service-port': { type: 'string', default: CONTRACT_SERVICE_PORT },
  port: { type: 'string' },
  database: { type: 'string' },
};

await explain(async () => {
  const options = read(process.argv.slice(2));
  const service = await bringUp({
    ...workflowsOf(options),
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

function workflowsOf(options) {
  return options.contract
    ? {
        name: 'contract',
        folders: [SAMPLES, CONTRACT],
        database: 'orchestrator_sonataflow_contract',
        properties: contractService(options['contract-service-port']),
      }
    : {};
}

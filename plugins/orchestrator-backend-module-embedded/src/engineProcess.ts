/**
 * What the engine process runs. The portal forks this file; see `forkEngine`.
 *
 * @packageDocumentation
 */
import { processPort } from './channel/processPort';
import { serveEngine } from './host';

serveEngine(processPort());
// Without the portal there is nobody to run workflows for.
// Not gracefully: a workflow that never ends must not keep the process either.
process.on('disconnect', () => process.exit());

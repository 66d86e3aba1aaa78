/**
 * What the engine process runs. The portal forks this file; see `forkEngine`.
 *
 * @packageDocumentation
 */
import { processPort } from './channel/processPort';
import { serveEngine } from './host';

serveEngine(processPort());
// Without the portal there is nobody to run workflows for.
process.on('disconnect', () => process.exit());

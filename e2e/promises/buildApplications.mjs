// Builds the applications of the promises. Its last line tells their folders as JSON.
import { explain } from '../../.yarn/bootstrap/explain.mjs';
import { requireTools } from '../sonataflow/bed/findTools.mjs';
import { buildApplications } from './applications.mjs';

await explain(async () => {
  requireTools();
  const folders = await buildApplications();
  process.stdout.write(`${JSON.stringify(folders)}\n`);
});

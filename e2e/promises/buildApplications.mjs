// Builds the applications of the promises. Its last line tells their folders, and the Java that runs
// them, as JSON.
import { explain } from '../../.yarn/bootstrap/explain.mjs';
import { requireTools } from '../sonataflow/bed/findTools.mjs';
import { buildApplications } from './applications.mjs';

await explain(async () => {
  const { java } = requireTools();
  const folders = await buildApplications();
  process.stdout.write(`${JSON.stringify({ java, ...folders })}\n`);
});

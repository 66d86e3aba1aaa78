// What takes too long for every change: the promises of the production mode in full, the contract of
// engines with a Data Index of its own, and the long random tests of the packages.
import { resolve } from 'node:path';
import { explain } from '../.yarn/bootstrap/explain.mjs';
import { requireTools } from '../e2e/sonataflow/bed/findTools.mjs';
import { findPostgres } from './test/findPostgres.mjs';
import { databasesOf, runJest } from './test/runPackageTests.mjs';
import { runPromises } from './test/runPromises.mjs';
import { summarize } from './test/summarize.mjs';

const root = resolve(import.meta.dirname, '..');

await explain(async () => {
  requireTools();
  const postgres = await findPostgres(process.env);
  const fuzz = await runJest(root, 'Long random tests', ['fuzz'], {
    LONG_TESTS: '1',
    ...databasesOf(postgres.url),
  });
  const promises = await runPromises(root, { form: 'full' });
  const { text, failed } = summarize([fuzz, promises], []);
  process.stdout.write(
    ['', 'Measured:', ...promises.figures.map(each => `- ${each}`), text].join(
      '\n',
    ),
  );
  process.exitCode = failed > 0 ? 1 : 0;
});

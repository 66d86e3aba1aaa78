// Runs every test of the repository: those of the scripts, those of the
// packages, and the journeys through the portal in a real browser. Arguments
// choose among them, as a pattern for the paths of test files.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain } from '../.yarn/bootstrap/explain.mjs';
import { findBrowser } from './test/findBrowser.mjs';
import { findPostgres } from './test/findPostgres.mjs';
import { runJourneys } from './test/runJourneys.mjs';
import { runPackageTests } from './test/runPackageTests.mjs';
import { runScriptTests } from './test/runScriptTests.mjs';
import { summarize } from './test/summarize.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');

await explain(async () => {
  const patterns = process.argv.slice(2);
  const isCi = Boolean(process.env.CI);
  const postgres = await findPostgres(process.env);
  const browser = await findBrowser(process.env);
  const notRun = [];
  if (!postgres.url) {
    notRun.push(`the tests of databases on PostgreSQL: ${postgres.reason}`);
  }
  if (!existsSync(resolve(root, '../shared/conformance'))) {
    notRun.push(
      'the cases of the conformance collection: ../shared/conformance is not there',
    );
  }

  const results = [
    await runScriptTests(root, patterns),
    await runPackageTests(root, patterns, postgres.url),
  ];
  if (browser.path) {
    results.push(await runJourneys(root, patterns, browser.path));
  } else {
    notRun.push(`the journeys in a browser: ${browser.reason}`);
  }

  const summary = summarize(results, notRun);
  process.stdout.write(summary.text);
  // A CI that can't drive a browser has not tested what it is there to test.
  const isIncomplete = isCi && !browser.path;
  process.exitCode = summary.failed > 0 || isIncomplete ? 1 : 0;
});

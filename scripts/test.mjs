// Runs every test of the repository: those of the scripts, those of the
// packages, the journeys through the portal in a real browser, the portal as it
// is deployed, and, on a real SonataFlow, the contract of engines, journeys in production mode, and the
// promises of the production mode in their short form.
// Arguments choose among them, as patterns for the paths of test files;
// "production" chooses those on a real SonataFlow.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem, explain } from '../.yarn/bootstrap/explain.mjs';
import { findBrowser } from './test/findBrowser.mjs';
import { findPostgres } from './test/findPostgres.mjs';
import {
  preparePromises,
  prepareProduction,
} from './test/prepareProduction.mjs';
import { result } from './test/reportFile.mjs';
import { runJourneys } from './test/runJourneys.mjs';
import { runPackageTests } from './test/runPackageTests.mjs';
import { runProduction } from './test/runProduction.mjs';
import { runProductionPortal } from './test/runProductionPortal.mjs';
import { runPromises } from './test/runPromises.mjs';
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

  const wantsProduction =
    patterns.length === 0 || patterns.includes('production');
  const production =
    wantsProduction && prepareProduction({ isCi, postgres, browser });
  const promises = production && preparePromises(production);

  const results = [
    await runScriptTests(root, patterns),
    await runPackageTests(root, patterns, postgres.url),
  ];
  if (browser.path) {
    results.push(await runJourneys(root, patterns, browser.path));
  } else {
    notRun.push(`the journeys in a browser: ${browser.reason}`);
  }
  if (browser.path && postgres.url) {
    results.push(
      await runProductionPortal(root, patterns, {
        browserPath: browser.path,
        postgresUrl: postgres.url,
      }),
    );
  } else {
    notRun.push(
      'the portal as it is deployed: it needs a browser and PostgreSQL',
    );
  }
  if (production) {
    await testProduction(
      { production, browser, postgres },
      { results, notRun },
    );
    await testPromises(promises, { results, notRun });
  }

  const summary = summarize(results, notRun);
  process.stdout.write(summary.text);
  // A CI that can't drive a browser has not tested what it is there to test.
  const isIncomplete = isCi && !browser.path;
  process.exitCode = summary.failed > 0 || isIncomplete ? 1 : 0;
});

/** Adds to the results, or to what was not run. */
async function testProduction({ production, browser, postgres }, report) {
  const { application, reason, problem } = await production;
  if (reason) {
    report.notRun.push(`the tests on a real SonataFlow: ${reason}`);
    return;
  }
  try {
    if (problem) {
      throw new Problem(problem);
    }
    const ran = await runProduction(root, {
      application,
      browserPath: browser.path,
      postgresUrl: postgres.url,
    });
    report.results.push(...ran);
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`);
    report.results.push(result('SonataFlow', 1, {}));
  }
}

/** The promises of the production mode, in their short form. */
async function testPromises(promises, report) {
  const { reason, problem } = await promises;
  if (reason) {
    report.notRun.push(`the promises of the production mode: ${reason}`);
    return;
  }
  if (problem) {
    process.stderr.write(`\n${problem}\n`);
    report.results.push(result('Promises', 1, {}));
    return;
  }
  report.results.push(await runPromises(root, { form: 'short' }));
}

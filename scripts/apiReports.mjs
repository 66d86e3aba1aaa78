// Writes down what each package exports (report*.api.md). With --ci it changes
// nothing and fails when a report is not up to date.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem, explain } from '../.yarn/bootstrap/explain.mjs';
import { compareReports } from './apiReports/compareReports.mjs';
import { readReports } from './apiReports/readReports.mjs';
import { run } from './test/run.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');

await explain(async () => {
  const isCheck = process.argv.includes('--ci');
  const before = readReports(root);
  await mustRun('tsc', []);
  await mustRun('backstage-repo-tools', [
    'api-reports',
    '--allow-all-warnings',
    // The packages see each other's sources; how is no part of what they export.
    '--omit-messages=ae-undocumented,ae-wrong-input-file-type',
    '--exclude=packages/app,packages/backend,e2e',
  ]);
  const { changed, restored } = compareReports(before, readReports(root));
  for (const file of isCheck ? before.keys() : restored) {
    writeFileSync(join(root, file), before.get(file));
  }
  if (isCheck && changed.length > 0) {
    throw new Problem(
      `These API reports are not up to date: ${changed.join(
        ', ',
      )}. Run "npm run api-reports" and commit what it changes.`,
    );
  }
});

async function mustRun(command, args) {
  const code = await run(command, args, { cwd: root });
  if (code !== 0) {
    throw new Problem(`${command} failed with code ${code} (see above).`);
  }
}

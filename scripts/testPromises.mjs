// Proves the promises of the production mode. With --short in the form that takes some minutes.
// Other arguments choose among the files of e2e/promises.
import { resolve } from 'node:path';
import { explain } from '../.yarn/bootstrap/explain.mjs';
import { requireTools } from '../e2e/sonataflow/bed/findTools.mjs';
import { runPromises } from './test/runPromises.mjs';
import { summarize } from './test/summarize.mjs';

const root = resolve(import.meta.dirname, '..');

await explain(async () => {
  requireTools();
  const args = process.argv.slice(2);
  const promises = await runPromises(root, {
    form: args.includes('--short') ? 'short' : 'full',
    patterns: args.filter(arg => arg !== '--short'),
  });
  const { text, failed } = summarize([promises], []);
  process.stdout.write(text);
  process.exitCode = failed > 0 ? 1 : 0;
});

/** @jest-environment node */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CaseResult, ConformanceCase } from './ConformanceCase';
import { EmbeddedTarget } from './EmbeddedTarget';
import { playCase } from './playCase';

/** Each is explained in CONFORMANCE.md. */
const KNOWN_FAILURES = ['python_service'];

const CASES = join(
  __dirname,
  '../../../../../shared/conformance/sonataflow/cases.json',
);

async function playAll(file: string): Promise<CaseResult[]> {
  const cases: ConformanceCase[] = JSON.parse(readFileSync(file, 'utf8'));
  const results: CaseResult[] = [];
  for (const each of cases) {
    results.push(
      await playCase(
        each,
        dirname(file),
        (conformanceCase, place) => new EmbeddedTarget(conformanceCase, place),
      ),
    );
  }
  return results;
}

describe('cases of SonataFlow', () => {
  if (!existsSync(CASES)) {
    it.todo(`not played: there is no file ${CASES}`);
    return;
  }

  it('pass, except those that are known not to', async () => {
    const results = await playAll(CASES);
    const failed = results.filter(({ outcome }) => outcome === 'failed');
    const unexpected = failed.filter(
      ({ name }) => !KNOWN_FAILURES.includes(name),
    );
    expect(unexpected).toEqual([]);
    expect(failed.map(({ name }) => name)).toEqual(KNOWN_FAILURES);
    const skipped = results.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.every(({ reason }) => reason)).toBe(true);
  }, 120_000);
});

describe('own cases', () => {
  it('pass', async () => {
    const results = await playAll(join(__dirname, 'own/cases.json'));
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});

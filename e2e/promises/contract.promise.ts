import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bed } from './support/Bed';
import { figure } from './support/figure';
import { logFileOf, root } from './support/folders';
import { CONTRACT_SERVICE_PORT } from './support/ports';
import { expect, promise } from './support/promise';

/** The timers inside a service do not reach an index elsewhere: see the README. */
const NEEDS_JOBS =
  /a run that sleeps says so|rescheduling a timer|takes longer than its workflow allows/;

promise(
  'the contract of engines is kept with a Data Index of its own',
  async ({ bed }) => {
    const { numPassedTests, numFailedTests, testResults } = await contract(bed);
    figure(`contract: ${numPassedTests} passed, ${numFailedTests} failed`);
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName);
    expect(failed.filter(name => !NEEDS_JOBS.test(name))).toEqual([]);
    expect(numPassedTests).toBeGreaterThan(10);
  },
);

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** Runs the tests of the contract in their own runner; the log tells of those that failed. */
async function contract(bed: Bed): Promise<JestReport> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const report = join(folder, 'report.json');
  const log = openSync(logFileOf('contract'), 'w');
  const child = spawn(
    'backstage-cli',
    [
      ...['repo', 'test', '--watch=false', '--json', `--outputFile=${report}`],
      '--testTimeout=120000',
      'SonataFlowEngine.contract',
      '--testNamePattern=sonataflow, real',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', log],
      env: {
        ...process.env,
        ORCHESTRATOR_TEST_SONATAFLOW_URL: bed.dataIndexUrl,
        ORCHESTRATOR_TEST_SONATAFLOW_SERVICES: 'http://127.0.0.1:*',
        ORCHESTRATOR_TEST_SONATAFLOW_SERVICE_PORT: String(
          CONTRACT_SERVICE_PORT,
        ),
      },
    },
  );
  closeSync(log);
  try {
    await once(child, 'close');
    return JSON.parse(readFileSync(report, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

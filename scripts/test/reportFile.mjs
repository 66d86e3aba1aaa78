import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a test runner a file for its report and answers what it wrote, or
 * undefined when it ended without a report.
 */
export async function reportFile(run) {
  const folder = mkdtempSync(join(tmpdir(), 'test-report-'));
  const file = join(folder, 'report');
  try {
    const code = await run(file);
    return { code, report: read(file) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
    return undefined;
  }
}

/**
 * A result of one kind of tests. A runner that fails without a failed test
 * (one that could not start, say) counts as one failure.
 */
export function result(name, code, { passed = 0, failed = 0, skipped = 0 }) {
  return {
    name,
    passed,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped,
  };
}

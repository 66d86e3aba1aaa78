import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

const PARENT = `
  import { spawn } from 'node:child_process';
  import { endWithUs } from ${JSON.stringify(
    import.meta.resolve('./endWithUs.mjs'),
  )};
  const child = spawn('sleep', ['600']);
  endWithUs(child);
  child.once('spawn', () => process.stdout.write(String(child.pid)));
`;

const isAlive = pid => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  test(`a process that is ended by ${signal} leaves no child behind`, async () => {
    const parent = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      PARENT,
    ]);
    const [pid] = await once(parent.stdout, 'data');
    parent.kill(signal);
    const [, endedBy] = await once(parent, 'exit');
    assert.equal(endedBy, signal);
    while (isAlive(Number(pid))) {
      await new Promise(setImmediate);
    }
  });
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { withLock } from './withLock.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('a lock of a process that is gone is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  mkdirSync(join(root, '.cache'));
  writeFileSync(join(root, '.cache', 'install.lock'), String(pid));
  assert.equal(await withLock(root, () => 'done'), 'done');
});

test('a failing piece of work gives the lock back', async () => {
  const failing = withLock(root, () => {
    throw new Error('no network');
  });
  await assert.rejects(failing, /no network/);
  assert.equal(existsSync(join(root, '.cache', 'install.lock')), false);
});

test('two pieces of work never run at the same time', async () => {
  const events = [];
  const work = name => async () => {
    events.push(`${name} starts`);
    await new Promise(setImmediate);
    events.push(`${name} ends`);
  };
  await Promise.all([withLock(root, work('a')), withLock(root, work('b'))]);
  assert.deepEqual(events, ['a starts', 'a ends', 'b starts', 'b ends']);
});

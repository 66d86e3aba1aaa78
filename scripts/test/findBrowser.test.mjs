import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findBrowser } from './findBrowser.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = (name, mode) => {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, mode);
  return path;
};

test('a CHROME_PATH that can not be run is named, not replaced', async () => {
  place('chromium', 0o755);
  const CHROME_PATH = join(folder, 'missing');
  const { path, reason } = await findBrowser({ PATH: folder, CHROME_PATH });
  assert.equal(path, undefined);
  assert.match(reason, /CHROME_PATH is .*missing/);
});

test('Chromium is preferred to Chrome, wherever they are', async () => {
  place('google-chrome', 0o755);
  const chromium = place('chromium', 0o755);
  assert.deepEqual(await findBrowser({ PATH: folder }), { path: chromium });
});

test('a file that is no program is passed over', async () => {
  place('chromium', 0o644);
  const chrome = place('google-chrome', 0o755);
  assert.deepEqual(await findBrowser({ PATH: folder }), { path: chrome });
});

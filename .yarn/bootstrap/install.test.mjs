import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isInstalled, markInstalled } from './install.mjs';

let root;
const write = (file, text) => writeFileSync(join(root, file), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(root, 'plugins', 'a'), { recursive: true });
  mkdirSync(join(root, 'plugins', 'without-manifest'));
  mkdirSync(join(root, 'node_modules'));
  write('package.json', '{"workspaces":["plugins/*","e2e"]}');
  write('plugins/a/package.json', '{}');
  write('yarn.lock', '');
  write('.yarnrc.yml', '');
});
afterEach(() => rmSync(root, { recursive: true }));

test('a fresh clone is not installed', () => {
  assert.equal(isInstalled(root), false);
});

test('it is installed until something that decides on dependencies changes', () => {
  for (const file of [
    'package.json',
    'plugins/a/package.json',
    'yarn.lock',
    '.yarnrc.yml',
  ]) {
    markInstalled(root);
    assert.equal(isInstalled(root), true);
    write(file, '{"workspaces":["plugins/*"],"name":"changed"}');
    assert.equal(isInstalled(root), false, `${file} was changed`);
  }
});

test('a new workspace is not installed', () => {
  markInstalled(root);
  mkdirSync(join(root, 'e2e'));
  write('e2e/package.json', '{}');
  assert.equal(isInstalled(root), false);
});

test('deleting node_modules undoes the install', () => {
  markInstalled(root);
  rmSync(join(root, 'node_modules'), { recursive: true });
  assert.equal(isInstalled(root), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsInstalled } from './commands.mjs';

const cases = [
  ['', { needsInstall: false, isInstall: true }],
  ['install --immutable', { needsInstall: false, isInstall: true }],
  ['add knex', { needsInstall: false, isInstall: true }],
  ['workspace backend add knex', { needsInstall: false, isInstall: true }],
  ['--version', { needsInstall: false, isInstall: false }],
  ['config get nodeLinker', { needsInstall: false, isInstall: false }],
  ['workspaces list', { needsInstall: false, isInstall: false }],
  ['workspaces foreach -A run x', { needsInstall: true, isInstall: false }],
  ['workspace backend test', { needsInstall: true, isInstall: false }],
  ['run -B tsc', { needsInstall: true, isInstall: false }],
  ['dev', { needsInstall: true, isInstall: false }],
];

for (const [line, expected] of cases) {
  test(`yarn ${line}: ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(needsInstalled(line.split(' ').filter(Boolean)), expected);
  });
}

test('a bare "workspace" without a command is left to Yarn', () => {
  assert.equal(needsInstalled(['workspace']).isInstall, true);
});

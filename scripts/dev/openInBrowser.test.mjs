import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserCommand } from './openInBrowser.mjs';

const seat = { DISPLAY: ':0' };

for (const [why, platform, env] of [
  ['in CI', 'linux', { ...seat, CI: 'true' }],
  ['when the user wants none', 'linux', { ...seat, BROWSER: 'none' }],
  ['over SSH', 'darwin', { SSH_CONNECTION: '10.0.0.1 22' }],
  ['without a display', 'linux', {}],
]) {
  test(`no browser opens ${why}`, () => {
    assert.equal(browserCommand(platform, env), undefined);
  });
}

test('a browser opens for somebody at the machine', () => {
  assert.equal(browserCommand('linux', seat), 'xdg-open');
  assert.equal(browserCommand('darwin', {}), 'open');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSonataFlow } from './findSonataFlow.mjs';

const postgres = { url: 'postgresql://127.0.0.1' };
const browser = { path: '/usr/bin/chromium' };

test('without PostgreSQL the reason is that', () => {
  const { reason } = findSonataFlow({
    isCi: false,
    postgres: { reason: 'none answers' },
    browser,
  });
  assert.equal(reason, 'PostgreSQL: none answers');
});

test('without a browser the reason is that', () => {
  const { reason } = findSonataFlow({
    isCi: false,
    postgres,
    browser: { reason: 'no Chromium was found' },
  });
  assert.equal(reason, 'no Chromium was found');
});

test('without a JDK the reason is one sentence about it', () => {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    const { reason } = findSonataFlow({ isCi: false, postgres, browser });
    assert.match(reason, /^SonataFlow needs a JDK 17 or newer[^\n]+$/);
  } finally {
    process.env.PATH = path;
  }
});

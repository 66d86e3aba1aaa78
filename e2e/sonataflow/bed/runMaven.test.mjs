import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from './runMaven.mjs';

for (const line of [
  '[ERROR] Could not transfer artifact io.quarkus:quarkus-core:jar:3.15.3 from/to central',
  '[ERROR] Non-resolvable import POM: The following artifacts could not be resolved',
  'Unknown host repository.example.com',
]) {
  test(`a failed download is told from a failed build: ${line}`, () => {
    assert.equal(outcomeOf(1, line), 'no download');
  });
}

test('a build that had to be ended was downloading', () => {
  assert.equal(
    outcomeOf(null, '[INFO] Scanning for projects...'),
    'no download',
  );
});

test('a workflow that SonataFlow refuses is no failed download', () => {
  const log =
    '[ERROR] java.lang.IllegalArgumentException: There is no state for transition X';
  assert.equal(outcomeOf(1, log), 'failed');
});

test('warnings of downloads do not matter when it was built', () => {
  assert.equal(outcomeOf(0, 'Could not find artifact'), 'built');
});

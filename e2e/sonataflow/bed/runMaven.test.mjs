import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDownloadProblem } from './runMaven.mjs';

for (const line of [
  '[ERROR] Could not transfer artifact io.quarkus:quarkus-core:jar:3.15.3 from/to central',
  '[ERROR] Non-resolvable import POM: The following artifacts could not be resolved',
  'Unknown host repo.maven.apache.org',
]) {
  test(`a failed download is told from a failed build: ${line}`, () => {
    assert.equal(isDownloadProblem(line), true);
  });
}

test('a workflow that SonataFlow refuses is no failed download', () => {
  const log =
    '[ERROR] java.lang.IllegalArgumentException: There is no state for transition X';
  assert.equal(isDownloadProblem(log), false);
});

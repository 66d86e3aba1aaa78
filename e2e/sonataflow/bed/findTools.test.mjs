import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireJava, requireMaven } from './findTools.mjs';

test('a JDK 17 and a newer one will do', () => {
  requireJava('openjdk version "17.0.15" 2025-04-15');
  requireJava('openjdk version "21.0.1" 2023-10-17');
});

for (const [what, output] of [
  ['none', undefined],
  ['an old one', 'java version "1.8.0_392"'],
  ['JDK 11', 'openjdk version "11.0.2" 2019-01-15'],
]) {
  test(`of JDKs, ${what} will not do`, () => {
    assert.throws(() => requireJava(output), /needs a JDK 17 or newer/);
  });
}

test('Maven 3.8 and a newer one will do', () => {
  requireMaven('\u001b[1mApache Maven 3.8.7\u001b[m');
  requireMaven('Apache Maven 4.0.0');
});

for (const [what, output] of [
  ['none', undefined],
  ['an old one', 'Apache Maven 3.6.3'],
]) {
  test(`of Mavens, ${what} will not do`, () => {
    assert.throws(() => requireMaven(output), /Maven 3.8 or newer/);
  });
}

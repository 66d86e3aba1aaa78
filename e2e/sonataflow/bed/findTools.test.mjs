import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { missingTools, requireTools } from './findTools.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tools-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A Java of this machine, with or without a compiler. */
function givenJava(name, ...programs) {
  const home = join(folder, name);
  mkdirSync(join(home, 'bin'), { recursive: true });
  ['java', ...programs].forEach(each =>
    writeFileSync(join(home, 'bin', each), ''),
  );
  return home;
}

/** A Maven on the PATH that runs these lines of a shell when it is asked for its version. */
function givenMaven(...lines) {
  const program = join(folder, 'mvn');
  writeFileSync(program, ['#!/bin/sh', ...lines].join('\n'));
  chmodSync(program, 0o755);
}

const tells = (maven, java, home) => [
  `echo 'Apache Maven ${maven}'`,
  "echo 'Maven home: /usr/share/maven'",
  `echo "Java version: ${java}, vendor: Debian, runtime: ${home}"`,
  "echo 'Default locale: en, platform encoding: UTF-8'",
];

const missing = (env = {}) => missingTools({ PATH: folder, ...env });

const willDo = (maven, java) =>
  test(`Maven ${maven} on a JDK ${java} will do`, () => {
    const home = givenJava('jdk', 'javac');
    givenMaven(...tells(maven, java, home));
    assert.deepEqual(requireTools({ PATH: folder }), {
      java: join(home, 'bin/java'),
    });
  });
willDo('3.8.7', '17.0.15');
willDo('4.0.0', '21.0.1');

test('colours and a comma in the folder of Java do not matter', () => {
  const home = givenJava('jdk, the newest', 'javac');
  const [first, ...others] = tells('3.9.9', '17', home);
  givenMaven("printf '\\033[1m'", first, "printf '\\033[m'", ...others);
  assert.equal(missing(), undefined);
});

test('the Java of JAVA_HOME counts, as it does for Maven', () => {
  const old = givenJava('jdk-11', 'javac');
  const home = givenJava('jdk-17', 'javac');
  givenMaven(
    `if [ "$JAVA_HOME" = '${home}' ]; then`,
    ...tells('3.8.7', '17.0.15', '$JAVA_HOME'),
    'else',
    ...tells('3.8.7', '11.0.2', old),
    'fi',
  );
  assert.match(
    missing(),
    /Maven runs on Java 11\.0\.2 in .*jdk-11: install a newer/,
  );
  assert.equal(missing({ JAVA_HOME: home }), undefined);
});

test('without Maven both are named', () => {
  assert.match(
    missing(),
    /needs a JDK 17 or newer and Maven 3\.8 or newer, and there is no Maven/,
  );
});

test('a Maven that is too old is named with its version', () => {
  givenMaven(...tells('3.6.3', '17.0.15', givenJava('jdk', 'javac')));
  assert.match(missing(), /the Maven on the PATH is 3\.6: install a newer/);
});

test('a Maven that finds no Java says itself what is wrong', () => {
  givenMaven('echo "JAVA_HOME is not defined correctly." >&2', 'exit 1');
  assert.match(missing(), /can't start \(JAVA_HOME is not defined correctly/);
});

test('Java 8 is told by its old name', () => {
  givenMaven(...tells('3.8.7', '1.8.0_392', givenJava('jre')));
  assert.match(missing(), /Maven runs on Java 1\.8\.0_392 in .*jre: install/);
});

test('a Java without a compiler is none to build with', () => {
  givenMaven(...tells('3.8.7', '17.0.15', givenJava('jre')));
  const sentence = missing();
  assert.match(sentence, /Java 17 in .*jre that Maven runs on has no compiler/);
  assert.match(sentence, /openjdk-17-jdk-headless/);
});

test('what is missing is one sentence', () => {
  assert.match(missing(), /^[^\n]+\.$/);
});

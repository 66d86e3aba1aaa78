import { spawnSync } from 'node:child_process';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';

const JAVA_FROM = 17;
const MAVEN_FROM = [3, 8];

/** Throws one sentence that tells what the machine lacks to build and run SonataFlow. */
export function requireTools() {
  requireJava(outputOf('java', ['-version']));
  requireMaven(outputOf('mvn', ['--version']));
}

/** That sentence, or undefined when nothing is missing. */
export function missingTools() {
  try {
    requireTools();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Throws unless the output of `java -version` tells of a JDK that is new enough. */
export function requireJava(output) {
  const version = output?.match(/version "(\d+)/)?.[1];
  if (!version || Number(version) < JAVA_FROM) {
    throw new Problem(
      `SonataFlow needs a JDK ${JAVA_FROM} or newer on the PATH, and ${
        version ? `the one there is version ${version}` : 'there is none'
      }.`,
    );
  }
}

/** Throws unless the output of `mvn --version` tells of a Maven that is new enough. */
export function requireMaven(output) {
  const match = output?.match(/Apache Maven (\d+)\.(\d+)/);
  const [major, minor] = match ? match.slice(1).map(Number) : [0, 0];
  const isNewEnough =
    major > MAVEN_FROM[0] ||
    (major === MAVEN_FROM[0] && minor >= MAVEN_FROM[1]);
  if (!isNewEnough) {
    throw new Problem(
      `SonataFlow is built by Maven ${MAVEN_FROM.join('.')} or newer, and ${
        match
          ? `the one on the PATH is ${major}.${minor}`
          : 'there is none on the PATH'
      }.`,
    );
  }
}

/** What a program says of its version, or undefined when it can't be started. */
function outputOf(command, args) {
  const { error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
  });
  return error ? undefined : `${stdout}${stderr}`;
}

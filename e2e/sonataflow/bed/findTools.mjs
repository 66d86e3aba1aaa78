import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';

const JAVA_FROM = 17;
const MAVEN_FROM = [3, 8];

const NEEDED = `SonataFlow needs a JDK ${JAVA_FROM} or newer and Maven ${MAVEN_FROM.join(
  '.',
)} or newer`;

/**
 * Throws one sentence that tells what the machine lacks to build and run SonataFlow. Maven is asked
 * which Java there is: it prefers that of JAVA_HOME to the one on the PATH.
 *
 * @returns the path of the `java` that Maven runs on
 */
export function requireTools(env = process.env) {
  const { error, stdout, stderr } = spawnSync('mvn', ['--version'], {
    encoding: 'utf8',
    env,
  });
  if (error) {
    throw new Problem(
      `${NEEDED}, and there is no Maven on the PATH: install both (on Debian, the packages default-jdk-headless and maven).`,
    );
  }
  requireMaven(stdout, stderr);
  return { java: join(requireJdk(stdout), 'bin/java') };
}

/** That sentence, or undefined when nothing is missing. */
export function missingTools(env = process.env) {
  try {
    requireTools(env);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Throws unless Maven could start and is new enough. */
function requireMaven(output, complaint) {
  const match = output.match(/Apache Maven (\d+)\.(\d+)/);
  if (!match) {
    throw new Problem(
      `${NEEDED}, and the Maven on the PATH can't start (${firstLine(
        complaint || output,
      )}): install a JDK, and let JAVA_HOME name its folder or nothing.`,
    );
  }
  const [major, minor] = match.slice(1).map(Number);
  const isNewEnough =
    major > MAVEN_FROM[0] ||
    (major === MAVEN_FROM[0] && minor >= MAVEN_FROM[1]);
  if (!isNewEnough) {
    throw new Problem(
      `${NEEDED}, and the Maven on the PATH is ${major}.${minor}: install a newer one.`,
    );
  }
}

/** Throws unless Maven runs on a JDK that is new enough; answers its folder. */
function requireJdk(output) {
  const version = output.match(/Java version: ([^\s,]+)/)?.[1];
  const major = parseInt(version, 10);
  // Maven says it last in the line; a folder may have a comma in its name.
  const home = output.match(/runtime: (.+)$/m)?.[1].trim();
  if (!home || !(major >= JAVA_FROM)) {
    throw new Problem(
      `${NEEDED}, and Maven runs on Java ${
        version ?? 'of an unknown version'
      } in ${
        home ?? 'an unknown folder'
      }: install a newer JDK, and let JAVA_HOME name its folder.`,
    );
  }
  if (!existsSync(join(home, 'bin/javac'))) {
    throw new Problem(
      `${NEEDED}, and the Java ${major} in ${home} that Maven runs on has no compiler (bin/javac): install its JDK (on Debian, the package openjdk-${major}-jdk-headless), or let JAVA_HOME name the folder of one.`,
    );
  }
  return home;
}

/** The first line that says something. */
function firstLine(text) {
  return text.trim().split('\n')[0] || 'it says nothing';
}

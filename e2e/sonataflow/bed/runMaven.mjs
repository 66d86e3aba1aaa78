import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';

const ARGUMENTS = ['-B', '-ntp', 'package', '-DskipTests'];

/** What Maven says when a download failed, and not the project. */
const DOWNLOAD_FAILED =
  /Could not (?:transfer|resolve|find) |Non-resolvable (?:import|parent) POM|Unknown host|Connection (?:refused|reset|timed out)/;

/** Maven could not get what it needs; it is nobody's mistake. */
export class DownloadProblem extends Problem {}

/** Builds a Maven project; downloads that fail are tried once more. */
export async function runMaven({ project, logFile }) {
  mkdirSync(dirname(logFile), { recursive: true });
  if ((await maven(project, logFile)) === 0) {
    return;
  }
  if (!isDownloadProblem(readFileSync(logFile, 'utf8'))) {
    throw new Problem(
      `The SonataFlow service could not be built; ${logFile} tells why. A workflow that SonataFlow does not accept is the usual reason.`,
    );
  }
  if ((await maven(project, logFile)) !== 0) {
    throw new DownloadProblem(
      `Maven could not download what SonataFlow needs; ${logFile} tells why. Check the way to Maven Central and try again.`,
    );
  }
}

/** True when the log of a failed build tells of a download. */
export function isDownloadProblem(log) {
  return DOWNLOAD_FAILED.test(log);
}

async function maven(project, logFile) {
  const log = createWriteStream(logFile);
  const child = spawn('mvn', ARGUMENTS, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  await new Promise(done => log.end(done));
  return code;
}

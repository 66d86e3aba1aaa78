import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';
import { endWithUs } from './endWithUs.mjs';

const ARGUMENTS = ['-B', '-ntp', 'package', '-DskipTests'];

/** A build takes half a minute and the first downloads some more: this is a way that is cut. */
const PATIENCE_MS = 15 * 60_000;

/** What Maven says when a download failed, and not the project. */
const DOWNLOAD_FAILED =
  /Could not (?:transfer|resolve|find) |Non-resolvable (?:import|parent) POM|Unknown host|Connection (?:refused|reset|timed out)/;

/** Maven could not get what it needs; it is nobody's mistake. */
export class DownloadProblem extends Problem {}

/** Maven says that something is wrong with the project; `log` is all that it says. */
export class BuildProblem extends Problem {
  constructor(message, log) {
    super(message);
    this.log = log;
  }
}

/** Builds a Maven project; a download that fails is tried once more. */
export async function runMaven({ project, logFile }) {
  mkdirSync(dirname(logFile), { recursive: true });
  let outcome = await maven(project, logFile);
  if (outcome === 'no download') {
    outcome = await maven(project, logFile);
  }
  if (outcome === 'no download') {
    throw new DownloadProblem(
      `Maven could not download what SonataFlow needs, and ${logFile} tells why: check the way to Maven Central and try again.`,
    );
  }
  if (outcome === 'failed') {
    throw new BuildProblem(
      `The SonataFlow service could not be built, and ${logFile} tells why: the usual reason is a workflow that SonataFlow does not accept.`,
      readFileSync(logFile, 'utf8'),
    );
  }
}

async function maven(project, logFile) {
  const log = createWriteStream(logFile);
  const child = spawn('mvn', ARGUMENTS, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  endWithUs(child);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  await new Promise(done => log.end(done));
  return outcomeOf(code, readFileSync(logFile, 'utf8'));
}

/** Maven that was ended, and so has no exit code, has waited for a download. */
export function outcomeOf(code, log) {
  if (code === 0) {
    return 'built';
  }
  return code === null || DOWNLOAD_FAILED.test(log) ? 'no download' : 'failed';
}

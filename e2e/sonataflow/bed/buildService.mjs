import { spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';
import { hashOf, serviceSources } from './serviceSources.mjs';

const cache = resolve(import.meta.dirname, '../../../.cache/sonataflow');
const APPLICATION = 'target/quarkus-app';

/**
 * Builds the service unless it was built from the same files before.
 *
 * @returns the folder of the built application
 */
export async function buildService({ withContract, say }) {
  const sources = serviceSources({ withContract });
  const folder = join(cache, hashOf(sources));
  const application = join(folder, 'quarkus-app');
  if (existsSync(application)) {
    return application;
  }
  const project = join(cache, 'building');
  rmSync(project, { recursive: true, force: true });
  for (const [path, text] of Object.entries(sources)) {
    const file = join(project, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  say(
    'Building the SonataFlow service; the first time this downloads a lot and takes minutes …\n',
  );
  await runMaven(project);
  removeOlder(withContract);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, kindOf(withContract)), '');
  // Renamed last: what is there is complete.
  renameSync(join(project, APPLICATION), application);
  rmSync(project, { recursive: true, force: true });
  return application;
}

/** Of each kind only the newest build is kept. */
function removeOlder(withContract) {
  for (const name of readdirSync(cache)) {
    if (existsSync(join(cache, name, kindOf(withContract)))) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

function kindOf(withContract) {
  return withContract ? 'with-contract' : 'samples-only';
}

async function runMaven(project) {
  const logFile = join(cache, 'build.log');
  const log = createWriteStream(logFile);
  const child = spawn('mvn', ['-B', '-ntp', 'package', '-DskipTests'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  log.end();
  if (code !== 0) {
    throw new Problem(
      `The SonataFlow service could not be built; ${logFile} tells why. A workflow that SonataFlow does not accept, or no way to Maven Central, are the usual reasons.`,
    );
  }
}

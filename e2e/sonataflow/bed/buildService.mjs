import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE } from './folders.mjs';
import { runMaven } from './runMaven.mjs';
import { hashOf, serviceSources } from './serviceSources.mjs';

const BUILT = 'target/quarkus-app';

/**
 * Builds a service unless it was built from the same files before.
 *
 * @param name - of all builds of a name the newest is kept
 * @param sources - files by path, as serviceSources makes them
 * @returns the folder of the built application
 */
export async function buildService({
  name = 'samples',
  sources = serviceSources({}),
  cache = CACHE,
  say,
}) {
  const builds = join(cache, name);
  const folder = join(builds, hashOf(sources));
  if (existsSync(folder)) {
    return folder;
  }
  say(
    `Building the SonataFlow service "${name}"; the first time this downloads a lot and takes minutes …\n`,
  );
  // A folder of this process alone: another one may build the same.
  const project = join(cache, `building-${name}-${process.pid}`);
  try {
    write(project, sources);
    await runMaven({ project, logFile: join(cache, `${name}-build.log`) });
    moveIntoPlace(join(project, BUILT), folder);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
  removeOthers(builds, folder);
  return folder;
}

function write(project, sources) {
  rmSync(project, { recursive: true, force: true });
  for (const [path, text] of Object.entries(sources)) {
    const file = join(project, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Renamed at the end: what is there is complete. */
function moveIntoPlace(built, folder) {
  mkdirSync(dirname(folder), { recursive: true });
  try {
    renameSync(built, folder);
  } catch (error) {
    // Another process has built the same meanwhile.
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

function removeOthers(builds, folder) {
  for (const each of readdirSync(builds)) {
    const other = join(builds, each);
    if (other !== folder) {
      rmSync(other, { recursive: true, force: true });
    }
  }
}

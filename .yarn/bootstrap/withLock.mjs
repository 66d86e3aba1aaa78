import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 300;

/**
 * Runs a piece of work while no other process of this repository does: two
 * commands that are started together in a fresh clone install once.
 */
export async function withLock(root, work) {
  const file = join(root, '.cache', 'install.lock');
  const claim = `${process.pid} ${randomUUID()}`;
  mkdirSync(dirname(file), { recursive: true });
  await acquire(file, claim);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file, claim) {
  let isAnnounced = false;
  while (!create(file, claim)) {
    const holder = read(file);
    if (holder !== undefined && !isAlive(holder)) {
      writeFileSync(file, claim);
    } else if (!isAnnounced) {
      isAnnounced = true;
      process.stderr.write('Waiting for another command that installs …\n');
    }
    await delay(POLL_MS);
    // Of several that took over a dead process's lock, the last has it.
    if (read(file) === claim) {
      return;
    }
  }
}

function create(file, claim) {
  try {
    writeFileSync(file, claim, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
    return false;
  }
}

/** The claim in the file; undefined while there is none. */
function read(file) {
  try {
    return readFileSync(file, 'utf8') || undefined;
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
    return undefined;
  }
}

function isAlive(claim) {
  try {
    return process.kill(Number.parseInt(claim, 10), 0);
  } catch (error) {
    // Another user's process (EPERM) is there as well.
    return error.code !== 'ESRCH';
  }
}

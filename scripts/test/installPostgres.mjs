import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isListening } from '../dev/isListening.mjs';
import { aptInstall } from './aptInstall.mjs';

const START_WITHIN_MS = 30_000;

/**
 * Installs PostgreSQL from Debian and starts it, with the password that its address names. One that
 * is there already is its owner's, and left alone.
 */
export async function installPostgres(address) {
  if (existsSync('/etc/postgresql')) {
    return;
  }
  process.stdout.write('No PostgreSQL was found; installing it …\n');
  aptInstall('postgresql');
  spawnSync('service', ['postgresql', 'start'], { stdio: 'ignore' });
  const giveUpAt = Date.now() + START_WITHIN_MS;
  while (!(await isListening(address)) && Date.now() < giveUpAt) {
    await pause(500);
  }
  const setPassword = `ALTER USER ${address.username} PASSWORD '${address.password}'`;
  spawnSync('runuser', ['-u', 'postgres', '--', 'psql', '-c', setPassword], {
    stdio: 'ignore',
  });
}

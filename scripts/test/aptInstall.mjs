import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** True on a Debian that belongs to us alone: as root, as in a container. */
export const mayInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version');

/** Installs packages of Debian; whoever needs them looks for them afterwards. */
export function aptInstall(...packages) {
  const aptGet = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  aptGet('update');
  aptGet('install', '-y', '--no-install-recommends', ...packages);
}

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../promises/support/folders';

/** Where the built portal is unpacked. */
export const installation = join(root, '.cache/production-portal');

const MANIFESTS = [
  '.yarn/releases',
  '.yarnrc.yml',
  'backstage.json',
  'package.json',
  'yarn.lock',
  'app-config.yaml',
  'app-config.production.yaml',
];

/**
 * Builds the portal and unpacks it with the packages that it needs, as its Dockerfile does; unless
 * PRODUCTION_PORTAL_INSTALLED says that a run before did so.
 */
export default function installPortal(): void {
  if (process.env.PRODUCTION_PORTAL_INSTALLED) {
    return;
  }
  yarn(root, 'workspace', 'backend', 'build');
  mkdirSync(installation, { recursive: true });
  for (const folder of ['packages', 'plugins']) {
    rmSync(join(installation, folder), { recursive: true, force: true });
  }
  for (const file of MANIFESTS) {
    cpSync(join(root, file), join(installation, file), { recursive: true });
  }
  unpack('skeleton');
  yarn(installation, 'workspaces', 'focus', '--all', '--production');
  unpack('bundle');
}

function yarn(cwd: string, ...args: string[]) {
  execFileSync(
    process.execPath,
    [join(root, '.yarn/releases/yarn.mjs'), ...args],
    { cwd, stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

function unpack(name: 'skeleton' | 'bundle') {
  const archive = join(root, 'packages/backend/dist', `${name}.tar.gz`);
  execFileSync('tar', ['xzf', archive], { cwd: installation });
}

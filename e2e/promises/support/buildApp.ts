import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './folders';

/** Builds the pages of the portal: replicas then serve them to browsers. */
export function buildApp(): void {
  execFileSync(
    process.execPath,
    [join(root, '.yarn/releases/yarn.mjs'), 'workspace', 'app', 'build'],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

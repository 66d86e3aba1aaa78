import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The API reports of all packages: their texts by path. */
export function readReports(root) {
  const files = globSync('{packages,plugins}/*/report*.api.md', { cwd: root });
  return new Map(
    files.sort().map(file => [file, readFileSync(join(root, file), 'utf8')]),
  );
}

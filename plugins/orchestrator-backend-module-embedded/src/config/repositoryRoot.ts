import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder that relative paths of the configuration start at: the nearest one at or above the
 * working directory that has a `backstage.json`, else the working directory. In development the
 * backend runs in `packages/backend`, in production at the root; both find the same folder.
 */
export function repositoryRoot(workingDirectory: string): string {
  let folder = workingDirectory;
  while (!existsSync(join(folder, 'backstage.json'))) {
    const parent = dirname(folder);
    if (parent === folder) {
      return workingDirectory;
    }
    folder = parent;
  }
  return folder;
}

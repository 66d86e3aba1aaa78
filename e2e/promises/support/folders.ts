import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(__dirname, '../../..');

/** Builds and logs of the promises; not part of the repository. */
export const cache = join(root, '.cache/promises');

/** Where a process of that name writes its log. */
export function logFileOf(name: string): string {
  const folder = join(cache, 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.log`);
}

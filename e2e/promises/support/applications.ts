import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './folders';

/** Folders of the built applications, and the `java` to run them by. */
export interface Applications {
  java: string;
  dataIndex: string;
  first: string;
  second: string;
  replacement: string;
}

/** Builds what is not built yet. */
export async function buildApplications(): Promise<Applications> {
  const script = join(root, 'e2e/promises/buildApplications.mjs');
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error('The applications of the promises could not be built.');
  }
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
}

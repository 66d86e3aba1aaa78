import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { portal } from './portal';

const SAMPLES = resolve(__dirname, '../../workflows');
const MORE = resolve(__dirname, '../workflows');

/**
 * The folder that the portal under test watches: a copy of the samples, so that
 * journeys may edit it, and a few workflows more. The first process makes it, its workers share it.
 */
export function workflowFolder(): string {
  process.env.E2E_WORKFLOWS ??= copySamples();
  return process.env.E2E_WORKFLOWS;
}

function copySamples(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  cpSync(SAMPLES, folder, { recursive: true });
  cpSync(MORE, folder, { recursive: true });
  for (const file of readdirSync(folder, {
    recursive: true,
    encoding: 'utf8',
  })) {
    if (/\.(json|yaml|properties)$/.test(file)) {
      pointToPortal(join(folder, file));
    }
  }
  return folder;
}

/** The sample services are part of the backend, wherever that listens. */
function pointToPortal(file: string) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll('7007', portal.backendPort));
}

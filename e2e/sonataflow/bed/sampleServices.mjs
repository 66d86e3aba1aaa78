import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLES } from './folders.mjs';

const USUAL_PORT = '7007';

/** Properties that tell the sample workflows which portal serves the services that they call. */
export function sampleServices(backendUrl) {
  const { port } = new URL(backendUrl);
  const lines = readFileSync(
    join(SAMPLES, 'application.properties'),
    'utf8',
  ).split('\n');
  const settings = lines
    .filter(line => /^[^#]+=/.test(line))
    .map(line => line.split('=', 2))
    .filter(([, value]) => value.includes(USUAL_PORT));
  return Object.fromEntries(
    settings.map(([key, value]) => [key, value.replace(USUAL_PORT, port)]),
  );
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a service needs so that the cases of a file can be played against it. */
export function conformanceCases({ file, folder, servicesPort }) {
  const cases = JSON.parse(readFileSync(file, 'utf8')).filter(isPlayable);
  const files = cases.flatMap(({ local, also_deploy: others = [] }) => [
    local,
    ...others,
  ]);
  // Cases name their files from the folder itself or from the one that holds it.
  const root = existsSync(join(folder, files[0])) ? folder : dirname(folder);
  return {
    files: [...new Set(files)].map(each => resolve(root, each)),
    eventPaths: cases
      .flatMap(({ steps }) => steps)
      .filter(({ op }) => op === 'cloudevent')
      .map(({ path = '/' }) => path),
    properties: { ...configOf(cases), ...servicesOf(cases, servicesPort) },
  };
}

function isPlayable({ needs_java: needsJava, steps = [], local }) {
  return !needsJava && local && steps.some(({ op }) => op !== 'deploy');
}

/** Properties of single cases, which must not contradict each other. */
function configOf(cases) {
  const entries = cases.flatMap(({ config = {} }) => Object.entries(config));
  return Object.fromEntries(
    entries.filter(
      ([key, value]) => !key.startsWith('mp.') && !value.includes('<'),
    ),
  );
}

/**
 * Where the player puts the event sink and the services of the cases: on consecutive ports, in the
 * order of the properties that lead to them.
 */
function servicesOf(cases, firstPort) {
  const keys = cases
    .flatMap(({ mocks }) => (Array.isArray(mocks) ? mocks : []))
    .map(({ configKey }) => configKey)
    .filter(Boolean);
  const services = [...new Set(keys)].sort().map((key, index) => {
    const port = firstPort + 1 + index;
    return [key, key.endsWith('port') ? port : `http://localhost:${port}`];
  });
  return {
    'mp.messaging.outgoing.kogito_outgoing_stream.url': `http://localhost:${firstPort}`,
    ...Object.fromEntries(services),
  };
}

import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const maven = resolve(import.meta.dirname, '../maven');
const contract = join(root, 'plugins/orchestrator-node/src/testing/workflows');

/** Where the contract tests put the service that one of their workflows calls. */
export const CONTRACT_SERVICE_PORT = 8099;

const CONTRACT_PROPERTIES = `
kogito.sw.functions.callContractService.host=127.0.0.1
kogito.sw.functions.callContractService.port=${CONTRACT_SERVICE_PORT}
`;

/**
 * The files of the Maven project, by path: the sample workflows, those of the engine contract when
 * wanted, and one application.properties made of all settings.
 */
export function serviceSources({ withContract }) {
  const samples = filesOf(join(root, 'workflows'));
  const tests = withContract ? filesOf(contract) : {};
  const settings = [
    readFileSync(join(maven, 'application.properties'), 'utf8'),
    samples['application.properties'] ?? '',
    withContract ? CONTRACT_PROPERTIES : '',
  ];
  const resources = {
    ...samples,
    ...tests,
    'application.properties': settings.join('\n'),
  };
  return {
    'pom.xml': readFileSync(join(maven, 'pom.xml'), 'utf8'),
    ...Object.fromEntries(
      Object.entries(resources).map(([path, text]) => [
        `src/main/resources/${path}`,
        text,
      ]),
    ),
  };
}

/** A short name of a content. */
export function hashOf(sources) {
  const hash = createHash('sha256');
  for (const path of Object.keys(sources).sort()) {
    hash.update(path).update('\0').update(sources[path]).update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

function filesOf(folder) {
  return Object.fromEntries(
    globSync('**/*.{json,yaml,yml,properties}', { cwd: folder }).map(path => [
      path.replaceAll('\\', '/'),
      readFileSync(join(folder, path), 'utf8'),
    ]),
  );
}

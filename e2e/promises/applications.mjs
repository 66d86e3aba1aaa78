import { join, resolve } from 'node:path';
import { buildService } from '../sonataflow/bed/buildService.mjs';
import { serviceSources } from '../sonataflow/bed/serviceSources.mjs';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, '.cache/promises');
const workflows = join(import.meta.dirname, 'workflows');
const contract = join(root, 'plugins/orchestrator-node/src/testing/workflows');

const EMBEDDED_INDEX = 'kogito-addons-quarkus-data-index-postgresql';
const EVENTS_TO_INDEX = 'kie-addons-quarkus-events-process';

/** A channel must have an address when it is built; the true one is told at the start. */
const CHANNELS = ['instances', 'definitions']
  .map(
    subject => `
mp.messaging.outgoing.kogito-process${subject}-events.connector=quarkus-http
mp.messaging.outgoing.kogito-process${subject}-events.url=http://localhost:8180/
`,
  )
  .join('');

/**
 * Builds the applications of the promises unless they were built from the same files before.
 *
 * @returns their folders
 */
export async function buildApplications() {
  return {
    // The Data Index as a service of its own.
    dataIndex: await build(
      'data-index',
      serviceSources({
        folders: [],
        project: join(root, 'e2e/sonataflow/maven-data-index'),
      }),
    ),
    // The first version of the workflows, and the workflows of the engine contract.
    first: await build(
      'first-service',
      sourcesWithoutIndex(contract, join(workflows, 'v1')),
    ),
    // The second version of the workflows.
    second: await build(
      'second-service',
      sourcesWithoutIndex(join(workflows, 'v2')),
    ),
    // What replaces the service of the second version, in its place.
    replacement: await build(
      'replacement',
      sourcesWithoutIndex(
        join(workflows, 'v2'),
        join(workflows, 'replacement'),
      ),
    ),
  };
}

function build(name, sources) {
  const say = text => process.stderr.write(text);
  return buildService({ name, sources, cache, say });
}

/** The service of the test bed, but it sends events to an index instead of having one. */
function sourcesWithoutIndex(...folders) {
  const sources = serviceSources({ folders, settings: CHANNELS });
  const pom = sources['pom.xml'];
  if (!pom.includes(EMBEDDED_INDEX)) {
    throw new Error(`The pom.xml of the test bed has no ${EMBEDDED_INDEX}`);
  }
  return {
    ...sources,
    'pom.xml': pom.replace(EMBEDDED_INDEX, EVENTS_TO_INDEX),
  };
}

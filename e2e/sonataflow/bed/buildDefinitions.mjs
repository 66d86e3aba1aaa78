import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildService } from './buildService.mjs';
import { CACHE } from './folders.mjs';
import { BuildProblem } from './runMaven.mjs';
import { hashOf, serviceSources } from './serviceSources.mjs';

const DATA_INDEX =
  /<dependency>(?:(?!<\/dependency>)[^])*kogito-addons-quarkus-data-index(?:(?!<\/dependency>)[^])*<\/dependency>/;

/**
 * Builds a service of workflows that may not all be good, without a Data Index: that of 10.1 does
 * not start with a workflow that ends with metadata.errorMessage. Those that SonataFlow refuses are
 * left out.
 *
 * @param resources - as gatherDefinitions collects them
 * @returns the folder of the built application, and what was left out and why
 */
export async function buildDefinitions({
  name,
  resources,
  cache = CACHE,
  say,
}) {
  const memory = join(cache, `${name}-left-out.json`);
  const hash = hashOf(resources);
  const leftOut = recall(memory, hash);
  const left = { ...resources };
  for (const each of leftOut) {
    delete left[each.name];
    say(`Left out ${each.name}: ${each.reason}\n`);
  }
  for (;;) {
    try {
      const sources = withoutDataIndex(
        serviceSources({ folders: [], resources: left }),
      );
      return {
        application: await buildService({ name, sources, cache, say }),
        leftOut,
      };
    } catch (error) {
      const refused =
        error instanceof BuildProblem ? refusals(error.log, left) : [];
      if (refused.length === 0) {
        throw error;
      }
      for (const each of refused) {
        delete left[each.name];
        leftOut.push(each);
        say(`Left out ${each.name}: ${each.reason}\n`);
      }
      writeFileSync(memory, JSON.stringify({ hash, leftOut }));
    }
  }
}

/** What an earlier build of the same resources had to leave out: it need not fail again. */
function recall(memory, hash) {
  const known = existsSync(memory)
    ? JSON.parse(readFileSync(memory, 'utf8'))
    : undefined;
  return known?.hash === hash ? known.leftOut : [];
}

/** The workflows that a build refused, as far as they are among the resources. */
export function refusals(log, resources) {
  const refused = new Map();
  const pattern =
    /Invalid process: '[^']*\/src\/main\/resources\/([^']+)'\. Found error: (.*)/g;
  for (const [, name, reason] of log.matchAll(pattern)) {
    if (name in resources && (!refused.has(name) || reason !== '{}')) {
      refused.set(name, reason);
    }
  }
  return [...refused].map(([name, reason]) => ({ name, reason }));
}

function withoutDataIndex(sources) {
  return {
    ...sources,
    'pom.xml': sources['pom.xml'].replace(DATA_INDEX, ''),
  };
}

import { buildApplications } from '../../e2e/promises/applications.mjs';
import { buildService } from '../../e2e/sonataflow/bed/buildService.mjs';
import {
  CONTRACT,
  FAILING,
  SAMPLES,
} from '../../e2e/sonataflow/bed/folders.mjs';
import { DownloadProblem } from '../../e2e/sonataflow/bed/runMaven.mjs';
import { serviceSources } from '../../e2e/sonataflow/bed/serviceSources.mjs';
import { findSonataFlow } from './findSonataFlow.mjs';

/**
 * Builds the service of the tests on a real SonataFlow. It is mostly downloads the first time, and
 * other tests can run meanwhile.
 *
 * @returns the folder of the built `application`; or the `reason` why it can't be had on this
 *   machine; or the `problem` that it does not build
 */
export async function prepareProduction({ isCi, postgres, browser }) {
  const { reason } = findSonataFlow({ isCi, postgres, browser });
  if (reason) {
    return { reason };
  }
  return built(async () => ({
    application: await buildService({
      name: 'test',
      sources: serviceSources({ folders: [SAMPLES, FAILING, CONTRACT] }),
      say: text => process.stdout.write(text),
    }),
  }));
}

/**
 * Builds the applications of the promises, after that of the other tests.
 *
 * @param production - what {@link prepareProduction} returned
 */
export async function preparePromises(production) {
  const { reason, problem } = await production;
  return reason || problem
    ? { reason: reason ?? 'the service of the other tests does not build' }
    : built(buildApplications);
}

async function built(build) {
  try {
    return await build();
  } catch (error) {
    return error instanceof DownloadProblem
      ? { reason: error.message }
      : { problem: error.message };
  }
}

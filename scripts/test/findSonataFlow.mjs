import { missingTools } from '../../e2e/sonataflow/bed/findTools.mjs';
import { aptInstall, mayInstall } from './aptInstall.mjs';

/**
 * Whether this machine can run the tests on a real SonataFlow: `reason` says why not. In CI, on a
 * Debian that belongs to us alone, a missing JDK or Maven is installed.
 */
export function findSonataFlow({ isCi, postgres, browser }) {
  if (!postgres.url) {
    return { reason: `PostgreSQL: ${postgres.reason}` };
  }
  if (!browser.path) {
    return { reason: browser.reason };
  }
  if (missingTools() && isCi && mayInstall()) {
    process.stdout.write(`${missingTools()} Installing them …\n`);
    aptInstall('default-jdk-headless', 'maven');
  }
  return { reason: missingTools() };
}

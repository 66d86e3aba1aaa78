import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, mayInstall } from './aptInstall.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The path of a Chromium on this machine. On a Debian that belongs to us alone
 * (root, as in a container) a missing one is installed.
 */
export async function findBrowser(env) {
  if (env.CHROME_PATH) {
    return isExecutable(env.CHROME_PATH)
      ? { path: env.CHROME_PATH }
      : { reason: `CHROME_PATH is ${env.CHROME_PATH}, which can't be run` };
  }
  const found = search(env);
  if (found) {
    return { path: found };
  }
  if (mayInstall()) {
    process.stdout.write('No browser was found; installing Chromium …\n');
    aptInstall('chromium');
  }
  const installed = search(env);
  return installed
    ? { path: installed }
    : {
        reason:
          'no Chromium or Chrome was found; install one, or set CHROME_PATH to it',
      };
}

function search(env) {
  const folders = (env.PATH ?? '').split(delimiter);
  return [
    ...NAMES.flatMap(name => folders.map(dir => join(dir, name))),
    MAC,
  ].find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, SAMPLES } from './folders.mjs';

const SETTINGS = 'application.properties';

/**
 * The files of a Maven project, by path: the workflows of some folders with all that lies beside
 * them, and one application.properties made of the project's and theirs.
 *
 * @param folders - folders of workflows; of files with the same path the last one counts
 * @param project - a folder with a pom.xml and an application.properties
 * @param resources - more resources by path, with or without an application.properties
 * @param settings - more lines for the application.properties, which outdo the others
 */
export function serviceSources({
  folders = [SAMPLES],
  project = PROJECT,
  settings = '',
  resources: more = {},
}) {
  const workflows = folders.map(filesOf);
  const own = readFileSync(join(project, SETTINGS), 'utf8');
  const resources = {
    ...Object.assign({}, ...workflows, more),
    [SETTINGS]: [
      own,
      ...[...workflows, more].map(each => each[SETTINGS]),
      settings,
    ]
      .filter(Boolean)
      .join('\n'),
  };
  return {
    'pom.xml': readFileSync(join(project, 'pom.xml'), 'utf8'),
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

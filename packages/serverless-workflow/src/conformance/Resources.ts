import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const LARGEST_FILE = 4_000_000;

/** The folder around a definition that stands for the class path of its application. */
export function resourceFolder(definition: string): string {
  let folder = dirname(definition);
  for (let level = 0; level < 6; level++) {
    if (existsSync(join(folder, 'application.properties'))) {
      return folder;
    }
    folder = dirname(folder);
  }
  return dirname(definition);
}

/** The files of a folder by the URIs that a definition may use for them. */
export function readResources(
  folder: string,
  definition: string,
): Record<string, string> {
  const resources: Record<string, string> = {};
  for (const file of listFiles(folder)) {
    const text = readFileSync(file, 'utf8');
    const names = new Set([
      relative(folder, file),
      relative(dirname(definition), file),
    ]);
    for (const name of names) {
      const uri = name.split(sep).join('/');
      for (const prefix of [
        '',
        '/',
        './',
        'classpath:',
        'classpath:/',
        'file:',
      ]) {
        resources[`${prefix}${uri}`] = text;
      }
    }
  }
  return resources;
}

/**
 * Adds what a definition names but its own folder does not have: files of another folder of the
 * definitions that end with the same path.
 */
export function addMissingResources(
  resources: Record<string, string>,
  text: string,
  root: string,
): void {
  for (const uri of text.match(/[\w./:-]+\.(?:json|ya?ml)/g) ?? []) {
    const path = uri.replace(/^[a-z]+:\/*/i, '');
    const found =
      resources[uri] === undefined &&
      listFiles(root).find(file => file.endsWith(`${sep}${path}`));
    if (found) {
      resources[uri] = readFileSync(found, 'utf8');
    }
  }
}

/** Keys and values of an `application.properties`; none when there is no such file. */
export function readProperties(folder: string): Record<string, string> {
  const file = join(folder, 'application.properties');
  if (!existsSync(file)) {
    return {};
  }
  return Object.fromEntries(
    readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .map(line => line.trim())
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => {
        const separator = line.search(/[=:]/);
        return [
          line.slice(0, separator).trim(),
          line.slice(separator + 1).trim(),
        ];
      }),
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return listFiles(path);
    }
    return /\.(json|ya?ml)$/.test(entry.name) &&
      statSync(path).size < LARGEST_FILE
      ? [path]
      : [];
  });
}

import fs from 'node:fs';
import path from 'node:path';
import { DefinitionFile } from '../check';

const DEFINITION = /\.sw\.(?:json|ya?ml)$/;
const SKIPPED = new Set(['node_modules', 'target', 'dist']);

/**
 * The definitions in a folder and below it, by name. Links and hidden folders are not followed.
 *
 * @throws Error when the folder can't be read
 */
export function readDefinitions(folder: string): DefinitionFile[] {
  return definitionPaths(folder, '')
    .sort()
    .map(fileName => ({
      fileName,
      text: fs.readFileSync(path.join(folder, fileName), 'utf8'),
    }));
}

function definitionPaths(folder: string, below: string): string[] {
  const entries = fs.readdirSync(path.join(folder, below), {
    withFileTypes: true,
  });
  return entries.flatMap(entry => {
    const name = path.posix.join(below, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || SKIPPED.has(entry.name)
        ? []
        : definitionPaths(folder, name);
    }
    return entry.isFile() && DEFINITION.test(entry.name) ? [name] : [];
  });
}

/**
 * Finds what definitions refer to: beside the definition or, as on SonataFlow's class path, in the
 * folder itself. Nothing outside of the folder is read.
 */
export function lookupIn(folder: string) {
  const root = fs.realpathSync(folder);
  return (uri: string, fileName: string): string | undefined => {
    const name = uri.replace(/^(?:classpath|file):(?:\/\/)?/, '');
    const places = [path.join(path.dirname(fileName), name), name];
    for (const place of places) {
      const text = readInside(root, path.join(root, place));
      if (text !== undefined) return text;
    }
    return undefined;
  };
}

function readInside(root: string, file: string): string | undefined {
  try {
    const real = fs.realpathSync(file);
    return real.startsWith(root + path.sep)
      ? fs.readFileSync(real, 'utf8')
      : undefined;
  } catch {
    // A file that can't be read is as good as missing: the check says which one it is.
    return undefined;
  }
}

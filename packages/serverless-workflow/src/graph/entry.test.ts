/** @jest-environment node */
import fs from 'node:fs';
import path from 'node:path';

const IMPORT = /^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]/gm;

/** What a file imports, and what that imports, down to packages. */
function packagesBehind(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, name] of fs.readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const found = name.startsWith('.')
      ? packagesBehind(resolve(path.resolve(path.dirname(file), name)), seen)
      : [name];
    for (const dependency of found) packages.add(dependency);
  }
  return packages;
}

function resolve(base: string): string {
  return fs.existsSync(`${base}.ts`)
    ? `${base}.ts`
    : path.join(base, 'index.ts');
}

it('the entry for pages brings nothing but yaml along', () => {
  expect([...packagesBehind(path.join(__dirname, 'index.ts'))]).toEqual([
    'yaml',
  ]);
});

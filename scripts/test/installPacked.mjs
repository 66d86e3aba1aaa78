import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** What Yarn and backstage-cli read at the root of a repository. */
const ROOT_FILES = [
  '.yarnrc.yml',
  'backstage.json',
  'package.json',
  'tsconfig.json',
  'yarn.lock',
];

const NOT_SOURCE = ['node_modules', 'dist'];

/**
 * Builds and packs packages as for a registry, and installs the tarballs in an empty folder. Packages of
 * others are links to those of this repository, and only what a tarball asks for is there: nothing is
 * downloaded. Works on a copy, since packing changes each package.json for a moment.
 *
 * @param root - the repository
 * @param names - folders in `packages`
 * @param work - an empty folder
 * @returns the folder that has them in its `node_modules`
 */
export function installPacked(root, names, work) {
  const copy = join(work, 'repository');
  const project = join(work, 'project');
  copySources(root, names, copy);
  for (const name of names) {
    const folder = join(copy, 'packages', name);
    const tarball = join(work, `${name}.tgz`);
    // With the role of a library it has types too, and those need a run of tsc before.
    run(folder, 'backstage-cli', 'package', 'build', '--role', 'cli');
    run(folder, 'yarn', 'pack', '--out', tarball);
    install(project, tarball, name);
  }
  linkOthers(root, names, project);
  return project;
}

function copySources(root, names, copy) {
  for (const file of ROOT_FILES) {
    cpSync(join(root, file), join(copy, file));
  }
  for (const name of names) {
    cpSync(join(root, 'packages', name), join(copy, 'packages', name), {
      recursive: true,
      filter: path => !NOT_SOURCE.includes(basename(path)),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

/** Unpacks a tarball, and puts its program where npx looks for it. */
function install(project, tarball, name) {
  const folder = join(project, 'node_modules/@open-orchestrator', name);
  mkdirSync(folder, { recursive: true });
  run(folder, 'tar', 'xzf', tarball, '--strip-components=1');
  const { bin } = manifestOf(folder);
  if (bin) {
    link(join(folder, bin), join(project, 'node_modules/.bin', basename(bin)));
  }
}

function linkOthers(root, names, project) {
  const modules = join(project, 'node_modules');
  const own = names.map(name => `@open-orchestrator/${name}`);
  for (const name of names) {
    const { dependencies = {} } = manifestOf(
      join(modules, '@open-orchestrator', name),
    );
    const { resolve } = createRequire(
      join(root, 'packages', name, 'package.json'),
    );
    for (const other of Object.keys(dependencies)) {
      if (!own.includes(other)) {
        link(dirname(resolve(`${other}/package.json`)), join(modules, other));
      }
    }
  }
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** The package.json of a folder. */
export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function run(cwd, command, ...args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    // The Yarn that runs this, not one that the copy would have to have.
    env: { ...process.env, YARN_IGNORE_PATH: '1' },
  });
  if (status !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} failed:\n${stdout}${stderr}`,
      { cause: error },
    );
  }
}

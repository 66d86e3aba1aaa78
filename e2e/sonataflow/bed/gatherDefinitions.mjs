import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import { Problem } from '../../../.yarn/bootstrap/explain.mjs';
import { workflowSettings } from './workflowSettings.mjs';

const SETTINGS = 'application.properties';
const LARGEST_FILE = 4_000_000;

/** Types of custom functions that the service of the test bed has. */
const CUSTOM_TYPES = ['rest', 'sysout'];

/**
 * Collects workflows that were not made for one service into one.
 *
 * @param folder - a folder of workflows, each beside or below the application.properties of its own
 *   application
 * @param files - which workflows of it are wanted, all by default
 * @param eventPaths - paths to which events will be posted, beside `/`
 * @returns the resources of the service by path, and what was left out and why
 */
export function gatherDefinitions({ folder, files, eventPaths = [] }) {
  const found = (files ?? globSync('**/*.sw.{json,yaml,yml}', { cwd: folder }))
    .map(file => read(resolve(folder, file), folder))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (found.length === 0) {
    throw new Problem(`There is no workflow in ${folder}.`);
  }
  const taken = new Map();
  const leftOut = [];
  for (const each of found) {
    const reason = obstacleOf(each, taken);
    if (reason === undefined) {
      taken.set(each.id, each);
    } else {
      leftOut.push({ name: each.name, id: each.id, reason });
    }
  }
  return { resources: resourcesOf([...taken.values()], eventPaths), leftOut };
}

function read(file, folder) {
  const text = readFileSync(file, 'utf8');
  const root = applicationOf(file, folder);
  const definition = parseOr(text);
  return {
    file,
    root,
    text,
    definition,
    name: relative(folder, file),
    id: definition?.id,
  };
}

function parseOr(text) {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The nearest folder above a workflow that has settings stands for its class path. */
function applicationOf(file, folder) {
  for (let at = dirname(file); at.startsWith(folder); at = dirname(at)) {
    if (existsSync(join(at, SETTINGS))) {
      return at;
    }
  }
  return dirname(file);
}

function obstacleOf({ definition, id }, taken) {
  if (typeof definition !== 'object' || typeof id !== 'string') {
    return 'it has no id';
  }
  if (taken.has(id)) {
    return `${taken.get(id).name} has the same id`;
  }
  const functions = Array.isArray(definition.functions)
    ? definition.functions
    : [];
  for (const { type = 'rest', operation = '' } of functions) {
    const [kind] = String(operation).split(':');
    if (type === 'custom' && !CUSTOM_TYPES.includes(kind)) {
      return `functions of type ${kind} need an add-on or Java`;
    }
    if (type === 'custom' && kind === 'rest' && id.includes('-')) {
      return 'SonataFlow 10.1 builds no rest: function where the id has a hyphen';
    }
    if (!['rest', 'custom', 'expression'].includes(type)) {
      return `functions of type ${type} need an add-on`;
    }
  }
  return undefined;
}

function resourcesOf(workflows, eventPaths) {
  const resources = {};
  const settings = [];
  for (const root of new Set(workflows.map(each => each.root))) {
    Object.assign(resources, filesBeside(root));
    settings.push(settingsIn(root, eventPaths));
  }
  for (const { file, root, text } of workflows) {
    // By their ids no two workflows collide, but their files may.
    resources[freeName(resources, relative(root, file))] = text;
  }
  resources[SETTINGS] = settings.join('\n');
  return resources;
}

function freeName(resources, name) {
  return name in resources
    ? freeName(resources, join(dirname(name), `other-${basename(name)}`))
    : name;
}

/** What workflows refer to: everything but workflows. */
function filesBeside(root) {
  const paths = globSync('**/*.{json,yaml,yml}', { cwd: root }).filter(
    path => !/\.sw\.\w+$/.test(path),
  );
  return Object.fromEntries(
    paths
      .map(path => [path, readFileSync(join(root, path), 'utf8')])
      .filter(([, text]) => text.length < LARGEST_FILE),
  );
}

function settingsIn(root, eventPaths) {
  const file = join(root, SETTINGS);
  return existsSync(file)
    ? workflowSettings(readFileSync(file, 'utf8'), eventPaths)
    : '';
}

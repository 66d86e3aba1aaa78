import { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderFile, FolderSnapshot, UnreadableFile } from './FolderSnapshot';
import { readText, realPathInside, UnreadableError } from './readText';

const WORKFLOW_FILE = /\.sw\.(json|yaml|yml)$/;
/** Left behind by editors and by other systems' archives. */
const LEFTOVER = /^(\.[#_~]|~|#)/;
const EMPTY: FolderSnapshot = { files: [], unreadable: [] };
const MAX_DEPTH = 8;
/** Names looked at, so that a folder by mistake (a home, a disk) does not stall the engine. */
const MAX_NAMES = 20_000;
const MAX_WORKFLOWS = 1_000;

/** Reads every workflow file below a folder. Never throws: what is wrong is in the answer. */
export async function readFolder(folder: string): Promise<FolderSnapshot> {
  try {
    const realRoot = await realpath(folder);
    if (!(await stat(realRoot)).isDirectory()) {
      return { ...EMPTY, problem: `${folder} is no folder.` };
    }
    const paths = await listWorkflows(folder, realRoot);
    return await readAll(folder, realRoot, paths);
  } catch (error) {
    return { ...EMPTY, problem: folderProblem(folder, error) };
  }
}

async function readAll(
  folder: string,
  realRoot: string,
  paths: string[],
): Promise<FolderSnapshot> {
  const files: FolderFile[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const path of paths) {
    try {
      files.push({ path, ...(await readText(join(folder, path), realRoot)) });
    } catch (error) {
      if (!(error instanceof UnreadableError)) {
        throw error;
      }
      unreadable.push({ path, problem: error.message });
    }
  }
  return { files, unreadable };
}

/** Paths of the workflow files relative to the folder, sorted. */
async function listWorkflows(
  folder: string,
  realRoot: string,
): Promise<string[]> {
  const found: string[] = [];
  const visited = new Set([realRoot]);
  const open = [{ path: '', depth: 0 }];
  let names = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const entries = await readdir(join(folder, next.path), {
      withFileTypes: true,
    });
    names += entries.length;
    for (const entry of entries) {
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (WORKFLOW_FILE.test(entry.name)) {
        if (!LEFTOVER.test(entry.name)) {
          found.push(path);
        }
      } else if (
        next.depth < MAX_DEPTH &&
        (await isOpenFolder(join(folder, path), entry, realRoot, visited))
      ) {
        open.push({ path, depth: next.depth + 1 });
      }
    }
    if (names > MAX_NAMES || found.length > MAX_WORKFLOWS) {
      throw new UnreadableError(
        `has more than ${MAX_WORKFLOWS} workflow files or ${MAX_NAMES} names; is it the right folder?`,
      );
    }
  }
  return found.sort();
}

/** True for folders that are looked into; each real folder once, so that links form no loop. */
async function isOpenFolder(
  path: string,
  entry: Dirent,
  realRoot: string,
  visited: Set<string>,
): Promise<boolean> {
  // Also the hidden folders of a mounted ConfigMap: its files are reached by links beside them.
  if (entry.name.startsWith('.') || entry.name === 'node_modules') {
    return false;
  }
  if (!entry.isDirectory() && !entry.isSymbolicLink()) {
    return false;
  }
  try {
    const realPath = await realPathInside(path, realRoot);
    if (visited.has(realPath) || !(await stat(realPath)).isDirectory()) {
      return false;
    }
    visited.add(realPath);
    return true;
  } catch {
    // A link that leads out or nowhere, or a folder that went away meanwhile.
    return false;
  }
}

function folderProblem(folder: string, error: unknown): string {
  if (error instanceof UnreadableError) {
    return `${folder} ${error.message}`;
  }
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT'
    ? `The workflow folder ${folder} does not exist. It is loaded as soon as it appears; orchestrator.embedded.workflows names it.`
    : `The workflow folder ${folder} can't be read: ${code}.`;
}

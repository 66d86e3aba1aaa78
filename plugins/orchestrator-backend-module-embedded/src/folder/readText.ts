import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';

/** A text with what is needed to recognise it. */
export interface ReadText {
  text: string;
  hash: string;
  modifiedAt: string;
}

/** Why a file is not read, in one sentence about it. */
export class UnreadableError extends Error {
  name = 'UnreadableError';
}

/** Far above real definitions, schemas and OpenAPI documents. */
const MAX_FILE_BYTES = 4_000_000;

/**
 * Reads a text file below a folder. Symbolic links are followed as long as they end inside.
 *
 * @param realRoot - the folder without symbolic links
 * @throws UnreadableError when the file is missing, outside, too large or no UTF-8 text
 */
export async function readText(
  path: string,
  realRoot: string,
): Promise<ReadText> {
  const realPath = await realPathInside(path, realRoot);
  // The real path has no link any more; one that took its place meanwhile is not followed, and a
  // pipe does not block.
  const file = await open(
    realPath,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  ).catch(unreadable);
  try {
    const status = await file.stat();
    if (!status.isFile()) {
      throw new UnreadableError('It is no regular file.');
    }
    const buffer = Buffer.alloc(Math.min(status.size, MAX_FILE_BYTES) + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > MAX_FILE_BYTES) {
      throw new UnreadableError(
        `It is larger than ${MAX_FILE_BYTES / 1_000_000} MB.`,
      );
    }
    const bytes = buffer.subarray(0, bytesRead);
    return {
      text: decode(bytes),
      hash: createHash('sha256').update(bytes).digest('hex'),
      modifiedAt: status.mtime.toISOString(),
    };
  } finally {
    await file.close();
  }
}

/**
 * The path without symbolic links.
 *
 * @throws UnreadableError when it does not lie inside the folder or does not exist
 */
export async function realPathInside(
  path: string,
  realRoot: string,
): Promise<string> {
  if (path.includes('\0')) {
    throw new UnreadableError('Its name has a NUL character.');
  }
  const realPath = await realpath(path).catch(unreadable);
  if (!isInside(realPath, realRoot)) {
    throw new UnreadableError('It lies outside the workflow folder.');
  }
  return realPath;
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableError('It is no UTF-8 text.');
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'It does not exist.',
  ENOTDIR: 'It does not exist.',
  EACCES: 'It may not be read.',
  EPERM: 'It may not be read.',
  ELOOP: 'It is a symbolic link without end.',
  ENAMETOOLONG: 'Its name is too long.',
};

function unreadable(error: NodeJS.ErrnoException): never {
  throw new UnreadableError(
    REASONS[error.code ?? ''] ?? `It can't be read: ${error.code}.`,
    { cause: error },
  );
}

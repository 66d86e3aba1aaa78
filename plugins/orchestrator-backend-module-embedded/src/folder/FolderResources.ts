import type { HttpClient } from '@open-orchestrator/serverless-workflow/runtime';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readText, UnreadableError } from './readText';

export interface FolderResourcesOptions {
  folder: string;
  /** For references to other hosts. */
  http: HttpClient;
}

const FETCH_TIMEOUT_MS = 10_000;
const SCHEME = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):/;

/**
 * The texts that definitions refer to: schemas, OpenAPI documents, constants. A relative reference
 * starts at the folder of the definition or, as on SonataFlow's class path, at the workflow
 * folder; nothing outside the workflow folder is read.
 */
export class FolderResources {
  readonly #folder: string;
  readonly #http: HttpClient;

  private constructor(options: FolderResourcesOptions) {
    this.#folder = options.folder;
    this.#http = options.http;
  }

  static create(options: FolderResourcesOptions): FolderResources {
    return new FolderResources(options);
  }

  /** True when a reference leads to another host instead of a file. */
  static isRemote(uri: string): boolean {
    return /^https?:/i.test(uri);
  }

  /**
   * @param uri - as the definition has it, without fragment
   * @param from - path of the referring file, relative to the workflow folder
   * @throws Error whose message says in one sentence why the text can't be had
   */
  async read(uri: string, from: string): Promise<string> {
    return FolderResources.isRemote(uri)
      ? this.#fetch(uri)
      : this.#readFile(uri, from);
  }

  async #fetch(uri: string): Promise<string> {
    const response = await this.#http.request({
      method: 'GET',
      url: uri,
      headers: {},
      timeoutMs: FETCH_TIMEOUT_MS,
    });
    if (response.status !== 200) {
      throw new UnreadableError(
        `Its address answered ${response.status} ${response.statusText}.`,
      );
    }
    return response.body;
  }

  async #readFile(uri: string, from: string): Promise<string> {
    const realRoot = await realpath(this.#folder);
    let missing: unknown;
    for (const path of this.#candidates(uri, from)) {
      try {
        return (await readText(path, realRoot)).text;
      } catch (error) {
        // The next place is tried only when there is nothing at this one.
        if (!isMissing(error)) {
          throw error;
        }
        missing = error;
      }
    }
    throw missing;
  }

  #candidates(uri: string, from: string): string[] {
    const scheme = SCHEME.exec(uri)?.groups?.scheme.toLowerCase();
    if (scheme === 'classpath') {
      return [join(this.#folder, uri.slice('classpath:'.length))];
    }
    if (scheme !== undefined && scheme !== 'file') {
      throw new UnreadableError(`References to ${scheme}: are not supported.`);
    }
    const path = scheme === 'file' ? filePath(uri) : uri;
    return isAbsolute(path)
      ? [path]
      : [join(this.#folder, dirname(from), path), join(this.#folder, path)];
  }
}

/** `file:///a/b` is absolute, `file:a/b` relative. */
function filePath(uri: string): string {
  const path = uri.slice('file:'.length);
  if (!path.startsWith('//')) {
    return path;
  }
  try {
    return fileURLToPath(uri);
  } catch {
    throw new UnreadableError('Its file address can not be read.');
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof UnreadableError &&
    ['ENOENT', 'ENOTDIR'].includes(
      (error.cause as NodeJS.ErrnoException | undefined)?.code ?? '',
    )
  );
}

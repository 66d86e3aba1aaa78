import { FSWatcher, watch } from 'chokidar';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';

export interface FolderWatchOptions {
  /** Folders and files; those that do not exist yet are watched once they do. */
  paths: string[];
  /** Look at this interval instead of waiting for file events. */
  pollMs?: number;
  /**
   * Called soon after something may have changed, never twice at a time, with the moment when that
   * was noticed on the clock of `performance.now()`.
   */
  onChange: (noticedAt: number) => Promise<void>;
}

/** Editors save in several steps; this long after the last of them the files are read. */
const QUIET_MS = 30;
/** A folder that changes all the time is read at least so often. */
const LONGEST_WAIT_MS = 300;
/** Notices a watched path that appeared, went or was replaced. */
const IDENTITY_MS = 500;

/**
 * Tells that a folder may have changed. It does not say what: whoever listens reads the folder and
 * compares, which makes renames, half-written files and swapped links ordinary cases.
 */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  #watcher: FSWatcher | undefined;
  #identity = '';
  #identityTimer: NodeJS.Timeout | undefined;
  #quietTimer: NodeJS.Timeout | undefined;
  #firstEventAt: number | undefined;
  #reading: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  private constructor(options: FolderWatchOptions) {
    this.#options = options;
  }

  static async start(options: FolderWatchOptions): Promise<FolderWatch> {
    const folderWatch = new FolderWatch(options);
    if (options.pollMs === undefined) {
      folderWatch.#identity = await folderWatch.#readIdentity();
      await folderWatch.#open();
    }
    folderWatch.#tick();
    return folderWatch;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#identityTimer);
    clearTimeout(this.#quietTimer);
    await this.#watcher?.close();
    await this.#reading;
  }

  /** Has the folder read again after a pause, e.g. because a file seemed half-written. */
  lookAgainIn(pauseMs: number): void {
    this.#schedule(pauseMs);
  }

  async #open(): Promise<void> {
    await this.#watcher?.close();
    this.#watcher = undefined;
    // Of a path that does not exist chokidar would watch the folder above it.
    const paths = this.#options.paths.filter(existsSync);
    if (paths.length === 0) {
      return;
    }
    const watcher = watch(paths, {
      ignoreInitial: true,
      ignored: /[\\/](node_modules|\.git)([\\/]|$)/,
      depth: 8,
    });
    this.#watcher = watcher;
    // Raw events too: a swapped link is none of the changes that are told otherwise.
    watcher.on('all', () => this.#noticed());
    watcher.on('raw', () => this.#noticed());
    watcher.on('error', () => this.#noticed());
    await new Promise<void>(resolve => {
      watcher.on('ready', resolve);
    });
  }

  #tick(): void {
    const { pollMs } = this.#options;
    this.#identityTimer = setTimeout(async () => {
      if (pollMs === undefined) {
        await this.#checkIdentity();
      } else {
        await this.#read();
      }
      if (!this.#stopped) {
        this.#tick();
      }
    }, pollMs ?? IDENTITY_MS);
  }

  /** Watching goes on with what a path named first; a new folder in its place needs a new watch. */
  async #checkIdentity(): Promise<void> {
    const identity = await this.#readIdentity();
    if (identity !== this.#identity && !this.#stopped) {
      this.#identity = identity;
      await this.#open();
      this.#noticed();
    }
  }

  async #readIdentity(): Promise<string> {
    const identities = await Promise.all(
      this.#options.paths.map(path =>
        stat(path).then(
          // A new folder may get the number of the one before it.
          ({ dev, ino, birthtimeMs }) => `${dev}:${ino}:${birthtimeMs}`,
          () => 'missing',
        ),
      ),
    );
    return identities.join();
  }

  #noticed(): void {
    const now = performance.now();
    this.#firstEventAt ??= now;
    const leftMs = this.#firstEventAt + LONGEST_WAIT_MS - now;
    this.#schedule(Math.max(0, Math.min(QUIET_MS, leftMs)));
  }

  #schedule(pauseMs: number): void {
    clearTimeout(this.#quietTimer);
    if (!this.#stopped) {
      this.#quietTimer = setTimeout(() => void this.#read(), pauseMs);
    }
  }

  async #read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#readUntilQuiet();
    await this.#reading;
    this.#reading = undefined;
  }

  async #readUntilQuiet(): Promise<void> {
    do {
      this.#again = false;
      const noticedAt = this.#firstEventAt ?? performance.now();
      this.#firstEventAt = undefined;
      await this.#options.onChange(noticedAt);
    } while (this.#again && !this.#stopped);
  }
}

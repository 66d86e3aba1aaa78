import type { FileContent, RetainedFile } from '../channel';

/** More are not kept: whoever breaks so many files has other troubles. */
const MAX_QUARANTINE = 100;

/**
 * What outlives an engine process: the last good content of each workflow file, and the files
 * whose loading ended a process, so that a new one neither loses workflows nor ends the same way.
 */
export class RetainedFiles {
  readonly #good = new Map<string, RetainedFile>();
  readonly #quarantine = new Map<string, FileContent>();
  #loading: FileContent | undefined;

  static create(): RetainedFiles {
    return new RetainedFiles();
  }

  /** The process is about to load this content. */
  loading(file: FileContent): void {
    this.#loading = file;
  }

  /** The process got through what it was loading. */
  loaded(): void {
    this.#loading = undefined;
  }

  retain(file: RetainedFile): void {
    this.#good.set(file.path, file);
  }

  release(path: string): void {
    this.#good.delete(path);
  }

  /** The process ended. Gives the file that it was loading, which is now in quarantine. */
  processEnded(): FileContent | undefined {
    const file = this.#loading;
    this.#loading = undefined;
    if (file) {
      this.#quarantine.set(file.path, file);
      const [oldest] = this.#quarantine.keys();
      if (this.#quarantine.size > MAX_QUARANTINE) {
        this.#quarantine.delete(oldest);
      }
    }
    return file;
  }

  /** For the next process. */
  forStart(): { quarantine: FileContent[]; retained: RetainedFile[] } {
    return {
      quarantine: [...this.#quarantine.values()],
      retained: [...this.#good.values()],
    };
  }
}

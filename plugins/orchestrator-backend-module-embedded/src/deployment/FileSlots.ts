import type { FileContent, RetainedFile } from '../channel';
import {
  Definition,
  LoadedDefinition,
  loadDefinition,
  textHash,
} from '../definition';
import type { FolderFile, FolderSnapshot } from '../folder';
import { FolderResources } from '../folder';
import { emptySlot, FileSlot } from './FileSlot';

/** Told while files are loaded; the portal remembers it in case this process ends. */
export interface LoadWitness {
  /** Resolves once the news has left this process. */
  loading(file: FileContent): Promise<void>;
  loaded(): void;
  retain(file: RetainedFile): void;
  release(path: string): void;
}

export interface FileSlotsOptions {
  resources: Pick<FolderResources, 'read'>;
  witness: LoadWitness;
  /** Contents that ended an earlier process. */
  quarantine: FileContent[];
  /** What an earlier process ran. */
  retained: RetainedFile[];
}

const QUARANTINED = {
  severity: 'error' as const,
  code: 'quarantine',
  message:
    'Loading it ended the engine process; it is loaded again when it changes.',
};

/** The files of the workflow folder, each with what was last read of it and its last good content. */
export class FileSlots {
  readonly #options: FileSlotsOptions;
  readonly #quarantine: ReadonlyMap<string, string>;
  readonly #retained: ReadonlyMap<string, RetainedFile>;
  readonly #slots = new Map<string, FileSlot>();
  /** Content that failed once; it is believed to be broken when it is seen a second time. */
  readonly #suspects = new Map<string, string>();
  #isFirstPass = true;

  private constructor(options: FileSlotsOptions) {
    this.#options = options;
    this.#quarantine = new Map(
      options.quarantine.map(({ path, hash }) => [path, hash]),
    );
    this.#retained = new Map(options.retained.map(file => [file.path, file]));
  }

  static create(options: FileSlotsOptions): FileSlots {
    return new FileSlots(options);
  }

  /**
   * Reads what changed.
   *
   * @returns the paths whose content can't be loaded, and whether one looked half-written
   */
  async read(
    snapshot: FolderSnapshot,
  ): Promise<{ failed: string[]; unsettled: boolean }> {
    const failed: string[] = [];
    let unsettled = false;
    for (const file of snapshot.files) {
      const outcome = await this.#applyFile(file);
      unsettled ||= outcome === 'unsettled';
      if (outcome === 'failed') {
        failed.push(file.path);
      }
    }
    failed.push(...this.#markUnreadable(snapshot));
    this.#dropMissing(snapshot);
    this.#isFirstPass = false;
    return { failed, unsettled };
  }

  all(): FileSlot[] {
    return [...this.#slots.values()];
  }

  at(path: string): FileSlot {
    return this.#slots.get(path) ?? emptySlot(path);
  }

  put(slot: FileSlot): void {
    this.#slots.set(slot.path, slot);
  }

  async #applyFile(
    file: FolderFile,
  ): Promise<'unchanged' | 'loaded' | 'failed' | 'unsettled'> {
    const { path, hash, modifiedAt } = file;
    const slot = this.at(path);
    if (slot.hash === hash && !(await this.#dependenciesChanged(slot))) {
      this.put({ ...slot, modifiedAt });
      return 'unchanged';
    }
    const { definition, problems, dependencies } = await this.#load(file);
    const isSuspect = this.#suspects.get(path) === hash;
    if (!definition && !isSuspect && !this.#isFirstPass) {
      this.#suspects.set(path, hash);
      return 'unsettled';
    }
    this.#suspects.delete(path);
    const good = definition ?? slot.good ?? (await this.#loadRetained(path));
    const broken = definition === undefined;
    this.put({
      path,
      hash,
      modifiedAt,
      dependencies,
      good,
      broken,
      problems,
    });
    return broken ? 'failed' : 'loaded';
  }

  async #load(file: FolderFile): Promise<LoadedDefinition> {
    const { path, hash } = file;
    if (this.#quarantine.get(path) === hash) {
      return { problems: [QUARANTINED], dependencies: new Map() };
    }
    const { witness, resources } = this.#options;
    await witness.loading({ path, hash });
    const loaded = await loadDefinition(file, uri => resources.read(uri, path));
    witness.loaded();
    return loaded;
  }

  /** What an earlier process ran stands in for content that can't be loaded by this one. */
  async #loadRetained(path: string): Promise<Definition | undefined> {
    const file = this.#retained.get(path);
    if (!file || !this.#isFirstPass) {
      return undefined;
    }
    const { definition } = await loadDefinition(file, async uri => {
      if (!Object.hasOwn(file.resources, uri)) {
        throw new Error('It was not kept.');
      }
      return file.resources[uri];
    });
    return definition;
  }

  async #dependenciesChanged(slot: FileSlot): Promise<boolean> {
    for (const [uri, hash] of slot.dependencies) {
      // Other hosts are asked again only when the definition itself changes.
      if (
        !FolderResources.isRemote(uri) &&
        (await this.#hashOf(uri, slot.path)) !== hash
      ) {
        return true;
      }
    }
    return false;
  }

  async #hashOf(uri: string, from: string): Promise<string | undefined> {
    try {
      return textHash(await this.#options.resources.read(uri, from));
    } catch {
      return undefined;
    }
  }

  /** Gives the files that can no longer be read, those already known left out. */
  #markUnreadable(snapshot: FolderSnapshot): string[] {
    return snapshot.unreadable.flatMap(({ path, problem }) => {
      const slot = this.at(path);
      const [known] = slot.problems;
      this.put({
        ...slot,
        hash: undefined,
        broken: true,
        problems: [{ severity: 'error', message: problem }],
      });
      return slot.hash === undefined && known?.message === problem
        ? []
        : [path];
    });
  }

  #dropMissing(snapshot: FolderSnapshot): void {
    const paths = new Set(
      [...snapshot.files, ...snapshot.unreadable].map(({ path }) => path),
    );
    const known = [
      ...this.#slots.keys(),
      ...(this.#isFirstPass ? this.#retained.keys() : []),
    ];
    for (const path of known) {
      if (!paths.has(path)) {
        this.#slots.delete(path);
        this.#suspects.delete(path);
        this.#options.witness.release(path);
      }
    }
  }
}

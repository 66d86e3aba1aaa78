import { Definition, Problem } from '../definition';

/** What is known of one workflow file. */
export interface FileSlot {
  /** Relative to the workflow folder. */
  readonly path: string;
  /** Hash of the content that the rest is about; missing when the file can't be read. */
  hash?: string;
  modifiedAt?: string;
  /** Texts that the content refers to, with their hashes. */
  dependencies: Map<string, string | undefined>;
  /** The last content that could be loaded. */
  good?: Definition;
  /** True when the present content is not {@link FileSlot.good}. */
  broken: boolean;
  /** Of the present content. */
  problems: Problem[];
}

export function emptySlot(path: string): FileSlot {
  return { path, dependencies: new Map(), broken: true, problems: [] };
}

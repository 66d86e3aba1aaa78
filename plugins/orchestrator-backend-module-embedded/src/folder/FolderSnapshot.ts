/** A text that was read from the workflow folder. */
export interface FolderFile {
  /** Relative to the folder, with slashes. */
  path: string;
  text: string;
  /** SHA-256 of the text. */
  hash: string;
  /** ISO-8601 in UTC. */
  modifiedAt: string;
}

/** A workflow file that can't be read. */
export interface UnreadableFile {
  path: string;
  /** One sentence. */
  problem: string;
}

/** What the workflow folder held at one moment. */
export interface FolderSnapshot {
  /** Workflow files, by path. */
  files: FolderFile[];
  unreadable: UnreadableFile[];
  /** Why the folder as a whole can't be read; then there are no files. */
  problem?: string;
}

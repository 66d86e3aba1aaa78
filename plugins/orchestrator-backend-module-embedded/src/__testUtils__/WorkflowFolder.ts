import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workflow folder of a test, in a folder of its own. */
export class WorkflowFolder {
  /** Around the workflow folder: what workflows must not reach. */
  readonly base: string;
  readonly path: string;

  private constructor(base: string) {
    this.base = base;
    this.path = join(base, 'workflows');
  }

  static create(files: Record<string, string> = {}): WorkflowFolder {
    const base = mkdtempSync(join(tmpdir(), 'orchestrator-'));
    const folder = new WorkflowFolder(realpathSync(base));
    mkdirSync(folder.path);
    Object.entries(files).forEach(([path, text]) => folder.write(path, text));
    return folder;
  }

  write(path: string, text: string): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** As careful editors save: a new file takes the place of the old one. */
  replace(path: string, text: string): void {
    this.write(`${path}.tmp`, text);
    renameSync(join(this.path, `${path}.tmp`), join(this.path, path));
  }

  remove(path = '.'): void {
    rmSync(join(this.path, path), { recursive: true });
  }

  dispose(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}

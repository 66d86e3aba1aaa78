import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowFolder } from '../__testUtils__/WorkflowFolder';
import { FolderWatch } from './FolderWatch';
import { readFolder } from './readFolder';

/** What a listener finds in the folder when it is told, as `path: text` lines. */
class Reader {
  #seen: string[] = [];
  #waiting: (() => void)[] = [];

  constructor(private readonly folder: string) {}

  readonly onChange = async (): Promise<void> => {
    const { files, problem } = await readFolder(this.folder);
    this.#seen = problem
      ? ['no folder']
      : files.map(({ path, text }) => `${path}: ${text}`);
    this.#waiting.splice(0).forEach(wake => wake());
  };

  /** Resolves once the listener has found exactly this, with what it found. */
  async sees(...expected: string[]): Promise<string[]> {
    while (JSON.stringify(this.#seen) !== JSON.stringify(expected)) {
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
      });
    }
    return this.#seen;
  }
}

const running: { stop(): Promise<void> }[] = [];

async function watch(folder: WorkflowFolder, pollMs?: number) {
  const reader = new Reader(folder.path);
  const folderWatch = await FolderWatch.start({
    paths: [folder.path, join(folder.base, 'outside.properties')],
    pollMs,
    onChange: reader.onChange,
  });
  running.push(folderWatch, { stop: async () => folder.dispose() });
  return { reader, folderWatch };
}

afterEach(async () => {
  for (const each of running.splice(0)) {
    await each.stop();
  }
});

describe.each([
  ['by file events', undefined],
  ['by polling', 100],
])('FolderWatch, %s,', (_how, pollMs) => {
  it('notices new, changed, renamed and removed files', async () => {
    const folder = WorkflowFolder.create();
    const { reader } = await watch(folder, pollMs);

    folder.write('a.sw.yaml', '1');
    await reader.sees('a.sw.yaml: 1');
    folder.write('a.sw.yaml', '2');
    await reader.sees('a.sw.yaml: 2');
    folder.replace('a.sw.yaml', '3');
    await reader.sees('a.sw.yaml: 3');
    renameSync(join(folder.path, 'a.sw.yaml'), join(folder.path, 'b.sw.yaml'));
    await reader.sees('b.sw.yaml: 3');
    folder.remove('b.sw.yaml');
    expect(await reader.sees()).toEqual([]);
  });

  it('notices files in folders that are new', async () => {
    const folder = WorkflowFolder.create();
    const { reader } = await watch(folder, pollMs);

    folder.write('team/deep/a.sw.yaml', '1');
    await reader.sees('team/deep/a.sw.yaml: 1');
    folder.write('team/deep/a.sw.yaml', '2');
    expect(await reader.sees('team/deep/a.sw.yaml: 2')).toHaveLength(1);
  });

  it('notices the swap of a mounted ConfigMap', async () => {
    const folder = WorkflowFolder.create({ '..1/a.sw.yaml': 'old' });
    symlinkSync('..1', join(folder.path, '..data'));
    symlinkSync('..data/a.sw.yaml', join(folder.path, 'a.sw.yaml'));
    const { reader } = await watch(folder, pollMs);

    folder.write('..2/a.sw.yaml', 'new');
    symlinkSync('..2', join(folder.path, '..data_tmp'));
    renameSync(join(folder.path, '..data_tmp'), join(folder.path, '..data'));
    rmSync(join(folder.path, '..1'), { recursive: true });

    expect(await reader.sees('a.sw.yaml: new')).toHaveLength(1);
  });

  it('notices a folder that appears, goes and comes back', async () => {
    const folder = WorkflowFolder.create();
    folder.remove();
    const { reader } = await watch(folder, pollMs);

    folder.write('a.sw.yaml', '1');
    await reader.sees('a.sw.yaml: 1');
    folder.remove();
    await reader.sees('no folder');
    folder.write('a.sw.yaml', '2');
    await reader.sees('a.sw.yaml: 2');
    folder.write('a.sw.yaml', '3');
    expect(await reader.sees('a.sw.yaml: 3')).toHaveLength(1);
  });
});

describe('FolderWatch', () => {
  it('reads once for many changes at a time', async () => {
    const folder = WorkflowFolder.create();
    const { reader } = await watch(folder);
    const reads = jest.spyOn(reader, 'onChange');

    const paths = Array.from(
      { length: 100 },
      (_, n) => `${String(n).padStart(3, '0')}.sw.yaml`,
    );
    paths.forEach(path => folder.write(path, 'x'));
    await reader.sees(...paths.map(path => `${path}: x`));

    expect(reads.mock.calls.length).toBeLessThan(10);
  });

  it('looks again when it is asked to', async () => {
    const folder = WorkflowFolder.create();
    let reads = 0;
    const twice = new Promise<void>(resolve => {
      const start = FolderWatch.start({
        paths: [folder.path],
        onChange: async () => {
          reads += 1;
          if (reads === 1) {
            (await start).lookAgainIn(1);
          } else {
            resolve();
          }
        },
      });
      void start.then(started => {
        running.push(started, { stop: async () => folder.dispose() });
        started.lookAgainIn(1);
      });
    });

    await twice;

    expect(reads).toBe(2);
  });
});

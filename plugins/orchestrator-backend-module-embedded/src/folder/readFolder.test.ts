import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from './readFolder';

let base: string;
let folder: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'orchestrator-folder-')));
  folder = join(base, 'workflows');
  mkdirSync(folder);
});

afterEach(() => rmSync(base, { recursive: true }));

function write(path: string, text: string | Buffer = 'id: a') {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function pathsRead() {
  return (await readFolder(folder)).files.map(({ path }) => path);
}

describe('readFolder', () => {
  describe('says what is wrong', () => {
    it('with a folder that does not exist', async () => {
      const missing = join(base, 'missing');

      expect(await readFolder(missing)).toEqual({
        files: [],
        unreadable: [],
        problem: `The workflow folder ${missing} does not exist. It is loaded as soon as it appears; orchestrator.embedded.workflows names it.`,
      });
    });

    it('with a file in place of the folder', async () => {
      write('file');

      expect((await readFolder(join(folder, 'file'))).problem).toBe(
        `${join(folder, 'file')} is no folder.`,
      );
    });

    it.each<[string, string, (path: string) => void]>([
      [
        'a link that leaves the folder',
        'It lies outside the workflow folder.',
        path => {
          writeFileSync(join(base, 'outside.json'), '{}');
          symlinkSync('../outside.json', path);
        },
      ],
      [
        'an absolute link that leaves the folder',
        'It lies outside the workflow folder.',
        path => symlinkSync('/etc/passwd', path),
      ],
      [
        'a link to a sibling whose name begins alike',
        'It lies outside the workflow folder.',
        path => {
          mkdirSync(join(base, 'workflows-secret'));
          writeFileSync(join(base, 'workflows-secret', 'a'), '{}');
          symlinkSync('../workflows-secret/a', path);
        },
      ],
      [
        'a link to nothing',
        'It does not exist.',
        path => symlinkSync('nothing', path),
      ],
      [
        'a link to itself',
        'It is a symbolic link without end.',
        path => symlinkSync('a.sw.json', path),
      ],
      ['a folder', 'It is no regular file.', path => mkdirSync(path)],
      [
        'a pipe that nobody writes to',
        'It is no regular file.',
        path => execFileSync('mkfifo', [path]),
      ],
      [
        'a huge file',
        'It is larger than 4 MB.',
        path => writeFileSync(path, Buffer.alloc(4_000_001, 'a')),
      ],
      [
        'a binary file',
        'It is no UTF-8 text.',
        path => writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00, 0x80])),
      ],
    ])('with %s', async (_what, problem, make) => {
      make(join(folder, 'a.sw.json'));
      write('b.sw.json');

      expect(await readFolder(folder)).toMatchObject({
        files: [{ path: 'b.sw.json' }],
        unreadable: [{ path: 'a.sw.json', problem }],
      });
    });
  });

  it('reads workflow files of every format, in subfolders too', async () => {
    write('b.sw.yaml');
    write('a.sw.json');
    write('team/c.sw.yml');
    write('.hidden.sw.json');

    expect(await pathsRead()).toEqual([
      '.hidden.sw.json',
      'a.sw.json',
      'b.sw.yaml',
      'team/c.sw.yml',
    ]);
  });

  it('leaves other files and leftovers alone', async () => {
    write('schemas/input.json');
    write('specs/api.yaml');
    write('application.properties');
    write('a.sw.json.swp');
    write('a.sw.json~');
    write('.#a.sw.json');
    write('._a.sw.json');
    write('#a.sw.json');
    write('.git/a.sw.json');
    write('node_modules/x/a.sw.json');

    expect(await pathsRead()).toEqual([]);
  });

  it('survives names at the limit of the file system', async () => {
    const long = `${'x'.repeat(240)}.sw.json`;
    write(long);

    expect(await pathsRead()).toEqual([long]);
  });

  it('does not follow a linked folder out, nor in circles', async () => {
    mkdirSync(join(base, 'other'));
    writeFileSync(join(base, 'other', 'a.sw.json'), '{}');
    symlinkSync('../other', join(folder, 'out'));
    mkdirSync(join(folder, 'inner'));
    symlinkSync('..', join(folder, 'inner', 'loop'));
    write('inner/b.sw.json');

    expect(await pathsRead()).toEqual(['inner/b.sw.json']);
  });

  it('tells contents apart by hash', async () => {
    write('a.sw.yaml', 'id: a');
    const [first] = (await readFolder(folder)).files;
    write('a.sw.yaml', 'id: b');
    const [second] = (await readFolder(folder)).files;

    expect([first.text, second.text]).toEqual(['id: a', 'id: b']);
    expect(second.hash).not.toBe(first.hash);
  });

  it('reads a mounted ConfigMap and follows its swap', async () => {
    write('..2026_01/a.sw.yaml', 'id: old');
    symlinkSync('..2026_01', join(folder, '..data'));
    symlinkSync('..data/a.sw.yaml', join(folder, 'a.sw.yaml'));
    const before = await readFolder(folder);

    write('..2026_02/a.sw.yaml', 'id: new');
    symlinkSync('..2026_02', join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    const after = await readFolder(folder);

    expect(before.files).toMatchObject([
      { path: 'a.sw.yaml', text: 'id: old' },
    ]);
    expect(after.files).toMatchObject([{ path: 'a.sw.yaml', text: 'id: new' }]);
  });

  it('accepts a folder that is itself a link', async () => {
    write('a.sw.yaml');
    symlinkSync('workflows', join(base, 'link'));

    expect((await readFolder(join(base, 'link'))).files).toHaveLength(1);
  });
});

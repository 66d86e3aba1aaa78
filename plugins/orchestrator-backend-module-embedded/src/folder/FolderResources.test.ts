import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FolderResources } from './FolderResources';

let base: string;
let folder: string;
let resources: FolderResources;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'orchestrator-resources-')));
  folder = join(base, 'workflows');
  mkdirSync(join(folder, 'team', 'schemas'), { recursive: true });
  mkdirSync(join(folder, 'schemas'));
  writeFileSync(join(base, 'secret.json'), 'secret');
  writeFileSync(join(folder, 'schemas', 'input.json'), 'of the folder');
  writeFileSync(join(folder, 'team', 'schemas', 'own.json'), 'of the team');
  resources = FolderResources.create({
    folder,
    http: {
      request: async ({ url }) => ({
        status: url.endsWith('missing') ? 404 : 200,
        statusText: url.endsWith('missing') ? 'Not Found' : 'OK',
        headers: {},
        body: `fetched ${url}`,
      }),
    },
  });
});

afterEach(() => rmSync(base, { recursive: true }));

const FROM = 'team/a.sw.yaml';

describe('FolderResources', () => {
  it.each([
    ['../secret.json'],
    ['../../secret.json'],
    ['schemas/../../../secret.json'],
    ['/etc/passwd'],
    ['file:///etc/passwd'],
    ['file:../../secret.json'],
    ['classpath:../secret.json'],
    ['classpath:/../secret.json'],
    ['linked.json'],
  ])('does not read %s', async uri => {
    symlinkSync('../secret.json', join(folder, 'linked.json'));

    await expect(resources.read(uri, FROM)).rejects.toThrow(
      /^It (lies outside the workflow folder|does not exist)\.$/,
    );
  });

  it.each([
    ['schemas/missing.json', 'It does not exist.'],
    ['schemas/input.json/more', 'It does not exist.'],
    ['schemas', 'It is no regular file.'],
    ['schemas/in\0put.json', 'Its name has a NUL character.'],
    [`schemas/${'x'.repeat(5_000)}`, 'Its name is too long.'],
    ['ftp://example.com/a', 'References to ftp: are not supported.'],
    ['data:text/plain,x', 'References to data: are not supported.'],
    ['file://host/a', 'Its file address can not be read.'],
    ['https://example.com/missing', 'Its address answered 404 Not Found.'],
  ])('says why %s can not be had', async (uri, message) => {
    await expect(resources.read(uri, 'a.sw.yaml')).rejects.toThrow(message);
  });

  it.each([
    ['schemas/own.json', 'of the team'],
    ['schemas/input.json', 'of the folder'],
    ['../schemas/input.json', 'of the folder'],
    ['classpath:schemas/input.json', 'of the folder'],
    ['classpath:/schemas/input.json', 'of the folder'],
    ['file:schemas/input.json', 'of the folder'],
    ['https://example.com/api.json', 'fetched https://example.com/api.json'],
  ])('reads %s', async (uri, text) => {
    await expect(resources.read(uri, FROM)).resolves.toBe(text);
  });

  it('reads an absolute path inside the folder', async () => {
    const path = join(folder, 'schemas', 'input.json');

    await expect(resources.read(path, FROM)).resolves.toBe('of the folder');
    await expect(resources.read(pathToFileURL(path).href, FROM)).resolves.toBe(
      'of the folder',
    );
  });
});

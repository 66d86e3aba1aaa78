import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../config';
import { WorkflowFolder } from '../__testUtils__/WorkflowFolder';
import { Settings } from './Settings';

let folder: WorkflowFolder;

beforeEach(() => {
  folder = WorkflowFolder.create();
});

afterEach(() => folder.dispose());

function settings(secrets: Record<string, string> = {}) {
  return Settings.create({
    workflows: folder.path,
    properties: join(folder.path, 'application.properties'),
    secrets,
    egressAllow: [],
    limits: DEFAULT_LIMITS,
  });
}

describe('Settings', () => {
  it('does without properties', async () => {
    const none = settings();

    expect(await none.reload()).toBe(false);
    expect(none.problem).toBeUndefined();
  });

  it('tells when properties can not be read', async () => {
    mkdirSync(join(folder.path, 'application.properties'));
    const unreadable = settings();

    await unreadable.reload();

    expect(unreadable.problem).toMatch(/can't be read: EISDIR/);
  });

  it('changes the same object when the file changes', async () => {
    folder.write('application.properties', 'a=1\nb=2');
    const changing = settings();
    const { properties } = changing;

    expect(await changing.reload()).toBe(true);
    expect(await changing.reload()).toBe(false);
    folder.write('application.properties', 'a=3');
    expect(await changing.reload()).toBe(true);

    expect({ ...properties }).toEqual({ a: '3' });
  });

  it('knows its own secrets only', () => {
    const { secret } = settings({ TOKEN: 'abcdef' });

    expect(secret('TOKEN')).toBe('abcdef');
    expect(secret('toString')).toBeUndefined();
    expect(secret('__proto__')).toBeUndefined();
  });

  it('fills secrets into properties and hides both', async () => {
    folder.write(
      'application.properties',
      'kogito.sw.functions.f.access_token=Bearer ${TOKEN}\nkogito.sw.functions.f.password=letmein\nkogito.sw.functions.f.host=example.com',
    );
    const filled = settings({ TOKEN: 'abcdef' });
    await filled.reload();

    expect(filled.properties['kogito.sw.functions.f.access_token']).toBe(
      'Bearer abcdef',
    );
    expect(
      filled.redactor.text('abcdef letmein example.com Bearer abcdef'),
    ).toBe('[hidden] [hidden] example.com [hidden]');
  });
});

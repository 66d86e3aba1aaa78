import { ConcurrencyLimit } from './ConcurrencyLimit';

describe('ConcurrencyLimit', () => {
  function calls(limit: ConcurrencyLimit) {
    const started: string[] = [];
    const finish = new Map<string, () => void>();
    const run = (name: string, signal?: AbortSignal) =>
      limit.run(
        () =>
          new Promise<void>(resolve => {
            started.push(name);
            finish.set(name, resolve);
          }),
        { signal },
      );
    return { started, run, finish: (name: string) => finish.get(name)?.() };
  }

  it('runs the next in order as one ends', async () => {
    const { started, run, finish } = calls(
      ConcurrencyLimit.create('x', { running: 2, waiting: 2 }),
    );
    const a = run('a');
    const rest = [run('b'), run('c'), run('d')];
    await Promise.resolve();
    expect(started).toEqual(['a', 'b']);
    finish('a');
    await a;
    await new Promise(setImmediate);
    expect(started).toEqual(['a', 'b', 'c']);
    finish('b');
    finish('c');
    await Promise.all(rest.slice(0, 2));
    await new Promise(setImmediate);
    finish('d');
    await rest[2];
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses what would wait beyond the queue', async () => {
    const { run, finish } = calls(
      ConcurrencyLimit.create('The service', { running: 1, waiting: 0 }),
    );
    const a = run('a');
    await expect(run('b')).rejects.toMatchObject({
      kind: 'not-sent',
      message: 'The service has too many unanswered requests',
    });
    finish('a');
    await a;
  });

  it('lets nobody wait when it is closed; while there is room it goes on', async () => {
    const limit = ConcurrencyLimit.create('x', { running: 1, waiting: 1 });
    const { started, run, finish } = calls(limit);
    const a = run('a');
    const waiting = run('b');
    limit.close();
    const refused = { kind: 'not-sent', message: expect.stringMatching(/end/) };
    await expect(waiting).rejects.toMatchObject(refused);
    await expect(run('c')).rejects.toMatchObject(refused);
    finish('a');
    await a;
    const d = run('d');
    await new Promise(setImmediate);
    finish('d');
    await d;
    expect(started).toEqual(['a', 'd']);
  });

  it('frees the place of a call that failed', async () => {
    const limit = ConcurrencyLimit.create('x', { running: 1, waiting: 0 });
    await expect(
      limit.run(() => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    await expect(limit.run(async () => 'yes')).resolves.toBe('yes');
  });

  it('tells who has to wait, before anything else happens', async () => {
    const limit = ConcurrencyLimit.create('x', { running: 1, waiting: 1 });
    const waits: string[] = [];
    const call = (name: string) =>
      limit.run(async () => {}, { onWait: () => waits.push(name) });
    const both = [call('a'), call('b')];
    expect(waits).toEqual(['b']);
    await Promise.all(both);
  });

  it('lets a waiting caller give up without losing a place', async () => {
    const { started, run, finish } = calls(
      ConcurrencyLimit.create('x', { running: 1, waiting: 5 }),
    );
    const a = run('a');
    const controller = new AbortController();
    const b = run('b', controller.signal);
    const c = run('c');
    const reason = new Error('gone');
    controller.abort(reason);
    await expect(b).rejects.toBe(reason);
    finish('a');
    await a;
    await new Promise(setImmediate);
    finish('c');
    await c;
    expect(started).toEqual(['a', 'c']);
  });
});

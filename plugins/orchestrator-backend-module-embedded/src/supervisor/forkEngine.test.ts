import { EngineChild } from './EngineChild';
import { forkEngine } from './forkEngine';

const children: EngineChild[] = [];

function fork(execArgv?: string[]): EngineChild {
  const child = forkEngine({
    modulePath: require.resolve('../__fixtures__/playedProcess.cjs'),
    memoryMb: 64,
    execArgv,
  });
  children.push(child);
  return child;
}

function answer(child: EngineChild): Promise<any> {
  return new Promise(resolve => {
    child.port.onMessage(resolve);
  });
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill();
    await child.ended;
  }
});

describe('forkEngine', () => {
  it('gives the process no environment and a small heap', async () => {
    const child = fork();
    const told = answer(child);

    await child.port.send({ what: 'tell' });

    const { environment, heapMb } = await told;
    expect(environment.filter((name: string) => !isOfNode(name))).toEqual([]);
    expect(heapMb).toBeLessThan(160);
  });

  it('leaves the debugger to the portal', async () => {
    const child = fork(['--inspect=127.0.0.1:0', '--no-warnings']);
    const told = answer(child);

    await child.port.send({ what: 'tell' });

    expect((await told).execArgv).toEqual([
      '--no-warnings',
      '--max-old-space-size=64',
      '--max-semi-space-size=16',
    ]);
  });

  it.each([
    ['quit', 'exit code 3'],
    ['throw', 'exit code 1, TypeError: broken'],
    [
      'fill',
      'it needed more than 64 MB of memory (orchestrator.embedded.limits.memoryMb)',
    ],
  ])('says why a process ended that was told to %s', async (what, reason) => {
    const child = fork();

    await child.port.send({ what });

    expect(await child.ended).toBe(reason);
  });

  it('ends the process at once', async () => {
    const child = fork();

    child.kill();

    expect(await child.ended).toBe('signal SIGKILL');
    await expect(child.port.send({ what: 'tell' })).rejects.toThrow();
  });

  it('says when there is nothing to run', async () => {
    const child = forkEngine({ modulePath: '/no/such/module', memoryMb: 64 });

    expect(await child.ended).toMatch(
      /^exit code 1, Error: Cannot find module/,
    );
  });
});

/** Node tells a child of itself by these. */
function isOfNode(name: string): boolean {
  return name.startsWith('NODE_CHANNEL_');
}

import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { devEnvironment } from '../support/portalEnvironment';

/** A development portal that was started for measuring. */
export class StartedPortal {
  readonly #process: ChildProcess;

  /** Starts the portal and resolves when it says that it is ready. */
  static async start(workflows: string): Promise<StartedPortal> {
    const child = spawn(process.execPath, ['scripts/dev.mjs'], {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, ...devEnvironment(workflows) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await untilReady(child);
    return new StartedPortal(child);
  }

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output = (output + chunk).slice(-10_000);
      if (/The portal is ready/.test(output)) done();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code =>
      fail(new Error(`The portal ended with code ${code}:\n${output}`)),
    );
  });
}

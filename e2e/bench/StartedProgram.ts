import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** A script of the repository that was started for measuring. */
export class StartedProgram {
  readonly #process: ChildProcess;

  /** Starts it and resolves when it has said this. */
  static async start(
    args: string[],
    env: Record<string, string>,
    sign: RegExp,
  ): Promise<StartedProgram> {
    const child = spawn(process.execPath, args, {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await hasSaid(child, sign);
    return new StartedProgram(child);
  }

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
  }
}

function hasSaid(child: ChildProcess, sign: RegExp): Promise<void> {
  return new Promise((done, fail) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output = (output + chunk).slice(-10_000);
      if (sign.test(output)) done();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code =>
      fail(new Error(`${child.spawnargs} ended with ${code}:\n${output}`)),
    );
  });
}

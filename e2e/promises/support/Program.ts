import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { logFileOf } from './folders';
import { until } from './until';

/** What to start. */
export interface ProgramOptions {
  /** Names the log file. */
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Answers 2xx when the program can be used. */
  readyUrl: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** A program that can be killed, frozen and started again. */
export class Program {
  readonly #options: ProgramOptions;
  #child: ChildProcess | undefined;

  static create(options: ProgramOptions): Program {
    return new Program(options);
  }

  private constructor(options: ProgramOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get logFile(): string {
    return logFileOf(this.#options.name);
  }

  /** Starts it unless it runs, and waits until it can be used. */
  async start(): Promise<void> {
    await this.launch();
    await this.ready();
  }

  /** Starts it unless it runs. */
  async launch(): Promise<void> {
    if (this.#child) {
      return;
    }
    const { command, args, cwd, env } = this.#options;
    const log = openSync(this.logFile, 'a');
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    running.add(child);
    this.#child = child;
    child.once('exit', () => {
      running.delete(child);
      this.#child = this.#child === child ? undefined : this.#child;
    });
  }

  async ready(): Promise<void> {
    await until(
      `${this.#options.name} is ready`,
      async () => {
        if (!this.#child) {
          return 'ended' as const;
        }
        const { ok } = await fetch(this.#options.readyUrl, {
          signal: AbortSignal.timeout(5_000),
        });
        return ok && ('ready' as const);
      },
      300_000,
    ).then(state => {
      if (state === 'ended') {
        throw new Error(
          `${this.#options.name} ended instead of starting; ${
            this.logFile
          } tells why`,
        );
      }
    });
  }

  /** Ends it in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end; tells its exit code, `null` when a signal ended it, nothing when it did not run. */
  async stop(): Promise<number | null | undefined> {
    return this.#end('SIGTERM');
  }

  /** Lets it hang: its connections stay open, and nothing answers. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM') {
    const child = this.#child;
    if (!child) {
      return undefined;
    }
    const exited = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    const [code] = await exited;
    return code;
  }
}

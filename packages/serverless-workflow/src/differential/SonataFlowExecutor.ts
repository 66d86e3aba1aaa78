import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { NO_ANSWER, Outcome } from './Outcome';
import { Question } from './generateQuestion';

const PATIENCE_MS = 30_000;

/** SonataFlow on a JVM of its own, which is started when it is needed. */
export class SonataFlowExecutor {
  readonly #libraries: string;
  #process?: ChildProcessWithoutNullStreams;
  #onAnswer: (line: string | undefined) => void = () => {};

  constructor(libraries: string) {
    this.#libraries = libraries;
  }

  async run(question: Question): Promise<Outcome> {
    const child = this.#process ?? this.#start();
    const line = await new Promise<string | undefined>(resolve => {
      const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
      this.#onAnswer = answer => {
        clearTimeout(timer);
        resolve(answer);
      };
      child.stdin.write(`${JSON.stringify(question)}\n`);
    });
    if (line === undefined) {
      this.close();
      return { nodes: [], exception: NO_ANSWER };
    }
    return JSON.parse(line);
  }

  close(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn('java', [
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=off',
      '-cp',
      join(this.#libraries, '*'),
      join(__dirname, 'executor/Executor.java'),
    ]);
    child.stderr.resume();
    child.stdin.on('error', () => {});
    const answer = (line?: string) => {
      if (this.#process === child) {
        this.#onAnswer(line);
      }
    };
    child.on('error', () => answer());
    child.on('exit', () => answer());
    createInterface({ input: child.stdout }).on('line', answer);
    this.#process = child;
    return child;
  }
}

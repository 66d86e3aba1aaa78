import { ChildProcess, fork } from 'node:child_process';
import { ChannelPort } from '../channel';
import { EngineChild } from './EngineChild';

export interface ForkOptions {
  /** An entry of this package, so that it is a file of its own in the build as well. */
  modulePath: string;
  memoryMb: number;
  /** Options of the Node process; by default those of this process, so that the development server's transform is there too. */
  execArgv?: string[];
}

const YOUNG_SPACE_MB = 16;
/** Enough for the fatal error that ended a process. */
const KEPT_OUTPUT = 4_000;

/**
 * Starts the engine in a process of its own, with an empty environment: workflows can't read what
 * the portal was started with, and neither stall nor crash it.
 */
export function forkEngine(options: ForkOptions): EngineChild {
  const child = fork(options.modulePath, [], {
    env: {},
    execArgv: [
      ...(options.execArgv ?? process.execArgv).filter(isNotForDebugging),
      `--max-old-space-size=${options.memoryMb}`,
      // Young objects would else get up to three times as much on top of it.
      `--max-semi-space-size=${YOUNG_SPACE_MB}`,
    ],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_OUTPUT);
  });
  return {
    port: childPort(child),
    ended: new Promise(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('close', (code, signal) =>
        resolve(reason(code, signal, output, options.memoryMb)),
      );
    }),
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** A second process can't open the debugger's port again. */
function isNotForDebugging(option: string): boolean {
  return !option.startsWith('--inspect');
}

function childPort(child: ChildProcess): ChannelPort {
  return {
    send: message =>
      new Promise((resolve, reject) => {
        child.send(message as object, error =>
          error ? reject(error) : resolve(),
        );
      }),
    onMessage: listener => {
      child.on('message', listener);
    },
  };
}

function reason(
  code: number | null,
  signal: NodeJS.Signals | null,
  output: string,
  memoryMb: number,
): string {
  if (output.includes('heap out of memory')) {
    return `it needed more than ${memoryMb} MB of memory (orchestrator.embedded.limits.memoryMb)`;
  }
  const how = signal ? `signal ${signal}` : `exit code ${code}`;
  const error = output.split('\n').find(line => /^\w*Error\b/.test(line));
  return error ? `${how}, ${error}` : how;
}

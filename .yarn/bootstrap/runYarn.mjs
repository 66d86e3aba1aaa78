import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

const RELEASE = '.yarn/releases/yarn-4.18.1.cjs';
const PARENT_POLL_MS = 1000;

/** Runs the committed Yarn to its end and answers its exit code. */
export function runYarn(root, node, args) {
  const child = spawn(node, [join(root, RELEASE), ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
      // Else Yarn would follow `yarnPath` and start this again, for ever.
      YARN_IGNORE_PATH: '1',
      // Tests use the databases they are given; none may look for Docker.
      BACKSTAGE_TEST_DISABLE_DOCKER:
        process.env.BACKSTAGE_TEST_DISABLE_DOCKER ?? '1',
    },
  });
  const stopForwarding = forwardEnd(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stopForwarding();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** Ends the child when this process is asked to end, or loses its parent. */
function forwardEnd(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = signal => child.kill(signal);
  signals.forEach(signal => process.on(signal, forward));
  // npm does not hand SIGTERM on to what a script starts: it only dies.
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid !== parent) {
      child.kill('SIGTERM');
    }
  }, PARENT_POLL_MS);
  poll.unref();
  return () => {
    clearInterval(poll);
    signals.forEach(signal => process.off(signal, forward));
  };
}

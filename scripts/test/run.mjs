import { spawn } from 'node:child_process';

/**
 * Runs a command with its output on the terminal and answers its exit code.
 * When this process is asked to end, the command and all it started end too.
 */
export function run(command, args, options) {
  const child = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const end = () => {
    // Playwright ends its portal and its browser on this signal only.
    process.kill(-child.pid, 'SIGINT');
    process.exitCode = 130;
  };
  signals.forEach(signal => process.on(signal, end));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      signals.forEach(name => process.off(name, end));
      resolve(code ?? (signal ? 143 : 1));
    });
  });
}

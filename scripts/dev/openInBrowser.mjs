import { spawn } from 'node:child_process';

/**
 * Opens an address where there is somebody to see it: never in CI, without a
 * terminal, over SSH, without a display, or with BROWSER=none.
 */
export function openInBrowser(address) {
  const command = browserCommand(process.platform, process.env);
  if (!command || !process.stdout.isTTY) {
    return;
  }
  const child = spawn(command, [address], { stdio: 'ignore', detached: true });
  // Without a browser the printed address has to do.
  child.once('error', () => {});
  child.unref();
}

/** The command that opens a browser, or undefined where none should open. */
export function browserCommand(platform, env) {
  if (env.CI || env.BROWSER === 'none' || env.SSH_CONNECTION) {
    return undefined;
  }
  if (platform === 'darwin') {
    return 'open';
  }
  const hasDisplay = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return hasDisplay ? 'xdg-open' : undefined;
}

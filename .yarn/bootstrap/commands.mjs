const INSTALLS = new Set(['install', 'add', 'remove', 'up', 'dedupe']);

// They only read, or prepare an install; they must work without one.
const INSPECTS = new Set([
  'bin',
  'cache',
  'config',
  'constraints',
  'explain',
  'help',
  'info',
  'npm',
  'patch',
  'patch-commit',
  'plugin',
  'search',
  'set',
  'stage',
  'unplug',
  'version',
  'why',
  'workspaces',
]);

/**
 * What a Yarn command line asks of node_modules: that it be there
 * (`needsInstall`), or that it be written (`isInstall`).
 */
export function needsInstalled(args) {
  const [command, ...rest] = args;
  if (command === 'workspace') {
    return needsInstalled(rest.slice(1));
  }
  if (command === undefined || INSTALLS.has(command)) {
    return { needsInstall: false, isInstall: true };
  }
  const isWorkspacesRun = command === 'workspaces' && rest[0] === 'foreach';
  const isInspection =
    (INSPECTS.has(command) && !isWorkspacesRun) || command.startsWith('-');
  return { needsInstall: !isInspection, isInstall: false };
}

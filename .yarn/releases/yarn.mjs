#!/usr/bin/env node
// The one entrance to this repository: every npm script goes through it, and so
// does a global Yarn, because .yarnrc.yml names it as `yarnPath`. It runs the
// committed Yarn with a Node that Backstage supports, after installing what is
// missing. It may use nothing that an install brings.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain } from '../bootstrap/explain.mjs';
import { needsInstalled } from '../bootstrap/commands.mjs';
import { install, isInstalled, markInstalled } from '../bootstrap/install.mjs';
import { supportedNode } from '../bootstrap/supportedNode.mjs';
import { withLock } from '../bootstrap/withLock.mjs';
import { runYarn } from '../bootstrap/runYarn.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

await explain(async () => {
  const args = process.argv.slice(2);
  const node = await supportedNode(root);
  const command = needsInstalled(args);
  if (command.needsInstall && !isInstalled(root)) {
    await withLock(root, () => install(root, node));
  }
  const code = await runYarn(root, node, args);
  if (command.isInstall && code === 0) {
    markInstalled(root);
  }
  process.exitCode = code;
});

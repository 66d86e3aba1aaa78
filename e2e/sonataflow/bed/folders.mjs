import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The workflows that a portal shows from the first start. */
export const SAMPLES = join(root, 'workflows');

/** The workflows that the contract of engines runs. */
export const CONTRACT = join(
  root,
  'plugins/orchestrator-node/src/testing/workflows',
);

/** A workflow whose call fails. */
export const FAILING = join(root, 'e2e/workflows');

/** The Maven project of a service with everything in it, but without workflows. */
export const PROJECT = resolve(import.meta.dirname, '../maven');

/** Where builds and logs are, unless a caller wants them elsewhere. */
export const CACHE = join(root, '.cache/sonataflow');

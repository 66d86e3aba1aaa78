import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { join, resolve } from 'node:path';
import { EgressList } from '../egress';
import {
  DEFAULT_LIMITS,
  EmbeddedConfig,
  EmbeddedLimits,
} from './EmbeddedConfig';
import { repositoryRoot } from './repositoryRoot';

const ROOT = 'orchestrator.embedded';
const SETTINGS = [
  'workflows',
  'properties',
  'secrets',
  'egress',
  'limits',
  'poll',
];
const SMALLEST_HEAP_MB = 64;
const SHORTEST_POLL_MS = 100;
/** Parsing, copying and printing an instance needs several times its data. */
const HEAP_PER_DATA = 16;

/**
 * Reads `orchestrator.embedded`.
 *
 * @throws InputError with one sentence for the first setting that is unknown, wrong or contradictory
 */
export function parseEmbeddedConfig(
  rootConfig: Config,
  workingDirectory: string,
): EmbeddedConfig {
  const config = rootConfig.getOptionalConfig(ROOT);
  refuseUnknown(config, ROOT, SETTINGS);
  const root = repositoryRoot(workingDirectory);
  const workflows = resolve(
    root,
    config?.getOptionalString('workflows') ?? 'workflows',
  );
  const properties = config?.getOptionalString('properties');
  return {
    workflows,
    properties:
      properties === undefined
        ? join(workflows, 'application.properties')
        : resolve(root, properties),
    secrets: readSecrets(config?.getOptionalConfig('secrets')),
    egressAllow: readEgress(config?.getOptionalConfig('egress')),
    limits: readLimits(config?.getOptionalConfig('limits')),
    pollMs: readPoll(config),
  };
}

function readSecrets(config: Config | undefined): Record<string, string> {
  const secrets: Record<string, string> = Object.create(null);
  // An empty variable behind `${NAME}` leaves the key without a value: the secret is not set.
  for (const name of config?.keys() ?? []) {
    const value = config?.getOptional(name);
    if (typeof value === 'object') {
      throw new InputError(
        `${ROOT}.secrets.${name} must be a text, not an object or a list.`,
      );
    }
    if (value !== undefined && value !== '') {
      secrets[name] = String(value);
    }
  }
  return secrets;
}

function readEgress(config: Config | undefined): string[] {
  refuseUnknown(config, `${ROOT}.egress`, ['allow']);
  const allow = config?.getOptionalStringArray('allow') ?? ['*'];
  // Parsed again in the engine process; here only to refuse a wrong entry at start.
  EgressList.parse(allow);
  return allow;
}

function readLimits(config: Config | undefined): EmbeddedLimits {
  const names = Object.keys(DEFAULT_LIMITS) as (keyof EmbeddedLimits)[];
  refuseUnknown(config, `${ROOT}.limits`, names);
  const limits = { ...DEFAULT_LIMITS };
  for (const name of names) {
    const value = config?.getOptionalNumber(name) ?? DEFAULT_LIMITS[name];
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InputError(
        `${ROOT}.limits.${name} must be a whole number above zero, not ${value}.`,
      );
    }
    limits[name] = value;
  }
  if (limits.memoryMb < SMALLEST_HEAP_MB) {
    throw new InputError(
      `${ROOT}.limits.memoryMb must be at least ${SMALLEST_HEAP_MB}, not ${limits.memoryMb}.`,
    );
  }
  if (limits.dataBytes * HEAP_PER_DATA > limits.memoryMb * 1_000_000) {
    throw new InputError(
      `${ROOT}.limits contradict each other: dataBytes ${
        limits.dataBytes
      } needs a memoryMb of at least ${Math.ceil(
        (limits.dataBytes * HEAP_PER_DATA) / 1_000_000,
      )}, not ${limits.memoryMb}.`,
    );
  }
  return limits;
}

function readPoll(config: Config | undefined): number | undefined {
  if (!config?.has('poll')) {
    return undefined;
  }
  const pollMs = durationToMilliseconds(
    readDurationFromConfig(config, { key: 'poll' }),
  );
  if (pollMs < SHORTEST_POLL_MS) {
    throw new InputError(
      `${ROOT}.poll must be at least ${SHORTEST_POLL_MS} ms, not ${pollMs} ms.`,
    );
  }
  return pollMs;
}

function refuseUnknown(
  config: Config | undefined,
  path: string,
  known: readonly string[],
): void {
  const unknown = config?.keys().find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `Unknown setting ${path}.${unknown}; known are ${known.join(', ')}.`,
    );
  }
}

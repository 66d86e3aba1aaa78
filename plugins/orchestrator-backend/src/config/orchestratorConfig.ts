import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { duration, positive, refuseUnknown } from './readSettings';
import { parseWebhooks, WebhookSettings } from './webhookConfig';

/** The settings of the backend, without those of the engines. */
export interface OrchestratorSettings {
  engine?: string;
  /** How long a run request waits for the engine before it answers 202. */
  runWaitMs: number;
  /** After how long a run that the engine has not confirmed is marked for a person. */
  runConfirmWithinMs: number;
  /** Finished instances are kept this long; undefined: for ever. */
  retentionMs?: number;
  /** Largest request body: bytes, levels of nesting, values altogether. */
  body: { bytes: number; depth: number; values: number };
  /** Taking and delivering events. */
  events: {
    bytes: number;
    waitingPerSender: number;
    attempts: number;
    giveUpAfterMs: number;
    retentionMs: number;
  };
  /** Senders outside the portal. */
  webhooks: WebhookSettings[];
  /** For how long the decisions of the permission policy are remembered; 0 for not at all. */
  rememberDecisionsMs: number;
  /** Runs that one principal may start at once, and in a minute. */
  runs: { burst: number; perMinute: number };
  /** Instances that one principal may have running or waiting. */
  unfinishedPerPrincipal: number;
}

const LONGEST_MEMORY_MS = 60_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const KNOWN_KEYS: Record<string, readonly string[]> = {
  instances: ['retention'],
  run: ['wait', 'confirmWithin'],
  permissions: ['rememberFor'],
  events: ['attempts', 'giveUpAfter', 'retention'],
  limits: [
    'bodyBytes',
    'bodyDepth',
    'bodyValues',
    'eventBytes',
    'runsPerMinute',
    'runBurst',
    'unfinishedPerPrincipal',
    'waitingEventsPerSender',
  ],
};

/**
 * Reads `orchestrator`. The settings of the engines (`orchestrator.embedded`, …) are left to them.
 *
 * @param engineIds - ids of the registered engines: each may have a section of its own
 * @throws InputError for a key that does not exist, or a value that makes no sense
 */
export function parseOrchestratorConfig(
  root: Config,
  engineIds: readonly string[],
): OrchestratorSettings {
  const config = root.getOptionalConfig('orchestrator');
  refuseUnknown('orchestrator', config, [
    'engine',
    // Sections that belong to engines, registered here or not.
    'embedded',
    'sonataflow',
    'webhooks',
    ...engineIds,
    ...Object.keys(KNOWN_KEYS),
  ]);
  for (const [section, keys] of Object.entries(KNOWN_KEYS)) {
    refuseUnknown(
      `orchestrator.${section}`,
      config?.getOptionalConfig(section),
      keys,
    );
  }
  return {
    engine: config?.getOptionalString('engine'),
    runWaitMs: duration(config, 'run.wait') ?? 3_000,
    runConfirmWithinMs: duration(config, 'run.confirmWithin') ?? 600_000,
    retentionMs: duration(config, 'instances.retention'),
    rememberDecisionsMs: rememberedFor(config),
    body: {
      bytes: positive(config, 'limits.bodyBytes') ?? 1_000_000,
      depth: positive(config, 'limits.bodyDepth') ?? 256,
      values: positive(config, 'limits.bodyValues') ?? 100_000,
    },
    events: {
      bytes: positive(config, 'limits.eventBytes') ?? 500_000,
      waitingPerSender:
        positive(config, 'limits.waitingEventsPerSender') ?? 10_000,
      attempts: positive(config, 'events.attempts') ?? 5,
      giveUpAfterMs: duration(config, 'events.giveUpAfter') ?? DAY_MS,
      retentionMs: duration(config, 'events.retention') ?? 7 * DAY_MS,
    },
    unfinishedPerPrincipal:
      positive(config, 'limits.unfinishedPerPrincipal') ?? 5_000,
    webhooks: parseWebhooks(config?.getOptionalConfigArray('webhooks') ?? []),
    runs: {
      burst: positive(config, 'limits.runBurst') ?? 100,
      perMinute: positive(config, 'limits.runsPerMinute') ?? 600,
    },
  };
}

/** As long as Backstage itself remembers of which groups somebody is; a minute at most. */
function rememberedFor(config: Config | undefined): number {
  const key = 'permissions.rememberFor';
  const rememberMs = duration(config, key) ?? 5_000;
  if (rememberMs > LONGEST_MEMORY_MS) {
    throw new InputError(
      `The setting orchestrator.${key} must not be longer than a minute: for so long somebody may go on with what is permitted no more.`,
    );
  }
  return rememberMs;
}

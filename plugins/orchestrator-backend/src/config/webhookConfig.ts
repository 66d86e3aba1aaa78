import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { duration, refuseUnknown } from './readSettings';

/** How a sender proves that he knows the secret. */
export type WebhookSignature =
  /** HMAC-SHA256 over the body, in hexadecimal, as GitHub sends it. */
  | { kind: 'hmac-sha256'; header: string; prefix: string }
  /** The secret itself, as GitLab sends it. */
  | { kind: 'token'; header: string }
  /** HMAC-SHA256 over time, a dot and the body; an old one is refused. */
  | {
      kind: 'timestamped';
      header: string;
      prefix: string;
      timestampHeader: string;
      toleranceMs: number;
    };

/** Where a text of an event comes from. */
export interface WebhookText {
  from:
    | { header: string }
    /** JSON Pointer into the body. */
    | { pointer: string }
    | { value: string };
  prefix: string;
}

/** How an event is made of a body that is none itself. */
export interface WebhookMapping {
  type: WebhookText;
  /** Without it, a digest of the body: the same body is the same event. */
  id?: WebhookText;
  subject?: WebhookText;
  source: string;
}

/** A sender outside the portal; the operator permits his types. */
export interface WebhookSettings {
  source: string;
  /** The present secret, and maybe the one before it. */
  secrets: string[];
  signature: WebhookSignature;
  types: string[];
  /** Undefined: the body is a CloudEvent. */
  mapping?: WebhookMapping;
}

const SOURCE = /^[A-Za-z0-9_-]{1,64}$/;
const HEADER = /^[A-Za-z0-9-]{1,64}$/;
const SHORTEST_SECRET = 8;
const TOLERANCE_MS = 5 * 60 * 1000;

/** @throws InputError for settings that contradict each other or leave a sender unproven */
export function parseWebhooks(configs: readonly Config[]): WebhookSettings[] {
  const webhooks = configs.map(parseWebhook);
  const names = webhooks.map(({ source }) => source);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError(
      `The source "${twice}" stands twice in orchestrator.webhooks.`,
    );
  }
  return webhooks;
}

function parseWebhook(config: Config): WebhookSettings {
  const source = config.getString('source');
  const path = `orchestrator.webhooks.${source}`;
  refuseUnknown(path, config, [
    'source',
    'secret',
    'previousSecret',
    'signature',
    'types',
    'event',
  ]);
  if (!SOURCE.test(source)) {
    throw new InputError(
      `The source "${source}" of orchestrator.webhooks may hold letters, digits, _ and - only.`,
    );
  }
  const secrets = [
    config.getString('secret'),
    config.getOptionalString('previousSecret') ?? [],
  ].flat();
  if (secrets.some(secret => secret.length < SHORTEST_SECRET)) {
    throw new InputError(
      `The secret of ${path} must have at least ${SHORTEST_SECRET} characters.`,
    );
  }
  const types = config.getStringArray('types');
  if (types.length === 0) {
    throw new InputError(`The setting ${path}.types names no type.`);
  }
  const event = config.getOptionalConfig('event');
  return {
    source,
    secrets,
    types,
    signature: parseSignature(`${path}.signature`, config),
    ...(event && { mapping: parseMapping(`${path}.event`, source, event) }),
  };
}

function parseSignature(path: string, webhook: Config): WebhookSignature {
  const config = webhook.getOptionalConfig('signature');
  refuseUnknown(path, config, [
    'kind',
    'header',
    'prefix',
    'timestampHeader',
    'tolerance',
  ]);
  const kind = config?.getOptionalString('kind') ?? 'hmac-sha256';
  const header = (key: string, standard: string) =>
    headerOf(`${path}.${key}`, config?.getOptionalString(key) ?? standard);
  // A prefix may be empty.
  const prefix = config?.has('prefix')
    ? String(config.get('prefix'))
    : undefined;
  switch (kind) {
    case 'hmac-sha256':
      return {
        kind,
        header: header('header', 'x-hub-signature-256'),
        prefix: prefix ?? 'sha256=',
      };
    case 'token':
      return { kind, header: header('header', 'x-gitlab-token') };
    case 'timestamped':
      return {
        kind,
        header: header('header', 'x-signature'),
        prefix: prefix ?? '',
        timestampHeader: header('timestampHeader', 'x-signature-timestamp'),
        toleranceMs: duration(config, 'tolerance') ?? TOLERANCE_MS,
      };
    default:
      throw new InputError(
        `The setting ${path}.kind must be hmac-sha256, token or timestamped, not "${kind}".`,
      );
  }
}

function parseMapping(
  path: string,
  source: string,
  config: Config,
): WebhookMapping {
  refuseUnknown(path, config, ['type', 'id', 'subject', 'source']);
  const text = (key: string) => {
    const part = config.getOptionalConfig(key);
    return part && parseText(`${path}.${key}`, part);
  };
  const type = text('type');
  if (!type) {
    throw new InputError(`The setting ${path}.type is missing.`);
  }
  return {
    type,
    id: text('id'),
    subject: text('subject'),
    source: config.getOptionalString('source') ?? `/webhooks/${source}`,
  };
}

function parseText(path: string, config: Config): WebhookText {
  refuseUnknown(path, config, ['header', 'pointer', 'value', 'prefix']);
  const given = ['header', 'pointer', 'value'].filter(key => config.has(key));
  if (given.length !== 1) {
    throw new InputError(
      `The setting ${path} must have one of header, pointer and value.`,
    );
  }
  const prefix = config.getOptionalString('prefix') ?? '';
  if (config.has('header')) {
    const header = headerOf(`${path}.header`, config.getString('header'));
    return { from: { header }, prefix };
  }
  if (config.has('value')) {
    return { from: { value: config.getString('value') }, prefix };
  }
  const pointer = config.getString('pointer');
  if (!pointer.startsWith('/')) {
    throw new InputError(
      `The setting ${path}.pointer must be a JSON Pointer such as /a/b.`,
    );
  }
  return { from: { pointer }, prefix };
}

function headerOf(path: string, name: string): string {
  if (!HEADER.test(name)) {
    throw new InputError(`The setting ${path} is no name of a header.`);
  }
  return name.toLowerCase();
}

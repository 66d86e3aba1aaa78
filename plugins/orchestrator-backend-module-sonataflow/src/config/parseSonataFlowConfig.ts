import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { AddressPattern } from '../service/AddressPattern';
import { readProxies } from './readProxies';
import { checkUrl, readUrl, refuseUnknownKeys } from './settings';
import {
  EndpointConfig,
  ServiceRule,
  SonataFlowConfig,
} from './SonataFlowConfig';

const SECTION = 'orchestrator.sonataflow';
const DATA_INDEX_TIMEOUT_MS = 10_000;
const SERVICE_TIMEOUT_MS = 30_000;
const SINK_TIMEOUT_MS = 10_000;
const MAX_TIMEOUT_MS = 10 * 60_000;

/**
 * Reads `orchestrator.sonataflow`; undefined when there is none and another engine is chosen.
 *
 * @throws InputError with one sentence when a setting is missing, unknown or contradictory
 */
export function parseSonataFlowConfig(
  config: Config,
  environment: Record<string, string | undefined> = process.env,
): SonataFlowConfig | undefined {
  const section = config.getOptionalConfig(SECTION);
  if (!section) {
    if (config.getOptionalString('orchestrator.engine') === 'sonataflow') {
      throw new InputError(
        `orchestrator.engine is sonataflow, but ${SECTION}.dataIndex.url is not configured`,
      );
    }
    return undefined;
  }
  refuseUnknownKeys(section, SECTION, [
    'dataIndex',
    'services',
    'events',
    'proxy',
  ]);
  return {
    dataIndex: readDataIndex(section.getConfig('dataIndex')),
    services: (section.getOptionalConfigArray('services') ?? []).map(
      (entry, index) => readService(entry, `${SECTION}.services[${index}]`),
    ),
    sink: readSink(section.getOptionalConfig('events')),
    proxies: readProxies(section, `${SECTION}.proxy`, environment),
  };
}

function readDataIndex(config: Config): EndpointConfig {
  const where = `${SECTION}.dataIndex`;
  const known = ['url', 'token', 'timeout', 'ca', 'cert', 'key'];
  refuseUnknownKeys(config, where, known);
  const url = readUrl(config, 'url', where);
  if (!url.pathname.endsWith('/graphql')) {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/graphql`;
  }
  return {
    url,
    token: config.getOptionalString('token'),
    timeoutMs: readTimeout(config, where, DATA_INDEX_TIMEOUT_MS),
    tls: readTls(config, where),
  };
}

function readTls(config: Config, where: string): EndpointConfig['tls'] {
  const cert = config.getOptionalString('cert');
  const key = config.getOptionalString('key');
  if ((cert === undefined) !== (key === undefined)) {
    throw new InputError(`${where} needs both cert and key, or neither`);
  }
  return { ca: config.getOptionalString('ca'), cert, key };
}

function readService(config: Config, where: string): ServiceRule {
  const known = ['match', 'rewrite', 'allowPrivate', 'auth', 'ca', 'timeout'];
  refuseUnknownKeys(config, where, known);
  const match = parsePattern(config.getString('match'), where);
  const auth = readAuth(config.getOptionalConfig('auth'), where);
  return {
    match,
    rewrite: readRewrite(config, where, match),
    allowPrivate:
      config.getOptionalBoolean('allowPrivate') ?? match.isExactHost,
    token: auth.token,
    tls: {
      ca: config.getOptionalString('ca'),
      cert: auth.cert,
      key: auth.key,
    },
    timeoutMs: readTimeout(config, where, SERVICE_TIMEOUT_MS),
  };
}

function parsePattern(text: string, where: string): AddressPattern {
  try {
    return AddressPattern.parse(text);
  } catch (error) {
    throw new InputError(`${where}.match: ${(error as Error).message}`);
  }
}

function readRewrite(
  config: Config,
  where: string,
  match: AddressPattern,
): string | undefined {
  const rewrite = config.getOptionalString('rewrite');
  if (rewrite === undefined) {
    return undefined;
  }
  const stars = rewrite.split('*').length - 1;
  if (stars > 1 || (stars === 1 && match.isExactHost)) {
    throw new InputError(
      `${where}.rewrite may hold one star, and only when the host in match has one`,
    );
  }
  checkUrl(rewrite.replace('*', 'star'), `${where}.rewrite`);
  return rewrite.replace(/\/+$/, '');
}

function readAuth(
  config: Config | undefined,
  where: string,
): { token?: string; cert?: string; key?: string } {
  if (!config) {
    return {};
  }
  const type = config.getString('type');
  if (type === 'bearer') {
    refuseUnknownKeys(config, `${where}.auth`, ['type', 'token']);
    return { token: config.getString('token') };
  }
  if (type === 'mtls') {
    refuseUnknownKeys(config, `${where}.auth`, ['type', 'cert', 'key']);
    return { cert: config.getString('cert'), key: config.getString('key') };
  }
  throw new InputError(
    `${where}.auth.type is '${type}'; it must be bearer or mtls`,
  );
}

function readSink(config: Config | undefined): EndpointConfig | undefined {
  if (!config) {
    return undefined;
  }
  const where = `${SECTION}.events`;
  const known = ['sink', 'token', 'timeout', 'ca', 'cert', 'key'];
  refuseUnknownKeys(config, where, known);
  if (!config.has('sink')) {
    throw new InputError(`${where} is set without a sink`);
  }
  return {
    url: readUrl(config, 'sink', where),
    token: config.getOptionalString('token'),
    timeoutMs: readTimeout(config, where, SINK_TIMEOUT_MS),
    tls: readTls(config, where),
  };
}

function readTimeout(
  config: Config,
  where: string,
  fallbackMs: number,
): number {
  if (!config.has('timeout')) {
    return fallbackMs;
  }
  const timeoutMs = durationToMilliseconds(
    readDurationFromConfig(config, { key: 'timeout' }),
  );
  if (timeoutMs <= 0 || timeoutMs > MAX_TIMEOUT_MS) {
    throw new InputError(
      `${where}.timeout must be longer than nothing and at most 10 minutes`,
    );
  }
  return timeoutMs;
}
